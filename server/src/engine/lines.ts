import type { Span } from '../syntax/span.ts';
import type { Position, Range } from './diagnostic.ts';

/** Line starts of a text, for turning offsets into positions. */
export type Lines = Uint32Array;

const known = new Map<string, { readonly text: string; readonly lines: Lines }>();

/** Line starts, remembered for the texts asked last: a file is asked for all its findings at once. */
export function linesOf(uri: string, text: string): Lines {
  const last = known.get(uri);
  if (last?.text === text) return last.lines;
  const lines = lineStarts(text);
  if (known.size > 256) known.clear();
  known.set(uri, { text, lines });
  return lines;
}

function lineStarts(text: string): Lines {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  const lines = new Uint32Array(count);
  let index = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines[index++] = at + 1;
  return lines;
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
