import type { Doc } from '../syntax/document.ts';
import { documentSpanInFile } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';
import { documentsWithin } from './documents-within.ts';
import { addressTokens } from './semantic-tokens-addresses.ts';
import { embeddedTokens } from './semantic-tokens-embedded.ts';
import { selectorTokensIn } from './semantic-tokens-selectors.ts';

/** What a stretch of text is, in the protocol's own names; editors colour these as they do in programs. */
export const TOKEN_TYPES = [
  'property',
  'string',
  'number',
  'keyword',
  'operator',
  'function',
  'type',
  'comment',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** A stretch of a document. */
export interface DocToken {
  readonly span: Span;
  readonly type: TokenType;
}

/** A stretch of one line of a file. */
export interface FileToken {
  readonly start: number;
  readonly length: number;
  readonly type: TokenType;
}

/** What the sources say of the same stretch: the first one's word stands. */
const SOURCES: readonly ((state: DocumentState) => readonly DocToken[])[] = [
  selectorTokensIn,
  addressTokens,
  embeddedTokens,
];

/**
 * Colours that a grammar of the outer language cannot give: selectors, address ranges, and texts that stand inside others.
 * In order, none over another, none over a line's end. Only documents that touch `within` are looked at.
 */
export function semanticTokensIn(file: FileState, within: Span): readonly FileToken[] {
  const states = documentsWithin(file, within);
  const deepest = Math.max(0, ...states.map(({ doc }) => depthOf(doc)));
  let taken: readonly FileToken[] = [];
  // What stands innermost knows best.
  for (let depth = deepest; depth >= 0; depth--) {
    const level = states.filter(({ doc }) => depthOf(doc) === depth);
    for (const source of SOURCES) {
      const found = level.flatMap((state) => inFile(source(state), state.doc, file.text, within));
      taken = [...taken, ...apart(found, taken)].sort((one, other) => one.start - other.start);
    }
  }
  return taken;
}

function depthOf({ parent }: Doc): number {
  return parent === undefined ? 0 : 1 + depthOf(parent);
}

function inFile(tokens: readonly DocToken[], doc: Doc, text: string, within: Span): readonly FileToken[] {
  return tokens.flatMap(({ span, type }) => {
    const [start, end] = documentSpanInFile(doc, span);
    return start > within[1] || end < within[0] ? [] : onLines(text, [start, end], type);
  });
}

/** A stretch over several lines as one for each, without the white space around it. */
function onLines(text: string, [from, end]: Span, type: TokenType): readonly FileToken[] {
  const tokens: FileToken[] = [];
  for (let start = from; start < end; ) {
    const newline = text.indexOf('\n', start);
    const stop = newline === -1 || newline > end ? end : newline;
    const line = text.slice(start, stop);
    const begin = start + (line.length - line.trimStart().length);
    const length = line.trim().length;
    if (length > 0) tokens.push({ start: begin, length, type });
    start = stop + 1;
  }
  return tokens;
}

/** Those of `tokens` that lie over none of `taken`, which is in order. */
function apart(tokens: readonly FileToken[], taken: readonly FileToken[]): readonly FileToken[] {
  return tokens.filter(({ start, length }) => {
    let low = 0;
    let high = taken.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (taken[middle]!.start + taken[middle]!.length <= start) low = middle + 1;
      else high = middle;
    }
    const next = taken[low];
    return next === undefined || next.start >= start + length;
  });
}
