import { selectorsOf } from '../model/calico/selectors.ts';
import type { Field } from '../syntax/document.ts';
import { spanOfPlace } from '../syntax/place.ts';
import { type SelectorTokenKind, selectorTokens } from '../syntax/selector-tokens.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { DocToken, TokenType } from './semantic-tokens.ts';

/** Labels, values and operators of Calico's selectors, also of those that are not finished yet. */
export function selectorTokensIn({ doc, resources }: DocumentState): readonly DocToken[] {
  return resources
    .filter((resource) => resource.doc === doc)
    .flatMap((resource) => selectorsOf(resource))
    .flatMap(({ field }) => tokensOf(field));
}

function tokensOf({ value, place }: Field<string>): readonly DocToken[] {
  if (value === undefined) return [];
  return selectorTokens(value).tokens.flatMap(({ kind, span, text }): readonly DocToken[] => {
    const type = TYPES[kind];
    if (type === undefined) return [];
    // A call's token has its parenthesis with it.
    const end = type === 'function' ? span[0] + text.length : span[1];
    return [{ span: spanOfPlace({ ...place, span: [span[0], end] }), type }];
  });
}

const TYPES: Readonly<Partial<Record<SelectorTokenKind, TokenType>>> = {
  label: 'property',
  string: 'string',
  has: 'function',
  all: 'function',
  global: 'function',
  contains: 'operator',
  startsWith: 'operator',
  endsWith: 'operator',
  in: 'operator',
  notIn: 'operator',
  '==': 'operator',
  '!=': 'operator',
  '!': 'operator',
  '&&': 'operator',
  '||': 'operator',
};
