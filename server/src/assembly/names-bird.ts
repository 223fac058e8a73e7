import { canonicalAddress, parseAddress } from '../network/address.ts';
import type { BirdStatement, BirdTree } from '../syntax/bird.ts';
import { type BirdToken, birdNameSpan } from '../syntax/bird-lexer.ts';
import { birdReferences, birdSymbols } from '../syntax/bird-symbols.ts';
import type { Doc } from '../syntax/document.ts';
import { type NameUse, spanPlace } from './names.ts';

/** Every name that a BIRD configuration defines or uses: its symbols, its neighbours and next hops, its host name. */
export function birdNames(doc: Doc, { statements }: BirdTree, scope: string): readonly NameUse[] {
  const symbols = birdSymbols(statements);
  const symbol = (token: BirdToken, role: NameUse['role']): NameUse => ({
    kind: 'symbol',
    name: token.text,
    scope,
    place: spanPlace(doc, birdNameSpan(token)),
    role,
  });
  const known = new Set(symbols.map(({ name }) => name.text));
  return [
    ...symbols.map(({ name }) => symbol(name, 'definition')),
    ...birdReferences(statements, known).map(({ name }) => symbol(name, 'reference')),
    ...statements.flatMap((statement) => addressesIn(doc, statement)),
    ...statements.flatMap(({ words: [first, name] }) =>
      first?.text === 'hostname' && name !== undefined && name.text !== ''
        ? [
            {
              kind: 'node',
              name: name.text,
              scope: `${scope} hostname`,
              place: spanPlace(doc, birdNameSpan(name)),
              role: 'reference',
            } as const,
          ]
        : [],
    ),
  ];
}

/** Addresses of other machines, and the own one that a session is from: behind these words, in protocols and templates. */
const BEFORE_ADDRESS = new Set(['neighbor', 'via', 'local', 'address']);

function addressesIn(doc: Doc, { words, body = [] }: BirdStatement): readonly NameUse[] {
  const own = words.flatMap((word, index): NameUse[] => {
    const isAddress = BEFORE_ADDRESS.has(words[index - 1]?.text ?? '') && parseAddress(word.text) !== undefined;
    if (word.kind !== 'word' || !isAddress) return [];
    const name = canonicalAddress(word.text);
    return [{ kind: 'address', name, scope: '', place: spanPlace(doc, word.span), role: 'reference' }];
  });
  return [...own, ...body.flatMap((inner) => addressesIn(doc, inner))];
}
