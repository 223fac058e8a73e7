import { TIER } from './names.ts';

export interface Unplaced {
  readonly id: string;
  /** Known from its role or its name. */
  readonly tier?: number;
}

/**
 * A tier for every node that is connected to one whose tier is known: what touches an end machine is a leaf, what touches
 * only leaves a spine. Nodes of networks without any known tier get none.
 */
export function inferTiers(
  nodes: readonly Unplaced[],
  edges: readonly { readonly from: string; readonly to: string }[],
): ReadonlyMap<string, number> {
  const tiers = new Map<string, number>();
  for (const { id, tier } of nodes) if (tier !== undefined) tiers.set(id, tier);
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  // A bridge is wire: whoever is behind it counts as next to it.
  let frontier = nodes.filter(({ tier }) => tier !== undefined && tier >= TIER.bridge).map(({ id }) => id);
  if (frontier.length === 0) frontier = [...tiers.keys()];
  while (frontier.length > 0) {
    const found = new Map<string, number>();
    for (const id of frontier) {
      const tier = tiers.get(id)!;
      const next = tier >= TIER.bridge ? TIER.leaf : Math.max(TIER.core, tier - 1);
      for (const other of neighbours.get(id) ?? [])
        if (!tiers.has(other)) found.set(other, Math.max(next, found.get(other) ?? TIER.core));
    }
    for (const [id, tier] of found) tiers.set(id, tier);
    frontier = [...found.keys()];
    if (frontier.length === 0 && tiers.size < nodes.length) {
      frontier = nodes
        .filter(({ id }) => tiers.has(id) && neighbours.get(id)!.some((one) => !tiers.has(one)))
        .map(({ id }) => id);
    }
  }
  return tiers;
}
