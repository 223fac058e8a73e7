import { BITS } from './address.ts';
import { containsPrefix, type Prefix } from './prefix.ts';
import { compareRanges, nextFreePrefix, type Range, rangeOf } from './range.ts';

/** A range and what lies inside it. Ranges that cross without one holding the other are siblings. */
export interface RangeTree<T> {
  readonly range: Range;
  /** Everybody who has exactly this range. */
  readonly owners: readonly T[];
  readonly inside: readonly RangeTree<T>[];
}

interface Growing<T> {
  readonly range: Range;
  readonly owners: T[];
  readonly inside: Growing<T>[];
}

/** Orders ranges by what holds what: O(n log n), the outer ones at the top, each level by address. */
export function rangeTree<T>(items: Iterable<{ readonly range: Range; readonly owner: T }>): readonly RangeTree<T>[] {
  const roots: Growing<T>[] = [];
  const open: Growing<T>[] = [];
  for (const { range, owner } of [...items].sort((a, b) => compareRanges(a.range, b.range))) {
    while (open.length > 0 && !holds(open.at(-1)!.range, range)) open.pop();
    const top = open.at(-1);
    if (top !== undefined && top.range.first === range.first && top.range.last === range.last) {
      top.owners.push(owner);
      continue;
    }
    const grown: Growing<T> = { range, owners: [owner], inside: [] };
    (top?.inside ?? roots).push(grown);
    open.push(grown);
  }
  return roots;
}

function holds(outer: Range, inner: Range): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** A pool that Calico cuts into blocks, and the blocks that are known to be somebody's. */
export interface BlockPool {
  readonly network: Prefix;
  /** Length of a block's prefix: 26 gives 64 addresses. */
  readonly blockSize: number;
  /** Nodes that may have blocks of it, where they are known. */
  readonly nodes: readonly string[];
  readonly used: readonly { readonly node: string; readonly block: Prefix }[];
}

export interface PoolCapacity {
  readonly blocks: bigint;
  readonly addressesPerBlock: bigint;
  readonly usedBlocks: bigint;
  readonly freeBlocks: bigint;
  /** Blocks of each node that has or may have some. */
  readonly perNode: ReadonlyMap<string, number>;
  /** Nodes that get no block of their own when every node takes one, those with blocks first; 0 when there is room for all. */
  readonly nodesWithout: number;
  /** The first block that nobody has; absent when the pool is full. */
  readonly nextBlock?: Prefix;
}

/** What fits into a pool; undefined when a block is larger than the pool. Used blocks outside the pool are not its. */
export function capacityOf({ network, blockSize, nodes, used }: BlockPool): PoolCapacity | undefined {
  if (blockSize < network.length || blockSize > BITS[network.family]) return undefined;
  const own = used.filter(({ block }) => block.family === network.family && containsPrefix(network, block));
  const perNode = new Map<string, number>(nodes.map((node) => [node, 0]));
  for (const { node } of own) perNode.set(node, (perNode.get(node) ?? 0) + 1);
  const blocks = 1n << BigInt(blockSize - network.length);
  const taken = new Set(own.map(({ block }) => `${block.address}/${block.length}`));
  const usedBlocks = BigInt(taken.size);
  const freeBlocks = blocks > usedBlocks ? blocks - usedBlocks : 0n;
  const waiting = [...perNode.values()].filter((count) => count === 0).length;
  const nextBlock = nextFreePrefix(
    network,
    own.map(({ block }) => rangeOf(block)),
    blockSize,
  );
  return {
    blocks,
    addressesPerBlock: 1n << BigInt(BITS[network.family] - blockSize),
    usedBlocks,
    freeBlocks,
    perNode,
    nodesWithout: BigInt(waiting) > freeBlocks ? waiting - Number(freeBlocks) : 0,
    ...(nextBlock === undefined ? {} : { nextBlock }),
  };
}
