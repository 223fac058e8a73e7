import { parseAddress } from '../address.ts';
import { containsAddress, isWithin, type Prefix } from '../prefix.ts';
import type { End, ExportClass, Speaker } from './graph.ts';
import type { Attributes, Path, Rejection } from './path.ts';
import { applyPolicies, filterVerdict, poolsLetThrough } from './policy.ts';
import type { AddressFamily, FilterRule, Policy } from './types.ts';

/** A prefix under way: its text, the network it names and its family. */
export interface Destination {
  readonly text: string;
  readonly prefix: Prefix;
  readonly family: AddressFamily;
}

/** What a speaker sends of one of its paths to the peers of a class, or why it sends nothing. */
export function exported(destination: Destination, path: Path, to: ExportClass): Attributes | Rejection {
  return to.end.speaker.frr ? fromFrr(destination, path, to) : fromBird(destination, path, to);
}

/** What a speaker makes of an update, or why it drops it. */
export function imported(destination: Destination, attributes: Attributes, end: End): Attributes | Rejection {
  return end.speaker.frr ? intoFrr(destination, attributes, end) : intoBird(destination, attributes, end);
}

function fromFrr(destination: Destination, path: Path, to: ExportClass): Attributes | Rejection {
  const { end } = to;
  const { speaker, family, neighbour } = end;
  if (speaker.summaries.some((summary) => isWithin(summary, destination.prefix))) return 'summarised';
  const reflects = path.end?.internal === true && end.internal;
  // A route from a non-client goes to clients only (lab B2); one client flag on either side is enough (B2b).
  if (reflects && !path.end.family.reflectorClient && !family.reflectorClient) return 'not-reflected';
  // RFC 8212: no policy, no routes, although the session is up (lab A2).
  if (!end.internal && speaker.router.requiresPolicy && (family.export ?? []).length === 0) return 'requires-policy';
  let result = path.attributes;
  if (family.asOverride && !end.internal)
    result = { ...result, asPath: result.asPath.map((asn) => (asn === end.peerAs ? speaker.asn : asn)) };
  if (family.removePrivateAs && !end.internal && result.asPath.every(isPrivateAs)) result = { ...result, asPath: [] };
  const allowed = applyPolicies(family.export, destination.prefix, { ...result, nextHopSet: false });
  if (allowed === undefined) return denial(family.export);
  // A reflected route is filtered by a route-map, but not changed by it.
  if (!reflects) result = allowed;
  const nextHop = nextHopFromFrr(path, result, to, reflects);
  if (nextHop === '') return 'no-next-hop';
  return {
    ...result,
    nextHop,
    nextHopSet: false,
    weight: 0,
    hops: result.hops + 1,
    ...(end.internal
      ? {}
      : {
          asPath: [...ownAsns(speaker.asn, neighbour.localAs, neighbour.localAsReplaces), ...result.asPath],
          localPreference: 100,
          metric: path.end === undefined || allowed.metric !== path.attributes.metric ? result.metric : 0,
        }),
    ...(reflects
      ? {
          originatorId: result.originatorId ?? path.end.peer.routerId,
          clusterList: [speaker.clusterId, ...result.clusterList],
        }
      : end.internal
        ? {}
        : { originatorId: undefined, clusterList: [] }),
  };
}

function nextHopFromFrr(path: Path, result: Attributes, to: ExportClass, reflects: boolean): string {
  const { end, group } = to;
  if (result.nextHopSet) return result.nextHop === '' ? end.self : result.nextHop;
  const { nextHop: mode } = end.family;
  if (path.end === undefined || result.nextHop === '') return end.self;
  if (mode === 'force' || (mode === 'self' && !reflects)) return end.self;
  if (end.internal || mode === 'unchanged') return result.nextHop;
  // A next hop on the subnet shared with the eBGP peer is left as it is (lab D9b), if another peer of the update group
  // than the one that sent the route is on that subnet, too (lab D1b).
  const address = parseAddress(result.nextHop);
  if (address === undefined || end.link === undefined || !containsAddress(end.link.subnet, address)) return end.self;
  for (const [link, peers] of group.links) {
    const senders = path.end.link === link && path.end.exportClass.group === group ? 1 : 0;
    if (peers > senders && containsAddress(link.subnet, address)) return result.nextHop;
  }
  return end.self;
}

function fromBird(destination: Destination, path: Path, to: ExportClass): Attributes | Rejection {
  const { end } = to;
  const { speaker, family, neighbour } = end;
  const { router } = speaker;
  const reflects = path.end?.internal === true && end.internal;
  const clusterId = neighbour.reflectorClusterId ?? speaker.routerId;
  if (reflects) {
    if (!path.end.family.reflectorClient && !family.reflectorClient) return 'not-reflected';
    // BIRD 1.6 looks for its cluster id when it sends to a client, not when it receives (lab C10).
    if (family.reflectorClient && path.attributes.clusterList.includes(clusterId)) return 'cluster-loop';
  }
  const rules = (neighbour.filters ?? []).map((filter) => filter.export[destination.family]);
  const verdict = firstVerdict(rules, destination, path.end !== undefined, end.internal);
  if (verdict === 'Reject') return 'filter';
  if (verdict === undefined && router.pools !== undefined) {
    if (!poolsLetThrough(router.pools, speaker.blocks, destination.text, destination.prefix)) return 'pool-filter';
  }
  const allowed = applyPolicies(family.export, destination.prefix, path.attributes);
  if (allowed === undefined) return denial(family.export);
  const nextHop = keepsNextHop(path, to) ? path.attributes.nextHop : end.self;
  if (nextHop === '') return 'no-next-hop';
  const fromId = path.end?.neighbour.reflectorClusterId ?? speaker.routerId;
  return {
    ...path.attributes,
    nextHop,
    weight: 0,
    hops: path.attributes.hops + 1,
    ...(end.internal
      ? {}
      : {
          asPath: [end.asn, ...path.attributes.asPath],
          localPreference: 100,
          metric: 0,
          originatorId: undefined,
          clusterList: [],
        }),
    ...(reflects
      ? {
          originatorId: path.attributes.originatorId ?? path.end.peer.routerId,
          clusterList: [...(fromId === clusterId ? [] : [fromId]), clusterId, ...path.attributes.clusterList],
        }
      : {}),
  };
}

/**
 * Whether BIRD passes a next hop, or a static route's gateway, on as it is: inside its AS, and between single-hop sessions
 * on one link (proto/bgp/packets.c, bgp_use_next_hop and bgp_use_gateway). `self` is BIRD 2's `next hop self ebgp`, which
 * leaves alone what came from inside; Calico's `Self` leaves nothing alone.
 */
function keepsNextHop({ attributes, end: from }: Path, { end }: ExportClass): boolean {
  const { nextHop: mode } = end.family;
  if (attributes.nextHop === '' || mode === 'force') return false;
  if (mode === 'unchanged') return true;
  const isBird2 = end.speaker.router.kind === 'bird';
  if (mode === 'self' && (!isBird2 || from?.internal === false)) return false;
  if (end.internal) return true;
  if (!isBird2 || end.neighbour.multihop !== undefined || end.link === undefined) return false;
  if (from !== undefined) return !from.internal && from.neighbour.multihop === undefined && from.link === end.link;
  const address = parseAddress(attributes.nextHop);
  return address !== undefined && containsAddress(end.link.subnet, address);
}

function intoFrr(destination: Destination, attributes: Attributes, end: End): Attributes | Rejection {
  const { speaker, family, neighbour } = end;
  if (tooOften(speaker.asn, attributes, family.allowOwnAs)) return 'own-as';
  // What the peer knows this router by counts as its own AS, too.
  if (neighbour.localAs !== undefined && tooOften(neighbour.localAs, attributes, family.allowOwnAs)) return 'own-as';
  if (attributes.originatorId === speaker.routerId) return 'originator';
  if (end.internal && attributes.clusterList.includes(speaker.clusterId)) return 'cluster-loop';
  if (isOwnAddress(speaker, attributes.nextHop)) return 'own-next-hop';
  if (!end.internal && speaker.router.requiresPolicy && (family.import ?? []).length === 0) return 'requires-policy';
  const prepended =
    !end.internal && neighbour.localAs !== undefined && !neighbour.localAsNoPrepend
      ? { ...attributes, asPath: [neighbour.localAs, ...attributes.asPath] }
      : attributes;
  const result = applyPolicies(family.import, destination.prefix, prepended);
  return result ?? denial(family.import);
}

function intoBird(destination: Destination, attributes: Attributes, end: End): Attributes | Rejection {
  if (tooOften(end.asn, attributes, end.family.allowOwnAs)) return 'own-as';
  // Two clients with one router id take each other's routes for their own (lab D4g).
  if (end.internal && attributes.originatorId === end.speaker.routerId) return 'originator';
  const rules = (end.neighbour.filters ?? []).map((filter) => filter.import[destination.family]);
  if (firstVerdict(rules, destination, true, end.internal) === 'Reject') return 'filter';
  return applyPolicies(end.family.import, destination.prefix, attributes) ?? denial(end.family.import);
}

function firstVerdict(
  chain: readonly (readonly FilterRule[])[],
  destination: Destination,
  learned: boolean,
  internal: boolean,
): 'Accept' | 'Reject' | undefined {
  for (const rules of chain) {
    const verdict = filterVerdict(rules, destination.prefix, learned, internal);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function tooOften(asn: number, attributes: Attributes, allowed = 0): boolean {
  let count = 0;
  for (const hop of attributes.asPath) if (hop === asn) count++;
  return count > allowed;
}

function isOwnAddress(speaker: Speaker, address: string): boolean {
  return speaker.own.has(address);
}

function denial(policies: readonly Policy[] | undefined): Rejection {
  return policies?.some((policy) => policy.isUndefined) ? 'undefined-policy' : 'policy';
}

function ownAsns(asn: number, localAs: number | undefined, replaces: boolean | undefined): readonly number[] {
  if (localAs === undefined) return [asn];
  return replaces ? [localAs] : [localAs, asn];
}

function isPrivateAs(asn: number): boolean {
  return (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);
}
