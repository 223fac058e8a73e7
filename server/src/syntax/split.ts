/** A document's text as a slice of its file: from `start`, `end` exclusive. Slices follow each other without gaps. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
const PERCENT = 37;
const DASH = 45;
const DOT = 46;
const MARK = 0xfeff;

/**
 * Cuts a YAML stream at its document boundaries: `---` and `...` in column 0, which YAML forbids inside every scalar.
 * Comments and directives before the first `---`, or between `...` and the next `---`, belong to the document they precede.
 */
export function splitDocuments(text: string): readonly Slice[] {
  const slices: Slice[] = [];
  let start = 0;
  let prologue = true;
  for (let line = 0; line < text.length; ) {
    const next = endOfLine(text, line);
    // A byte-order mark takes no column.
    const marker = markerAt(text, line === 0 && text.charCodeAt(0) === MARK ? 1 : line);
    if (marker === DASH) {
      if (!prologue) {
        slices.push({ start, end: line });
        start = line;
      }
      prologue = false;
    } else if (marker === DOT) {
      slices.push({ start, end: next });
      start = next;
      prologue = true;
    } else if (prologue && !isPrologue(text, line, next)) prologue = false;
    line = next;
  }
  if (start < text.length || slices.length === 0) slices.push({ start, end: text.length });
  return slices;
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}

function markerAt(text: string, line: number): number | undefined {
  const first = text.charCodeAt(line);
  if (first !== DASH && first !== DOT) return undefined;
  if (text.charCodeAt(line + 1) !== first || text.charCodeAt(line + 2) !== first) return undefined;
  const after = text.charCodeAt(line + 3);
  return Number.isNaN(after) || isSpace(after) ? first : undefined;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === NEWLINE || code === RETURN;
}

/** A blank line, a comment, a directive or a byte-order mark: what may stand before `---`. */
function isPrologue(text: string, line: number, end: number): boolean {
  let at = line;
  if (text.charCodeAt(at) === MARK) at++;
  if (text.charCodeAt(at) === PERCENT) return true;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at === end || text.charCodeAt(at) === HASH;
}
