/** A key by which `leaf2` comes before `leaf10`: compare keys as plain texts. */
export function naturalKey(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(10, '0'));
}

export function compareNames(one: string, other: string): number {
  const [a, b] = [naturalKey(one), naturalKey(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Row in a Clos fabric that a name or a level tells of; the words are the ones operators use. */
const TIERS: readonly (readonly [pattern: RegExp, tier: number])[] = [
  [/(^|[^a-z])(super-?spine|core|edge|border|wan|internet|isp|gw|gateway|office|exit)/i, 0],
  [/(^|[^a-z])(spine|agg|aggregation|dist)/i, 1],
  [/(^|[^a-z])(leaf|tor|access|rack-?sw|tier-?1)/i, 2],
  [/(^|[^a-z])(server|host|client|probe|worker|control-plane|node|master|pc|vm)/i, 4],
];

export const TIER = { core: 0, spine: 1, leaf: 2, bridge: 3, end: 4 } as const;

export function tierByName(name: string): number | undefined {
  return TIERS.find(([pattern]) => pattern.test(name))?.[1];
}
