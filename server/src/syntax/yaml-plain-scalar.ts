import * as YAML from 'yaml';
import { isTemplated, resolvePlain } from './scalar.ts';
import type { Scalar, ScalarStyle } from './tree.ts';
import {
  COLON,
  decline,
  HASH,
  isBlank,
  NEWLINE,
  nextLineStart,
  type PlainReader,
  RETURN,
  SPACE,
  skipSpaces,
  TAB,
} from './yaml-plain-line.ts';

const SINGLE_QUOTE = 39;
const DOUBLE_QUOTE = 34;
const BACKSLASH = 92;

/** What no plain scalar begins with; `-`, `?` and `:` may, unless they stand alone. */
const INDICATORS = new Set([...'\t ,[]{}#&*!|>\'"%@`'].map((char) => char.charCodeAt(0)));
const LONELY = new Set([...'-?:'].map((char) => char.charCodeAt(0)));

export function isQuote(code: number): boolean {
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
}

export function isPlainStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return !INDICATORS.has(code) && !(LONELY.has(code) && isBlank(text.charCodeAt(at + 1)));
}

/** Where a plain scalar stops on its line: at `: `, at a comment, at the line break. */
export function plainStop(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) break;
    if (code === COLON && isBlank(text.charCodeAt(at + 1))) break;
    if (code === HASH && isBlank(text.charCodeAt(at - 1))) break;
  }
  return at;
}

/** The end of a text without the blanks before `stop`. */
export function trimmed(text: string, stop: number): number {
  let end = stop;
  while (isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

/** A plain scalar that stands on one line. */
export function plainScalar(reader: PlainReader, start: number, end: number): Scalar {
  const text = reader.text.slice(start, end);
  const templated = reader.mayHoldTemplates && isTemplated(text);
  return { kind: 'scalar', span: [start, end], style: 'plain', text, value: resolvePlain(text), templated };
}

/** A plain scalar that may go on over lines further in than `column`. */
export function plainLines(reader: PlainReader, column: number): Scalar {
  const { text, at: start } = reader;
  if (!isPlainStart(text, start)) decline();
  let stop = plainStop(text, start);
  let end = trimmed(text, stop);
  const firstEnd = end;
  for (let line = stop + 1; text.charCodeAt(stop) === NEWLINE; line = stop + 1) {
    const at = skipSpaces(text, line);
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN) {
      stop = nextLineStart(text, at) - 1;
      continue;
    }
    if (at >= text.length || code === HASH || at - line <= column) break;
    if (code === TAB) decline();
    stop = plainStop(text, at);
    end = trimmed(text, stop);
  }
  if (text.charCodeAt(stop) === COLON) decline();
  if (end === firstEnd) return plainScalar(reader, start, end);
  const decoded = decodedByLibrary('scalar', text.slice(start, end));
  const value = resolvePlain(decoded);
  return { kind: 'scalar', span: [start, end], style: 'plain', text: decoded, value, templated: isTemplated(decoded) };
}

/** The offset behind the closing quote of the scalar that begins at `from`; undefined where it is never closed. */
export function behindQuoted(text: string, from: number): number | undefined {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH && quote === DOUBLE_QUOTE) at++;
    else if (code === quote) {
      if (quote === DOUBLE_QUOTE || text.charCodeAt(at + 1) !== SINGLE_QUOTE) return at + 1;
      at++;
    }
  }
  return undefined;
}

/** A quoted scalar. libyaml does not ask how far its lines are indented, and files that Go programs write show it. */
export function quotedScalar(reader: PlainReader, start: number, end: number): Scalar {
  const source = reader.text.slice(start, end);
  const style = reader.text.charCodeAt(start) === DOUBLE_QUOTE ? 'double' : 'single';
  const text = quotedText(source, style);
  const templated = (reader.mayHoldTemplates || style === 'double') && isTemplated(text);
  return { kind: 'scalar', span: [start, end], style, text, value: text, templated };
}

/** A quoted scalar that does not go on over lines. */
export function quotedOnLine(reader: PlainReader, start: number, end: number): Scalar {
  const newline = reader.text.indexOf('\n', start);
  return newline === -1 || newline >= end ? quotedScalar(reader, start, end) : decline();
}

function quotedText(source: string, style: 'single' | 'double'): string {
  const isOneLine = !source.includes('\n');
  if (isOneLine && style === 'single') return source.slice(1, -1).replaceAll("''", "'");
  if (isOneLine && !source.includes('\\')) return source.slice(1, -1);
  if (!isOneLine && /\n(---|\.\.\.)(\s|$)/.test(source)) decline();
  return decodedByLibrary(`${style}-quoted-scalar`, source);
}

/** Escapes and folded lines. */
function decodedByLibrary(type: YAML.CST.FlowScalar['type'], source: string): string {
  return YAML.CST.resolveAsScalar({ type, offset: 0, indent: 0, source }, false, decline)!.value;
}

const BLOCK_HEADER = /[|>](?:[-+][1-9]?|[1-9][-+]?)?(?= *(?: #[^\n]*)?\r?\n)/y;

/** A block scalar inside a collection that stands at `column`, and the offset behind what the library counts to it. */
export function blockScalar(reader: PlainReader, column: number): { readonly scalar: Scalar; readonly end: number } {
  const { text, at: start } = reader;
  BLOCK_HEADER.lastIndex = start;
  const header = BLOCK_HEADER.exec(text)?.[0] ?? decline();
  const from = nextLineStart(text, start);
  const end = blockEnd(text, from, column, header);
  const decoded = YAML.CST.resolveAsScalar(
    {
      type: 'block-scalar',
      offset: 0,
      indent: column,
      props: [{ type: 'block-scalar-header', offset: 0, indent: 0, source: header }],
      source: text.slice(from, end),
    },
    false,
    decline,
  )!.value;
  let spanEnd = end;
  while (text.charCodeAt(spanEnd - 1) === NEWLINE || text.charCodeAt(spanEnd - 1) === RETURN) spanEnd--;
  const style: ScalarStyle = header.startsWith('|') ? 'literal' : 'folded';
  const templated = reader.mayHoldTemplates && isTemplated(decoded);
  return { scalar: { kind: 'scalar', span: [start, spanEnd], style, text: decoded, value: decoded, templated }, end };
}

/** Where the lines of a block scalar end. Blank lines behind them count only where they are kept or further in. */
function blockEnd(text: string, from: number, column: number, header: string): number {
  const first = lineWithText(text, from);
  const indent = skipSpaces(text, first) - first;
  const said = /[1-9]/.exec(header);
  const least = said === null ? indent : column + Number(said[0]);
  if (indent <= column || indent < least || first + indent >= text.length) decline();
  let end = nextLineStart(text, first);
  while (end < text.length) {
    const at = skipSpaces(text, end);
    const code = text.charCodeAt(at);
    if (code !== NEWLINE && code !== RETURN && at - end < least) {
      if (code === TAB) decline();
      break;
    }
    end = nextLineStart(text, at);
  }
  return header.includes('+') ? end : withoutBlankLines(text, end, indent);
}

function lineWithText(text: string, from: number): number {
  let line = from;
  for (;;) {
    const at = skipSpaces(text, line);
    const code = text.charCodeAt(at);
    if (code !== NEWLINE && code !== RETURN) return line;
    line = nextLineStart(text, at);
  }
}

/** Takes blank lines of no more than `indent` spaces off the end. */
function withoutBlankLines(text: string, from: number, indent: number): number {
  let end = from;
  for (;;) {
    let last = text.charCodeAt(end - 1) === NEWLINE ? end - 2 : end - 1;
    if (text.charCodeAt(last) === RETURN) last--;
    let at = last;
    while (text.charCodeAt(at) === SPACE) at--;
    if (text.charCodeAt(at) !== NEWLINE || last - at > indent) return end;
    end = at + 1;
  }
}
