import { type BlockPool, capacityOf, type PoolCapacity } from '../network/ipam.ts';
import { type Prefix, parsePrefix } from '../network/prefix.ts';
import { matches } from '../network/selector.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { blocksOf } from './bgp-blocks.ts';
import { HOSTS } from './hosts.ts';
import { NODE_LABELS } from './node-labels.ts';
import { POOLS, type Pool } from './pools.ts';
import { selectorOf } from './selectors.ts';

/** A pool with what fits into it. */
export interface MeasuredPool {
  readonly pool: Pool;
  readonly capacity: PoolCapacity;
  /** Whether every node that may use it is known; if not, `perNode` and `nodesWithout` tell of some only. */
  readonly nodesKnown: boolean;
}

/** Blocks and their nodes for every enabled pool whose block size is known and fits. */
export const POOL_CAPACITY = defineDerivation('pool capacity', (site): readonly MeasuredPool[] => {
  const members = membersOf(site);
  const used = members.flatMap(({ name, blocks }) => blocks.map((block) => ({ node: name, block })));
  return site.derive(POOLS).enabled.flatMap((pool): MeasuredPool[] => {
    if (pool.blockSize === undefined) return [];
    const tree = pool.nodeSelector?.value === undefined ? undefined : selectorOf(pool.nodeSelector.value).tree;
    const unread = pool.nodeSelector !== undefined && pool.nodeSelector.value === undefined;
    const verdicts = members.map(({ name, labels }) => ({
      name,
      verdict: unread ? 'unknown' : tree === undefined ? true : matches(tree, labels),
    }));
    const input: BlockPool = {
      network: pool.network,
      blockSize: pool.blockSize,
      nodes: verdicts.filter(({ verdict }) => verdict === true).map(({ name }) => name),
      used,
    };
    const capacity = capacityOf(input);
    if (capacity === undefined) return [];
    return [{ pool, capacity, nodesKnown: verdicts.every(({ verdict }) => verdict !== 'unknown') }];
  });
});

/** The nodes of the cluster with the blocks that the files show. */
function membersOf(site: Site) {
  const labels = site.derive(NODE_LABELS);
  return site
    .derive(HOSTS)
    .all.filter((host) => host.calicoNodes.length + host.kubernetesNodes.length + host.kindNodes.length > 0)
    .map((host) => {
      const known = labels.get(host.name)?.labels;
      const announced = blocksOf(site, host.name, host.calicoNodes[0], known);
      return {
        name: host.name,
        labels: known,
        blocks: announced.flatMap(({ prefix }): Prefix[] => {
          // Symbolic blocks stand for those that nobody has seen.
          const block = prefix.includes('#') ? undefined : parsePrefix(prefix);
          return block === undefined ? [] : [block];
        }),
      };
    });
}
