import type { Problem } from './span.ts';

/** Where the plain reader stands in a document, and what it has passed. */
export interface PlainReader {
  readonly text: string;
  readonly mayHoldTemplates: boolean;
  readonly problems: Problem[];
  /** Offset and column of the next token; column -1 at the end of the text. */
  at: number;
  column: number;
  /** Where the last node ends with what the library counts to it: its line break, comments that are further in. */
  end: number;
  /** Column of the furthest comment behind that end, before the next token; -1 where there is none. */
  comment: number;
}

/** Thrown, and caught by `readPlainYaml`, where the library has to decide. */
export const DECLINED = new Error('not plain YAML');

export function decline(): never {
  throw DECLINED;
}

export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const HASH = 35;
export const DASH = 45;
export const DOT = 46;
export const COLON = 58;

/** A space, a tab, a line break or the end of the text: what has to follow `-` and `:` that are indicators. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === RETURN || code === TAB || Number.isNaN(code);
}

export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** Where the line after `from` begins, or the end of the text. */
export function nextLineStart(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}

/** The beginning of the line behind a node that ends at `end`; only spaces and a comment may stand between. */
export function behindNode(text: string, end: number): number {
  const at = skipSpaces(text, end);
  const code = text.charCodeAt(at);
  if (!(code === NEWLINE || code === RETURN || at >= text.length || (code === HASH && at > end))) decline();
  return nextLineStart(text, at);
}

/** The `-` that opens an item of a sequence. */
export function isDash(text: string, at: number): boolean {
  return text.charCodeAt(at) === DASH && isBlank(text.charCodeAt(at + 1));
}

/** `---` or `...`: it ends the document wherever it stands in column 0. */
export function isMarker(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    (code === DASH || code === DOT) &&
    text.charCodeAt(at + 1) === code &&
    text.charCodeAt(at + 2) === code &&
    isBlank(text.charCodeAt(at + 3))
  );
}

/**
 * Passes blank lines and comments, from the beginning of a line to the next token. Comments right of `column` are counted
 * to the node before them, up to the first comment that is not.
 */
export function toNextToken(reader: PlainReader, lineStart: number, column: number): void {
  const { text } = reader;
  reader.end = lineStart;
  reader.comment = -1;
  let line = lineStart;
  for (;;) {
    const at = skipSpaces(text, line);
    const code = text.charCodeAt(at);
    if (code === HASH) {
      const indent = at - line;
      line = nextLineStart(text, at);
      if (reader.comment === -1 && indent > column) reader.end = line;
      else reader.comment = Math.max(reader.comment, indent);
    } else if (code === NEWLINE) line = at + 1;
    else if (code === RETURN) line = at + 2;
    else {
      if (code === TAB) decline();
      reader.column = at < text.length ? at - line : -1;
      reader.at = at;
      return;
    }
  }
}
