import { compareNames } from '../graph/names.ts';
import type { LayoutInput } from './types.ts';

/**
 * A tier for every box. Those that have none take the one below their nearest neighbour that has; a component without any
 * is ranked by distance from its best connected box. Boxes with neither wires nor a tier come last.
 */
export function depths({ boxes, wires }: LayoutInput): ReadonlyMap<string, number> {
  const tiers = new Map<string, number>();
  for (const { id, tier } of boxes) if (tier !== undefined) tiers.set(id, tier);
  if (tiers.size === boxes.length) return tiers;
  const neighbours = new Map<string, string[]>(boxes.map(({ id }) => [id, []]));
  for (const { from, to } of wires) {
    if (from === to) continue;
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  spread([...tiers.keys()], tiers, neighbours);
  const rest = boxes.filter(({ id }) => !tiers.has(id));
  const degree = (id: string): number => neighbours.get(id)!.length;
  const roots = rest
    .filter(({ id }) => degree(id) > 0)
    .sort((a, b) => degree(b.id) - degree(a.id) || compareNames(a.name, b.name));
  for (const { id } of roots)
    if (!tiers.has(id)) {
      tiers.set(id, 0);
      spread([id], tiers, neighbours);
    }
  const last = Math.max(0, ...tiers.values());
  for (const { id } of rest) if (!tiers.has(id)) tiers.set(id, roots.length === 0 && last === 0 ? 0 : last + 1);
  return tiers;
}

function spread(
  from: readonly string[],
  tiers: Map<string, number>,
  neighbours: ReadonlyMap<string, readonly string[]>,
): void {
  let frontier = from;
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const id of frontier)
      for (const other of neighbours.get(id) ?? [])
        if (!tiers.has(other)) {
          tiers.set(other, tiers.get(id)! + 1);
          next.push(other);
        }
    frontier = next;
  }
}
