import { parsePrefixOrAddress } from '../network/prefix.ts';
import { parseRange } from '../network/range.ts';
import { yamlOf } from '../syntax/document.ts';
import { insideScalar } from '../syntax/place.ts';
import type { Node, Scalar } from '../syntax/tree.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { DocToken } from './semantic-tokens.ts';

/** Addresses, prefixes and ranges among the values of a YAML document that is part of a network; several may be joined by commas. */
export function addressTokens({ doc, resources }: DocumentState): readonly DocToken[] {
  const root = yamlOf(doc)?.root;
  return root === undefined || resources.length === 0 ? [] : [...tokensIn(doc.text, root)];
}

function* tokensIn(text: string, node: Node): Generator<DocToken> {
  if (node.kind === 'mapping') for (const pair of node.pairs) yield* pair.merged ? [] : tokensIn(text, pair.value);
  else if (node.kind === 'sequence') for (const item of node.items) yield* tokensIn(text, item);
  else if (node.kind === 'scalar') yield* inScalar(text, node);
}

/** Nothing longer is a list of ranges, and long texts need not be looked through. */
const LONGEST = 400;

function* inScalar(text: string, scalar: Scalar): Generator<DocToken> {
  const content = scalar.text;
  if (content.length > LONGEST || scalar.templated || !/[.:]/.test(content) || !/^[\dA-Fa-f:]/.test(content)) return;
  const words = [...content.matchAll(/[^\s,]+/g)];
  if (!words.every(([word]) => parsePrefixOrAddress(word) !== undefined || parseRange(word) !== undefined)) return;
  for (const { 0: word, index } of words) {
    const dash = word.indexOf('-');
    const end = index + word.length;
    const first = dash < 0 ? end : index + dash;
    yield { span: insideScalar(text, scalar, [index, first]), type: 'number' };
    if (dash < 0) continue;
    yield { span: insideScalar(text, scalar, [first, first + 1]), type: 'operator' };
    yield { span: insideScalar(text, scalar, [first + 1, end]), type: 'number' };
  }
}
