import type { Span } from './span.ts';

/** One line of block YAML as far as it can be told without its neighbours: `  - name: leaf0 # first`. */
export interface YamlLine {
  /** Where it begins in the text, and where it ends without its line break. */
  readonly start: number;
  readonly end: number;
  /** Columns of the `-` that open list items, outermost first. */
  readonly dashes: readonly number[];
  /** Column of the first dash, or of the content where there is none. */
  readonly indent: number;
  /** Column of what stands behind the dashes; the line's length where there is nothing. */
  readonly column: number;
  readonly key?: { readonly text: string; readonly span: Span };
  /** Offset of the value behind `key: `, or of the content where there is no key. */
  readonly rest: number;
}

const KEY =
  /(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\n]|'')*)'|([^\s"'[\]{},#&*!|>%@`](?:[^\n#]|(?<=\S)#)*?))[ \t]*:(?=[ \t\r\n]|$)/y;

/** Reads the line that begins at `start`. */
export function yamlLineAt(text: string, start: number): YamlLine {
  const newline = text.indexOf('\n', start);
  let end = newline === -1 ? text.length : newline;
  if (text[end - 1] === '\r' && end > start) end--;
  let at = skipSpaces(text, start, end);
  const dashes: number[] = [];
  while (text[at] === '-' && (at + 1 >= end || text[at + 1] === ' ')) {
    dashes.push(at - start);
    at = skipSpaces(text, at + 1, end);
  }
  const column = at - start;
  const indent = dashes[0] ?? column;
  KEY.lastIndex = at;
  const match = at < end ? KEY.exec(text) : null;
  if (match === null || KEY.lastIndex > end) return { start, end, dashes, indent, column, rest: at };
  const [, double, single, plain] = match;
  const quoted = double ?? single;
  const from = quoted === undefined ? at : at + 1;
  const name = (quoted ?? plain)!;
  const span: Span = [from, from + name.length];
  const rest = skipSpaces(text, KEY.lastIndex, end);
  return { start, end, dashes, indent, column, key: { text: name, span }, rest };
}

/** The line above that holds something, or undefined at the beginning of the document. Lines further in than `column` are passed over. */
export function lineAbove(text: string, start: number, column: number): YamlLine | undefined {
  for (let at = previous(text, start); at !== undefined; at = previous(text, at))
    if (counts(text, at, column)) return yamlLineAt(text, at);
  return undefined;
}

/** The line below that holds something and stands no further in than `column`. */
export function lineBelow(text: string, start: number, column: number): YamlLine | undefined {
  for (let at = next(text, start); at !== undefined; at = next(text, at))
    if (counts(text, at, column)) return yamlLineAt(text, at);
  return undefined;
}

export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function previous(text: string, start: number): number | undefined {
  return start === 0 ? undefined : lineStart(text, start - 1);
}

function next(text: string, start: number): number | undefined {
  const newline = text.indexOf('\n', start);
  return newline === -1 ? undefined : newline + 1;
}

/** Neither blank, a comment nor a document marker, and not deeper than a column: asked of every line, so it looks at few characters. */
function counts(text: string, start: number, column: number): boolean {
  let at = start;
  while (text.charCodeAt(at) === 32) at++;
  if (at - start > column || at >= text.length) return false;
  const c = text[at]!;
  if (c === '\n' || c === '\r' || c === '#' || c === '%') return false;
  return !(at === start && (text.startsWith('---', at) || text.startsWith('...', at)));
}

function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}
