import type { NameKind } from '../assembly/names.ts';
import { nodeOf } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import { resolved } from '../syntax/tree.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { namesAt, type Token, tokensOf } from './name-at.ts';

/** Tokens that can be typed as one. */
export interface LinkedTokens {
  readonly spans: readonly Span[];
  /** What such a name may hold while it is typed, nothing included; a regular expression. */
  readonly word: string;
}

const ROUTER_WORD = '[\\w.:-]*';

/** Kinds of names that one file often has all to itself. Others belong to objects, which have a life outside of files. */
const WORDS: { readonly [K in NameKind]?: string } = {
  node: '[\\w.-]*',
  'route-map': ROUTER_WORD,
  'prefix-list': ROUTER_WORD,
  'as-path list': ROUTER_WORD,
  'community-list': ROUTER_WORD,
  'access-list': ROUTER_WORD,
  'peer-group': ROUTER_WORD,
  symbol: '\\w*',
};

/**
 * The tokens of the name at an offset, to be typed at once: of a lab's node, and of what a router's configuration names.
 * Undefined where that would leave something behind, so that only a renaming is right: another file names it too, kind makes
 * it of other words, nothing here defines it, or a token is spelled in another way.
 */
export function linkedTokensAt(file: FileState, offset: number, sites: readonly Site[]): LinkedTokens | undefined {
  const found = namesAt(file, offset, sites);
  const use = found[0]?.use;
  const word = use && WORDS[use.kind];
  if (use === undefined || word === undefined) return undefined;
  const tokens = tokensOf(found);
  const isWhole = tokens.every(
    (token) => token.file === file.uri && token.use.made === undefined && file.text.slice(...token.span) === use.name,
  );
  const definitions = tokens.filter((token) => token.use.role === 'definition');
  if (!isWhole || tokens.length < 2 || definitions.length === 0 || definitions.some(isTwin)) return undefined;
  return { spans: tokens.map(({ span }) => span).sort((one, other) => one[0] - other[0]), word };
}

/** Whether a key stands twice in its mapping: two things have the name while one of them is typed. */
function isTwin({ use: { place } }: Token): boolean {
  if (place.part !== 'key' || place.path === undefined) return false;
  const mapping = resolved(nodeOf({ doc: place.doc, path: place.path.slice(0, -1) }));
  const key = place.path.at(-1);
  return mapping?.kind === 'mapping' && mapping.pairs.filter((pair) => pair.key.text === key).length > 1;
}
