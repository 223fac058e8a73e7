import { parseAddress } from '../address.ts';
import type { End } from './graph.ts';
import type { Origin } from './types.ts';

/** What an update carries. Objects are made once for each prefix and sender, so identity means "unchanged". */
export interface Attributes {
  /** Empty: the sender itself, to be filled in when it is sent. */
  readonly nextHop: string;
  /** A policy chose the next hop: it is not replaced. */
  readonly nextHopSet: boolean;
  readonly asPath: readonly number[];
  readonly localPreference: number;
  readonly metric: number;
  readonly weight: number;
  /** 0 IGP (`network`), 2 incomplete (redistributed). */
  readonly code: 0 | 2;
  readonly originatorId: string | undefined;
  readonly clusterList: readonly string[];
  readonly communities: readonly string[];
  /** Sessions it has crossed: the fewer, the earlier it arrives. */
  readonly hops: number;
}

/** Why a route is not sent or not taken. */
export type Rejection =
  | 'same-peer'
  | 'not-reflected'
  | 'own-as'
  | 'originator'
  | 'cluster-loop'
  | 'own-next-hop'
  | 'pool-filter'
  | 'filter'
  | 'policy'
  | 'undefined-policy'
  | 'requires-policy'
  | 'no-next-hop'
  | 'summarised'
  | 'not-best';

/** A path in one router's table. */
export interface Path {
  readonly attributes: Attributes;
  /** The own end of the session it came by; absent for an own route. */
  readonly end?: End;
  /** Own routes: the daemon's preference of their source over BGP's 100 (BIRD: direct 240, static 200, kernel 10). */
  readonly preference: number;
  readonly usable: boolean;
  /** Cost of the way to the next hop: 0 when connected. */
  readonly distance: number;
  readonly origin?: Origin;
}

/** An own route before any policy. */
export const OWN: Attributes = {
  nextHop: '',
  nextHopSet: false,
  asPath: [],
  localPreference: 100,
  metric: 0,
  weight: 0,
  code: 0,
  originatorId: undefined,
  clusterList: [],
  communities: [],
  hops: 0,
};

/**
 * Order of two paths up to the point where FRR counts paths as equal for multipath: negative when `a` is better.
 * RFC 4271 §9.1.2.2, with FRR's weight and BIRD's preference in front; an unusable path loses to a usable one.
 */
export function comparePaths(a: Path, b: Path): number {
  const x = a.attributes;
  const y = b.attributes;
  return (
    Number(b.usable) - Number(a.usable) ||
    b.preference - a.preference ||
    y.weight - x.weight ||
    y.localPreference - x.localPreference ||
    x.asPath.length - y.asPath.length ||
    x.code - y.code ||
    (x.asPath[0] === y.asPath[0] ? x.metric - y.metric : 0) ||
    Number(a.end?.internal ?? false) - Number(b.end?.internal ?? false) ||
    a.distance - b.distance
  );
}

/**
 * What decides between equal paths: router id (or originator id), length of the cluster list, peer address. Between eBGP
 * paths FRR keeps the oldest, unless told to compare router ids: at a simultaneous start that is the one which came by
 * fewer routers, then the one with the lower router id (lab B15).
 */
export function breakTie(a: Path, b: Path): number {
  return (
    (keepsOldest(a) && keepsOldest(b) ? a.attributes.hops - b.attributes.hops : 0) ||
    compareIds(idOf(a), idOf(b)) ||
    a.attributes.clusterList.length - b.attributes.clusterList.length ||
    compareIds(a.end?.peerAddress ?? '', b.end?.peerAddress ?? '')
  );
}

function keepsOldest({ end }: Path): boolean {
  return end !== undefined && !end.internal && end.speaker.frr && !end.speaker.router.compareRouterId;
}

function idOf(path: Path): string {
  return path.attributes.originatorId ?? path.end?.peer.routerId ?? '';
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return numberOf(a) - numberOf(b) || (a < b ? -1 : 1);
}

const numbers = new Map<string, number>();

/** Dotted ids by number; anything else before them. */
function numberOf(id: string): number {
  let number = numbers.get(id);
  if (number === undefined) {
    const address = parseAddress(id);
    number = address?.family === 4 ? Number(address.value) : -1;
    numbers.set(id, number);
  }
  return number;
}
