import { ADDRESS_PLAN, type PlannedRange } from '../assembly/address-plan.ts';
import { type MeasuredPool, POOL_CAPACITY } from '../assembly/pool-capacity.ts';
import { type RangeTree, rangeTree } from '../network/ipam.ts';
import { overlappingPairs } from '../network/overlap.ts';
import { formatPrefix, nextFree } from '../network/prefix-space.ts';
import type { Range } from '../network/range.ts';
import type { Site } from '../workspace/site.ts';

/** Who has which addresses in a site. */
export interface AddressPlan {
  readonly tree: readonly RangeTree<PlannedRange>[];
  /** Ranges of different use that share addresses, each pair once. */
  readonly overlaps: readonly (readonly [PlannedRange, PlannedRange])[];
  readonly pools: readonly MeasuredPool[];
  /** A private range for one more pool of the size of the first, which nobody here has; by family. */
  readonly free: readonly string[];
}

export function addressPlanOf(site: Site): AddressPlan {
  const ranges = site.derive(ADDRESS_PLAN);
  const owned = ranges.map((owner) => ({ range: owner.range, owner }));
  const pools = site.derive(POOL_CAPACITY);
  const overlaps: (readonly [PlannedRange, PlannedRange])[] = [];
  for (const [a, b] of overlappingPairs(owned)) if (a.owner.use !== b.owner.use) overlaps.push([a.owner, b.owner]);
  return {
    tree: rangeTree(owned),
    overlaps,
    pools,
    free: freeLike(
      pools,
      ranges.map(({ range }) => range),
    ),
  };
}

function freeLike(pools: readonly MeasuredPool[], taken: readonly Range[]): readonly string[] {
  return ([4, 6] as const).flatMap((family) => {
    const like = pools.find(({ pool }) => pool.network.family === family)?.pool.network;
    const free = like === undefined ? undefined : nextFree(like, taken);
    return free === undefined ? [] : [formatPrefix(free)];
  });
}
