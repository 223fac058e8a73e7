import type { Field } from '../../syntax/document.ts';
import type { BgpInstance, BgpNeighbor, Family, NeighborFamily, RemoteAs } from './router.ts';

/** The group that a neighbor is a member of; undefined when it names none or one that is not defined here. */
export function groupOf(bgp: BgpInstance, neighbor: BgpNeighbor): BgpNeighbor | undefined {
  const name = neighbor.peerGroup?.value;
  return name === undefined ? undefined : bgp.peerGroups.find((group) => group.peer.value === name);
}

/**
 * A neighbor with the settings it inherits from its peer group filled in; its own settings win, family by family and one
 * by one. The neighbor itself when it is in no group.
 */
export function effectiveNeighbor(bgp: BgpInstance, neighbor: BgpNeighbor): BgpNeighbor {
  const group = groupOf(bgp, neighbor);
  if (!group) return neighbor;
  const { insertion: _insertion, families: groupFamilies, ...inherited } = group;
  const families: Partial<Record<Family, NeighborFamily>> = {};
  for (const family of ['ipv4', 'ipv6'] as const) {
    const own = neighbor.families[family];
    const { insertion: _group, ...fromGroup } = groupFamilies[family] ?? {};
    if (own || groupFamilies[family]) families[family] = { ...fromGroup, ...own } as NeighborFamily;
  }
  return { ...inherited, ...neighbor, families };
}

export type SessionType = 'ibgp' | 'ebgp' | 'confederation';

/** Whether a session is internal or external, seen from this router; undefined when an AS number is not known. */
export function sessionType(bgp: BgpInstance, neighbor: BgpNeighbor): SessionType | undefined {
  const { remoteAs, localAs } = effectiveNeighbor(bgp, neighbor);
  const remote = remoteAs?.value;
  if (remote === 'internal') return 'ibgp';
  if (remote === 'external') return 'ebgp';
  const own = bgp.asn?.value;
  if (typeof remote !== 'number' || own === undefined) return undefined;
  if (localAs && localAs.value === undefined) return undefined;
  if (remote === own || remote === localAs?.value) return 'ibgp';
  if (bgp.confederationPeers.some((peer) => peer.value === remote)) return 'confederation';
  if (bgp.confederationPeers.some((peer) => peer.value === undefined)) return undefined;
  return 'ebgp';
}

/** The AS number a router shows to this neighbor: `local-as`, the confederation's identifier to the outside, or its own. */
export function shownAs(bgp: BgpInstance, neighbor: BgpNeighbor): number | undefined {
  const { localAs } = effectiveNeighbor(bgp, neighbor);
  if (localAs) return localAs.value;
  if (bgp.confederationId && sessionType(bgp, neighbor) === 'ebgp') return bgp.confederationId.value;
  return bgp.asn?.value;
}

/** What a remote AS allows the other side to be: one number, or only inside or outside of the own AS. */
export function acceptsAs(
  bgp: BgpInstance,
  remoteAs: Field<RemoteAs> | undefined,
  peerAs: number,
): boolean | undefined {
  const value = remoteAs?.value;
  if (value === undefined) return undefined;
  if (value === 'auto') return true;
  if (typeof value === 'number') return value === peerAs;
  const own = bgp.asn?.value;
  if (own === undefined) return undefined;
  return value === 'internal' ? peerAs === own : peerAs !== own;
}

/** The filters that count as a policy for RFC 8212, in one direction of one family. */
export function policiesOf(
  bgp: BgpInstance,
  neighbor: BgpNeighbor,
  family: Family,
  direction: 'in' | 'out',
): readonly Field<string>[] {
  const settings = effectiveNeighbor(bgp, neighbor).families[family];
  if (!settings) return [];
  const filters =
    direction === 'in'
      ? [settings.routeMapIn, settings.prefixListIn, settings.distributeListIn, settings.filterListIn]
      : [settings.routeMapOut, settings.prefixListOut, settings.distributeListOut, settings.filterListOut];
  return filters.filter((filter) => filter !== undefined);
}
