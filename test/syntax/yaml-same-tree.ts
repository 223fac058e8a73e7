import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Node, Scalar, YamlTree } from '../../server/src/syntax/tree.ts';
import { parseWithLibrary } from '../../server/src/syntax/yaml-library.ts';
import { readPlainYaml } from '../../server/src/syntax/yaml-plain.ts';

/** Fails unless the plain reader declines a text, or makes of it the very tree that the library path makes. */
export function assertSameTree(text: string, told?: string): void {
  const plain = readPlainYaml(text);
  if (plain === undefined) return;
  const path = parseWithLibrary(text);
  if (isDeepStrictEqual(plain, path)) return;
  // Quoted scalars that are indented too little for YAML 1.2 the library path mends by guessing, and not all of them.
  const folded = foldedScalars(plain.root, text);
  if (folded.length === 0) assert.deepEqual(plain, path, told);
  let joined = text;
  for (const { span } of folded)
    joined = joined.slice(0, span[0]) + joined.slice(...span).replace(/[\r\n]/g, ' ') + joined.slice(span[1]);
  assert.deepEqual(withoutTexts(plain, folded), withoutTexts(parseWithLibrary(joined), folded), told);
}

/** Quoted scalars that go on over lines. */
function foldedScalars(node: Node | undefined, text: string): readonly Scalar[] {
  if (node?.kind === 'sequence') return node.items.flatMap((item) => foldedScalars(item, text));
  if (node?.kind === 'mapping') return node.pairs.flatMap(({ value }) => foldedScalars(value, text));
  const isFolded =
    node?.kind === 'scalar' && /single|double/.test(node.style) && text.slice(...node.span).includes('\n');
  return isFolded ? [node] : [];
}

/** A tree as data, without what joined lines make different: the text of those scalars, and of the document. */
function withoutTexts({ root, problems }: YamlTree, scalars: readonly Scalar[]): unknown {
  const starts = new Set(scalars.map(({ span }) => span[0]));
  const bare = (node: Node | undefined): unknown => {
    if (node?.kind === 'sequence') return { ...node, items: node.items.map(bare) };
    if (node?.kind === 'mapping')
      return { ...node, pairs: node.pairs.map(({ key, value }) => [bare(key), bare(value)]) };
    if (node?.kind !== 'scalar' || !starts.has(node.span[0])) return node;
    return { span: node.span, style: node.style };
  };
  return { root: bare(root), problems };
}
