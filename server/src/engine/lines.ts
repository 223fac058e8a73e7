import type { Span } from '../syntax/span.ts';
import type { Position, Range } from './diagnostic.ts';

/** Line starts of a text, for turning offsets into positions. */
export type Lines = Uint32Array;

const known = new Map<string, { readonly text: string; readonly lines: Lines }>();

/** Line starts, remembered for the texts asked last. Of a text that was edited only the lines that are new are looked for. */
export function linesOf(uri: string, text: string): Lines {
  const last = known.get(uri);
  if (last?.text === text) return last.lines;
  const lines = last === undefined ? lineStarts(text) : linesAfterEdit(last, text);
  if (known.size > 256) known.clear();
  known.set(uri, { text, lines });
  return lines;
}

function lineStarts(text: string): Lines {
  return Uint32Array.from([0, ...startsBetween(text, 0, text.length)]);
}

/** Starts of the lines that line breaks from `start` to before `end` begin. */
function startsBetween(text: string, start: number, end: number): readonly number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function linesAfterEdit(before: { readonly text: string; readonly lines: Lines }, text: string): Lines {
  const { text: old, lines } = before;
  const head = sameStart(old, text);
  const tail = sameEnd(old, text, Math.min(old.length, text.length) - head);
  const kept = countUpTo(lines, head);
  const rest = countUpTo(lines, old.length - tail);
  const fresh = startsBetween(text, head, text.length - tail);
  const after = new Uint32Array(kept + fresh.length + lines.length - rest);
  after.set(lines.subarray(0, kept));
  after.set(fresh, kept);
  const shift = text.length - old.length;
  for (let from = rest, to = kept + fresh.length; from < lines.length; from++, to++) after[to] = lines[from]! + shift;
  return after;
}

/** How many characters two texts begin with alike. By halves, for comparing slices is much faster than comparing characters. */
function sameStart(one: string, other: string): number {
  let same = 0;
  let most = Math.min(one.length, other.length);
  while (same < most) {
    const middle = (same + most + 1) >> 1;
    if (one.slice(same, middle) === other.slice(same, middle)) same = middle;
    else most = middle - 1;
  }
  return same;
}

/** How many characters, of so many at most, two texts end with alike. */
function sameEnd(one: string, other: string, limit: number): number {
  let same = 0;
  let most = limit;
  while (same < most) {
    const middle = (same + most + 1) >> 1;
    const isSame =
      one.slice(one.length - middle, one.length - same) === other.slice(other.length - middle, other.length - same);
    if (isSame) same = middle;
    else most = middle - 1;
  }
  return same;
}

/** How many lines begin at an offset or before it. */
function countUpTo(lines: Lines, offset: number): number {
  return positionAt(lines, offset).line + 1;
}

export function positionAt(lines: Lines, offset: number): Position {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - lines[low]! };
}

export function rangeAt(lines: Lines, span: Span): Range {
  return { start: positionAt(lines, span[0]), end: positionAt(lines, span[1]) };
}

export function offsetAt(lines: Lines, position: Position, length: number): number {
  const start = lines[position.line];
  if (start === undefined) return length;
  const end = lines[position.line + 1] ?? length + 1;
  return Math.min(start + position.character, end - 1, length);
}
