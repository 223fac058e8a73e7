import { mayHoldTemplates } from './scalar.ts';
import type { Mapping, Node, Pair, Scalar, Sequence, YamlTree } from './tree.ts';
import { DEEPEST, emptyAt } from './yaml-library.ts';
import { flowCollection, isFlowStart } from './yaml-plain-flow.ts';
import {
  behindNode,
  COLON,
  DASH,
  DECLINED,
  decline,
  HASH,
  isBlank,
  isDash,
  isMarker,
  NEWLINE,
  nextLineStart,
  type PlainReader,
  RETURN,
  skipSpaces,
  toNextToken,
} from './yaml-plain-line.ts';
import { addPair } from './yaml-plain-pairs.ts';
import {
  behindQuoted,
  blockScalar,
  isPlainStart,
  isQuote,
  plainLines,
  plainScalar,
  plainStop,
  quotedOnLine,
  quotedScalar,
  trimmed,
} from './yaml-plain-scalar.ts';

const BYTE_ORDER_MARK = '\ufeff';
const BAR = 124;
const GREATER = 62;

/** Comments count to the node before them only where a collection says how far in they have to stand. */
const NOWHERE = Number.POSITIVE_INFINITY;

/**
 * Reads a document of plain YAML or JSON: without anchors, tags, directives or anything else out of the way, and without a
 * mistake but keys that stand twice. Returns the very tree that the library path makes of it, in a tenth of the time;
 * undefined for every other text.
 */
export function readPlainYaml(text: string): YamlTree | undefined {
  if (text.includes(BYTE_ORDER_MARK) || (text.includes('\r') && /\r(?!\n)/.test(text))) return undefined;
  const reader: PlainReader = {
    text,
    mayHoldTemplates: mayHoldTemplates(text),
    problems: [],
    at: 0,
    column: 0,
    end: 0,
    comment: -1,
  };
  try {
    const root = document(reader);
    return root === undefined ? { text, problems: [] } : { text, root, problems: reader.problems };
  } catch (error) {
    if (error !== DECLINED) throw error;
    return undefined;
  }
}

function document(reader: PlainReader): Node | undefined {
  toNextToken(reader, 0, NOWHERE);
  if (reader.column === 0 && reader.text.charCodeAt(reader.at) === DASH && isMarker(reader.text, reader.at))
    toNextToken(reader, behindNode(reader.text, reader.at + 3), NOWHERE);
  if (reader.column === -1) return undefined;
  reader.comment = -1;
  const root = block(reader, -1, 0);
  if (root.kind === 'scalar' || reader.column !== -1) decline();
  return root;
}

/** The node at the token that `reader` stands at, inside a collection that stands at column `parent`. */
function block(reader: PlainReader, parent: number, depth: number): Node {
  if (isDash(reader.text, reader.at)) return sequence(reader, depth);
  const key = keyAt(reader);
  return key === undefined ? value(reader, parent, depth) : mapping(reader, key, depth);
}

function sequence(reader: PlainReader, depth: number): Sequence {
  if (depth >= DEEPEST) decline();
  const { column, at: start } = reader;
  const items: Node[] = [];
  reader.comment = -1;
  do {
    reader.at++;
    items.push(item(reader, column, depth + 1));
  } while (reader.column === column && isDash(reader.text, reader.at));
  return { kind: 'sequence', span: [start, closed(reader, column)], flow: false, items };
}

function mapping(reader: PlainReader, first: Scalar, depth: number): Mapping {
  if (depth >= DEEPEST) decline();
  const { column } = reader;
  const start = first.span[0];
  const pairs: Pair[] = [];
  const names = new Set<string>();
  for (let key = first; ; key = keyAt(reader) ?? decline()) {
    addPair(reader.problems, pairs, names, key, pairValue(reader, column, depth + 1));
    if (reader.column !== column) break;
  }
  return { kind: 'mapping', span: [start, closed(reader, column)], flow: false, pairs };
}

/**
 * The end of a block collection whose last node was read. Comments behind it that stand as far in as the collection belong
 * to it, but not to its span: the collection around it reaches to the next token then.
 */
function closed(reader: PlainReader, column: number): number {
  if (reader.column > column) decline();
  const { end } = reader;
  if (column > 0 && reader.comment >= column) {
    reader.end = reader.at;
    reader.comment = -1;
  }
  return end;
}

/** What stands behind the `-` of a sequence at `column`. */
function item(reader: PlainReader, column: number, depth: number): Node {
  const start = skipSpaces(reader.text, reader.at);
  if (isLineEnd(reader.text, start)) {
    const above = reader.comment;
    return nodeBelow(reader, start, column, depth) ?? emptyNode(reader, start, above);
  }
  reader.column = column + 1 + start - reader.at;
  reader.at = start;
  reader.comment = -1;
  return block(reader, column, depth);
}

/** What stands behind the `:` of a mapping at `column`; a sequence may stand below it at the same column. */
function pairValue(reader: PlainReader, column: number, depth: number): Node {
  const start = skipSpaces(reader.text, reader.at);
  if (!isLineEnd(reader.text, start)) {
    reader.at = start;
    reader.comment = -1;
    return value(reader, column, depth);
  }
  const node = nodeBelow(reader, start, column, depth);
  if (node !== undefined) return node;
  const isSequence = reader.column === column && isDash(reader.text, reader.at);
  return isSequence ? sequence(reader, depth) : emptyNode(reader, start, -1);
}

function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === NEWLINE || code === RETURN || code === HASH || at >= text.length;
}

/** The node on the lines below an indicator with nothing but a comment behind it; undefined where none is further in. */
function nodeBelow(reader: PlainReader, lineEnd: number, column: number, depth: number): Node | undefined {
  const { text } = reader;
  toNextToken(reader, nextLineStart(text, lineEnd), NOWHERE);
  if (text.charCodeAt(lineEnd) === HASH) reader.comment = Math.max(reader.comment, 0);
  return reader.column > column ? block(reader, column, depth) : undefined;
}

/** A value that is not written. Every comment behind it counts to it, and so does one above the dash of an item. */
function emptyNode(reader: PlainReader, offset: number, above: number): Scalar {
  reader.end = reader.comment === -1 && above === -1 ? offset : reader.at;
  reader.comment = -1;
  return emptyAt(offset);
}

/** Reads the key at the token, if a `:` follows it on its line, and goes on behind that. */
function keyAt(reader: PlainReader): Scalar | undefined {
  const { text, at: start } = reader;
  if (reader.column === 0 && isMarker(text, start)) decline();
  if (isQuote(text.charCodeAt(start))) {
    const end = behindQuoted(text, start);
    const colon = end === undefined ? -1 : skipSpaces(text, end);
    if (text.charCodeAt(colon) !== COLON || !isBlank(text.charCodeAt(colon + 1))) return undefined;
    reader.at = colon + 1;
    return quotedOnLine(reader, start, end!);
  }
  if (!isPlainStart(text, start)) return undefined;
  const stop = plainStop(text, start);
  if (text.charCodeAt(stop) !== COLON) return undefined;
  reader.at = stop + 1;
  return plainScalar(reader, start, trimmed(text, stop));
}

/** A scalar or flow collection that is an item or a value of the collection at column `parent`. */
function value(reader: PlainReader, parent: number, depth: number): Node {
  const { text, at: start } = reader;
  // Comments above a scalar change what the library takes for its next line.
  if (reader.comment !== -1) decline();
  const code = text.charCodeAt(start);
  if (code === BAR || code === GREATER) {
    const { scalar, end } = blockScalar(reader, parent);
    toNextToken(reader, end, NOWHERE);
    return scalar;
  }
  if (isFlowStart(code)) {
    const collection = flowCollection(reader, parent, depth);
    toNextToken(reader, behindNode(text, reader.at), parent);
    return collection;
  }
  const scalar = isQuote(code)
    ? quotedScalar(reader, start, behindQuoted(text, start) ?? decline())
    : plainLines(reader, parent);
  toNextToken(reader, behindNode(text, scalar.span[1]), parent);
  return scalar;
}
