/** Characters that a terminal draws two columns wide: CJK and its punctuation, full-width forms, most emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const MARK = /\p{Mark}/u;

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : MARK.test(char) ? 0 : 1;
  return width;
}

/** What a terminal may be shown: control characters in a checked file must not steer it. One character stays one character. */
export function shown(text: string): string {
  return text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}\uFEFF]/gu, '·');
}

/** Breaks a text into lines of at most so many columns, between words or between CJK characters. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? []) {
    if (line !== '' && widthOf(line + piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** A CJK character or a word, with the closing punctuation and the blanks after it. */
const PIECES = new RegExp(`(?:${WIDE.source}|(?:(?!${WIDE.source})\\S)+)[，。：；！？、）】」』]*\\s*|\\s+`, 'gu');
