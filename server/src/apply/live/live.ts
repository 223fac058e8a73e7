import { canonicalAddress } from '../../network/address.ts';
import { parsePrefix, sameNetwork } from '../../network/prefix.ts';
import type { Text } from '../../text.ts';
import type { Connection } from '../connect.ts';
import { reportsIn } from './node-reports.ts';

/** One BGP session as a node tells it. */
export interface LiveSession {
  /** Undefined for the node on which calicoctl itself ran. */
  readonly node?: string;
  /** In canonical form. */
  readonly peer: string;
  readonly isUp: boolean;
  /** BGP's own word for the state, with the reason where there is one: `Established`, `Active Socket: Connection refused`. */
  readonly state: string;
}

/** How full a pool is, as calicoctl tells it: large numbers are rounded. */
export interface LivePool {
  readonly cidr: string;
  readonly total: number;
  readonly used: number;
}

/** What was read of a running cluster at one moment. */
export interface Live {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sessions: readonly LiveSession[];
  readonly pools: readonly LivePool[];
  /** What could not be read, and why. */
  readonly remarks: readonly Text[];
}

/**
 * Reads BGP sessions and pool use. What one source cannot tell leaves the others as they are: `calicoctl node status` answers
 * only on a node, and CalicoNodeStatus only where somebody made such objects.
 */
export async function readLive(
  { calicoctl, kubectl, isKubernetes }: Connection,
  now: number,
  signal?: AbortSignal,
): Promise<Live> {
  const [own, pools, reports] = await Promise.all([
    calicoctl.nodeStatus(signal),
    calicoctl.poolUse(signal),
    isKubernetes ? kubectl.list(['CalicoNodeStatus'], signal) : undefined,
  ]);
  const remarks: Text[] = [];
  const sessions: LiveSession[] = [];
  if (reports !== undefined && 'ok' in reports) sessions.push(...reportsIn(reports.ok.objects));
  else if (reports !== undefined) remarks.push(reports.failure.text);
  // The node's own table, unless its report says the same already.
  if ('ok' in own) {
    const told = new Set(sessions.map(({ peer }) => peer));
    sessions.push(...own.ok.filter(({ peer }) => !told.has(peer)));
  } else if (sessions.length === 0) remarks.push(own.failure.text);
  if ('failure' in pools) remarks.push(pools.failure.text);
  return { at: now, sessions, pools: 'ok' in pools ? pools.ok : [], remarks };
}

/** The sessions that a node has with a peer; those of an unnamed node count for every node. */
export function sessionsWith(live: Live, node: string, peer: string): readonly LiveSession[] {
  const address = canonicalAddress(peer);
  const known = live.sessions.filter((session) => session.peer === address);
  const named = known.filter((session) => session.node === node);
  return named.length > 0 ? named : known.filter((session) => session.node === undefined);
}

/** The use of the pool with this range, however the range is written. */
export function poolOf({ pools }: Live, cidr: string): LivePool | undefined {
  const wanted = parsePrefix(cidr);
  return pools.find((pool) => {
    const range = parsePrefix(pool.cidr);
    return wanted !== undefined && range !== undefined && sameNetwork(range, wanted);
  });
}
