import type { Node, YamlTree } from './tree.ts';

/** Whether two documents say the same, whatever their comments, indentation and quotes. */
export function sameContent(one: YamlTree, other: YamlTree): boolean {
  if ((one.problems.length === 0) !== (other.problems.length === 0)) return false;
  return sameNode(one.root, other.root);
}

function sameNode(one: Node | undefined, other: Node | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === 'alias') return other.kind === 'alias' && one.name === other.name;
  if (other.kind === 'alias' || one.tag !== other.tag) return false;
  if (one.kind === 'scalar')
    return other.kind === 'scalar' && one.text === other.text && Object.is(one.value, other.value);
  if (one.kind === 'sequence')
    return (
      other.kind === 'sequence' &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => sameNode(item, other.items[index]))
    );
  return (
    other.kind === 'mapping' &&
    one.pairs.length === other.pairs.length &&
    one.pairs.every((pair, index) => {
      const there = other.pairs[index]!;
      return pair.merged === there.merged && sameNode(pair.key, there.key) && sameNode(pair.value, there.value);
    })
  );
}
