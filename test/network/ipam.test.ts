import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { capacityOf, type RangeTree, rangeTree } from '../../server/src/network/ipam.ts';
import { formatPrefix, parsePrefix } from '../../server/src/network/prefix.ts';
import { formatRange, parseSpan, rangesOverlap } from '../../server/src/network/range.ts';

const item = (text: string, owner: string) => ({ range: parseSpan(text)!, owner });

function drawn(trees: readonly RangeTree<string>[], depth = 0): string[] {
  return trees.flatMap(({ owners, inside }) => ['  '.repeat(depth) + owners.join('+'), ...drawn(inside, depth + 1)]);
}

test('ranges stand inside what holds them, equal ones together, crossing ones side by side', () => {
  const tree = rangeTree([
    item('10.1.2.0/24', 'rack'),
    item('10.0.0.0/8', 'site'),
    item('10.1.0.0/16', 'pool'),
    item('10.1.0.0/16', 'podSubnet'),
    item('10.1.2.7', 'node'),
    item('10.1.2.200-10.1.3.9', 'spiderpool'),
    item('192.168.0.0/24', 'lan'),
    item('fd00::/8', 'six'),
  ]);
  assert.deepEqual(drawn(tree), ['site', '  pool+podSubnet', '    rack', '      node', '    spiderpool', 'lan', 'six']);
});

test('every range is in the tree once, and nothing lies outside of what holds it', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
    .map(([a, b]) => `10.0.0.${Math.min(a, b)}-10.0.0.${Math.max(a, b)}`);
  fc.assert(
    fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
      const seen: string[] = [];
      const visit = (trees: readonly RangeTree<string>[], outer?: RangeTree<string>): void => {
        for (const tree of trees) {
          if (outer !== undefined)
            assert.ok(outer.range.first <= tree.range.first && tree.range.last <= outer.range.last);
          for (const owner of tree.owners) assert.equal(formatRange(parseSpan(owner)!), formatRange(tree.range));
          seen.push(...tree.owners);
          visit(tree.inside, tree);
        }
      };
      visit(rangeTree(spans.map((text) => item(text, text))));
      assert.deepEqual(seen.sort(), [...spans].sort());
    }),
  );
});

test('a /24 in blocks of 64 feeds four nodes, and the fifth gets nothing', () => {
  const pool = (nodes: readonly string[], used: readonly [string, string][]) =>
    capacityOf({
      network: parsePrefix('10.244.0.0/24')!,
      blockSize: 26,
      nodes,
      used: used.map(([node, block]) => ({ node, block: parsePrefix(block)! })),
    })!;
  const four = pool(['a', 'b', 'c', 'd'], []);
  assert.equal(four.blocks, 4n);
  assert.equal(four.addressesPerBlock, 64n);
  assert.equal(four.nodesWithout, 0);
  const greedy = pool(
    ['a', 'b', 'c', 'd', 'e'],
    [
      ['a', '10.244.0.0/26'],
      ['a', '10.244.0.128/26'],
      ['z', '10.9.0.0/26'],
    ],
  );
  assert.equal(greedy.usedBlocks, 2n);
  assert.equal(greedy.freeBlocks, 2n);
  assert.equal(greedy.nodesWithout, 2, 'four have none yet, and two blocks are left');
  assert.equal(formatPrefix(greedy.nextBlock!), '10.244.0.64/26');
  assert.deepEqual(
    [...greedy.perNode],
    [
      ['a', 2],
      ['b', 0],
      ['c', 0],
      ['d', 0],
      ['e', 0],
    ],
  );
});

test('a pool smaller than a block, and one of IPv6 that is larger than a number', () => {
  const empty = { nodes: [], used: [] };
  assert.equal(capacityOf({ network: parsePrefix('10.0.0.0/28')!, blockSize: 26, ...empty }), undefined);
  assert.equal(capacityOf({ network: parsePrefix('fd00::/48')!, blockSize: 122, ...empty })?.blocks, 1n << 74n);
});

test('ten thousand ranges in a blink', () => {
  const items = Array.from({ length: 10_000 }, (_, n) => item(`10.${n >> 8}.${n & 255}.0/24`, String(n)));
  const begun = performance.now();
  const tree = rangeTree([...items, item('10.0.0.0/8', 'all')]);
  assert.equal(tree[0]!.inside.length, 10_000);
  assert.ok(performance.now() - begun < 1000);
  assert.ok(rangesOverlap(tree[0]!.range, items[0]!.range));
});
