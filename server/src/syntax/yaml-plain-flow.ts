import type { Mapping, Node, Pair, Scalar, Sequence } from './tree.ts';
import { DEEPEST } from './yaml-library.ts';
import {
  COLON,
  DASH,
  decline,
  HASH,
  isBlank,
  isMarker,
  NEWLINE,
  nextLineStart,
  type PlainReader,
  RETURN,
  SPACE,
  skipSpaces,
  TAB,
} from './yaml-plain-line.ts';
import { addPair } from './yaml-plain-pairs.ts';
import { behindQuoted, isPlainStart, isQuote, plainScalar, quotedOnLine, trimmed } from './yaml-plain-scalar.ts';

const COMMA = 44;
const QUESTION = 63;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

export function isFlowStart(code: number): boolean {
  return code === OPEN_BRACKET || code === OPEN_BRACE;
}

/**
 * Reads the flow collection at `reader.at`: one of items and of pairs that are written out. Its lines have to be further in
 * than `column`, but for the bracket that closes it.
 */
export function flowCollection(reader: PlainReader, column: number, depth: number): Mapping | Sequence {
  return collection({ reader, column, outermost: depth }, depth);
}

interface Flow {
  readonly reader: PlainReader;
  readonly column: number;
  readonly outermost: number;
}

function collection(flow: Flow, depth: number): Mapping | Sequence {
  if (depth >= DEEPEST) decline();
  return codeAt(flow) === OPEN_BRACKET ? sequence(flow, depth) : mapping(flow, depth);
}

function sequence(flow: Flow, depth: number): Sequence {
  const { reader } = flow;
  const start = reader.at;
  const items: Node[] = [];
  eachItem(flow, CLOSE_BRACKET, depth, () => items.push(node(flow, depth + 1)));
  return { kind: 'sequence', span: [start, reader.at], flow: true, items };
}

function mapping(flow: Flow, depth: number): Mapping {
  const { reader } = flow;
  const start = reader.at;
  const pairs: Pair[] = [];
  const names = new Set<string>();
  // To its author `{{` opens a template.
  if (reader.text.charCodeAt(start + 1) === OPEN_BRACE) decline();
  eachItem(flow, CLOSE_BRACE, depth, () => {
    const key = scalar(reader);
    reader.at = skipSpaces(reader.text, reader.at);
    if (codeAt(flow) !== COLON) decline();
    toToken(flow, reader.at + 1, depth);
    addPair(reader.problems, pairs, names, key, node(flow, depth + 1));
  });
  return { kind: 'mapping', span: [start, reader.at], flow: true, pairs };
}

/** Reads what stands between two brackets, with a comma behind each item; the last one may be left out. */
function eachItem(flow: Flow, close: number, depth: number, read: () => void): void {
  const { reader } = flow;
  toToken(flow, reader.at + 1, depth);
  while (codeAt(flow) !== close) {
    read();
    toToken(flow, reader.at, depth);
    if (codeAt(flow) === COMMA) toToken(flow, reader.at + 1, depth);
    else if (codeAt(flow) !== close) decline();
  }
  reader.at++;
}

function node(flow: Flow, depth: number): Node {
  return isFlowStart(codeAt(flow)) ? collection(flow, depth) : scalar(flow.reader);
}

/** A plain or quoted scalar of one line. */
function scalar(reader: PlainReader): Scalar {
  const { text, at: start } = reader;
  if (isQuote(text.charCodeAt(start))) {
    reader.at = behindQuoted(text, start) ?? decline();
    return quotedOnLine(reader, start, reader.at);
  }
  if (!isPlainStart(text, start) || isIndicatorBefore(text, start)) decline();
  reader.at = trimmed(text, plainStop(text, start));
  return plainScalar(reader, start, reader.at);
}

/** `-`, `?` or `:` before a bracket or a comma is no scalar. */
function isIndicatorBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === COLON || ((code === DASH || code === QUESTION) && isFlowIndicator(text.charCodeAt(at + 1)));
}

function isFlowIndicator(code: number): boolean {
  return isFlowStart(code) || code === CLOSE_BRACKET || code === CLOSE_BRACE || code === COMMA;
}

function plainStop(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || isFlowIndicator(code)) break;
    const next = text.charCodeAt(at + 1);
    if (code === COLON && (isBlank(next) || isFlowIndicator(next))) break;
    if (code === HASH && isBlank(text.charCodeAt(at - 1))) break;
  }
  return at;
}

/** Goes on to the next token: past blanks, line breaks and comments. */
function toToken(flow: Flow, from: number, depth: number): void {
  const { reader, column } = flow;
  const { text } = reader;
  let line = -1;
  let indent = 0;
  let at = skipBlanks(text, from);
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || code === RETURN) {
      line = nextLineStart(text, at);
      const start = skipSpaces(text, line);
      indent = start - line;
      at = skipBlanks(text, start);
    } else if (code === HASH && isBlank(text.charCodeAt(at - 1))) {
      at = text.indexOf('\n', at);
      if (at === -1) decline();
    } else break;
  }
  reader.at = at;
  if (line === -1) return;
  const code = text.charCodeAt(at);
  const closesAll = depth === flow.outermost && (code === CLOSE_BRACKET || code === CLOSE_BRACE);
  if (isMarker(text, line) || indent < column || (indent === column && !closesAll)) decline();
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
  return at;
}

function codeAt({ reader }: Flow): number {
  return reader.text.charCodeAt(reader.at);
}
