import type { CalicoNode } from '../model/calico/node.ts';
import type { Announcement } from '../network/bgp/types.ts';
import { parsePrefix } from '../network/prefix.ts';
import { type Labels, matches } from '../network/selector.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { ASSUMED_POOLS } from './bgp-assumed-pools.ts';
import { selectorOf } from './selectors.ts';

/** Blocks of a node that no inventory shows: `selvage.dev/blocks: "10.244.192.0/26,…"`. */
const ANNOTATION = 'selvage.dev/blocks';

/** The blocks in the inventory by node; undefined when the site has none at all. */
const INVENTORY = defineDerivation(
  'blocks by node',
  (site): ReadonlyMap<string, readonly Announcement[]> | undefined => {
    const blocks = site.all('calico/IPAMBlock');
    const affinities = site.all('calico/BlockAffinity');
    if (blocks.length + affinities.length === 0) return undefined;
    const byNode = new Map<string, Map<string, Announcement>>();
    const owned = [
      ...blocks.filter(({ deleted }) => deleted?.value !== true),
      ...affinities.filter(({ state, deleted }) => state?.value !== 'pendingDeletion' && deleted?.value !== 'true'),
    ];
    for (const { node, cidr } of owned) {
      if (node?.value === undefined || cidr?.value === undefined) continue;
      const list = byNode.get(node.value) ?? new Map<string, Announcement>();
      byNode.set(node.value, list);
      if (!list.has(cidr.value)) list.set(cidr.value, { prefix: cidr.value, kind: 'block', origin: cidr });
    }
    return new Map([...byNode].map(([name, list]) => [name, [...list.values()]]));
  },
);

/** What `blocksOf` looks at, whichever node it is asked for. */
export function blockSources(site: Site): readonly unknown[] {
  return [site.derive(INVENTORY), site.all('calico/IPPool'), site.derive(ASSUMED_POOLS)];
}

/**
 * What a Calico node announces: its blocks by the inventory, else by its annotation, else one symbolic block for each pool
 * that it may use (`10.244.0.0/16#node1`).
 */
export function blocksOf(
  site: Site,
  name: string,
  node: CalicoNode | undefined,
  labels: Labels | undefined,
): readonly Announcement[] {
  const inventory = site.derive(INVENTORY);
  if (inventory !== undefined) return inventory.get(name) ?? [];
  const written = node?.annotations.get(ANNOTATION);
  if (written !== undefined)
    return (written.value ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter((text) => parsePrefix(text) !== undefined)
      .map((prefix) => ({ prefix, kind: 'block', origin: written }));
  const isSelected = (selector: string | undefined): boolean => {
    const tree = selector === undefined ? undefined : selectorOf(selector).tree;
    return tree === undefined || matches(tree, labels) === true;
  };
  const assumed = site
    .derive(ASSUMED_POOLS)
    .filter(({ nodeSelector }) => isSelected(nodeSelector))
    .map(({ cidr, origin }): Announcement => ({ prefix: `${cidr}#${name}`, kind: 'block', origin }));
  const pools = site.all('calico/IPPool').flatMap((pool): Announcement[] => {
    const cidr = pool.cidr?.value;
    if (cidr === undefined || pool.disabled?.value === true || pool.assignmentMode?.value === 'Manual') return [];
    if (pool.allowedUses.length > 0 && !pool.allowedUses.some((use) => use.value === 'Workload')) return [];
    return isSelected(pool.nodeSelector?.value)
      ? [{ prefix: `${cidr}#${name}`, kind: 'block', origin: pool.cidr }]
      : [];
  });
  return [...pools, ...assumed];
}
