import type { Problem } from './span.ts';
import type { Node, Pair, Scalar } from './tree.ts';
import { duplicateKey } from './yaml-duplicate.ts';
import { decline } from './yaml-plain-line.ts';

/** Adds a pair to a mapping whose keys are `names`; a key that stands twice is a problem, a merge key the library's business. */
export function addPair(problems: Problem[], pairs: Pair[], names: Set<string>, key: Scalar, value: Node): void {
  if (key.text === '<<' && key.style === 'plain') decline();
  if (names.has(key.text) && !key.templated) problems.push(duplicateKey(key));
  names.add(key.text);
  pairs.push({ key, value, merged: false });
}
