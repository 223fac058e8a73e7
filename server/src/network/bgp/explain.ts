import type { Text } from '../../text.ts';
import { parseAddress } from '../address.ts';
import { containsPrefix, hostPrefix, parsePrefix } from '../prefix.ts';
import type { Path } from './path.ts';
import type { Prediction } from './predict.ts';
import { REJECTIONS, SESSION_REASONS } from './reasons.ts';
import type { RoutingTables } from './routes.ts';
import type { Router, Session } from './types.ts';

/** A router that has the route, and how it got it; the first one announces it. */
export interface RouteHop {
  readonly router: Router;
  readonly nextHop: string | null;
  readonly asPath: readonly number[];
  readonly session?: Session;
}

/** Where a route ends that should have gone on. */
export interface RouteStop {
  readonly from: Router;
  readonly to: Router;
  readonly session?: Session;
  /** A session's or a route's reason code. */
  readonly code: string;
  readonly why: Text;
}

export interface RouteExplanation {
  /** The announced prefix that the question is about, the longest that covers what was asked. */
  readonly prefix?: string;
  readonly verdict: 'arrives' | 'announced-here' | 'unusable' | 'missing' | 'announced-nowhere' | 'no-bgp';
  /** From the origin to the router asked about, as far as it gets. */
  readonly hops: readonly RouteHop[];
  readonly stops: readonly RouteStop[];
}

/** How a route gets to a router, or where it stops first and why. Takes a prefix, an address or a symbolic block. */
export function explainRoute(prediction: Prediction, router: Router, asked: string): RouteExplanation {
  const tables = prediction.tables[asked.includes(':') ? 'ipv6' : 'ipv4'];
  const speaker = tables.speakerOf(router);
  if (speaker === undefined) return { verdict: 'no-bgp', hops: [], stops: [] };
  const index = destinationFor(tables, asked);
  if (index === undefined) return { verdict: 'announced-nowhere', hops: [], stops: [] };
  const prefix = tables.destinations[index]!.text;
  const entry = tables.entry(speaker, index);
  if (entry.selected !== undefined && entry.selected.end === undefined)
    return { prefix, verdict: 'announced-here', hops: trace(tables, index, entry.selected, router), stops: [] };
  if (entry.selected?.usable)
    return { prefix, verdict: 'arrives', hops: trace(tables, index, entry.selected, router), stops: [] };
  const [useless] = entry.paths;
  if (useless !== undefined) {
    const hops = trace(tables, index, useless, router);
    const { nextHop } = useless.attributes;
    const why = {
      en: `${router.name} has no way to the next hop ${nextHop}`,
      'zh-cn': `${router.name} 没有到达下一跳 ${nextHop} 的路由`,
    };
    const from = useless.end?.peer.router ?? router;
    return { prefix, verdict: 'unusable', hops, stops: [{ from, to: router, code: 'next-hop-unreachable', why }] };
  }
  return { prefix, verdict: 'missing', ...whereItStops(prediction, tables, index, router) };
}

function destinationFor(tables: RoutingTables, asked: string): number | undefined {
  const exact = tables.destination(asked);
  if (exact !== undefined) return exact;
  const address = parseAddress(asked);
  const wanted = address === undefined ? parsePrefix(asked) : hostPrefix(address);
  if (wanted === undefined) return undefined;
  let best: number | undefined;
  for (const [index, { prefix }] of tables.destinations.entries()) {
    if (!containsPrefix(prefix, wanted)) continue;
    if (best === undefined || prefix.length > tables.destinations[best]!.prefix.length) best = index;
  }
  return best;
}

/** Walks back along the sessions a path came by. */
function trace(tables: RoutingTables, index: number, path: Path, router: Router): RouteHop[] {
  const hops: RouteHop[] = [];
  let at: Router | undefined = router;
  let current: Path | undefined = path;
  const seen = new Set<Router>();
  while (at !== undefined && current !== undefined && !seen.has(at)) {
    seen.add(at);
    const { attributes }: Path = current;
    const end: Path['end'] = current.end;
    hops.unshift({
      router: at,
      nextHop: end === undefined ? null : attributes.nextHop,
      asPath: attributes.asPath,
      ...(end === undefined ? {} : { session: end.session }),
    });
    at = end?.peer.router;
    current = end === undefined ? undefined : tables.entry(end.peer, index).selected;
  }
  return hops;
}

/** Looks back from the router over all configured sessions for the nearest routers that do have the route. */
function whereItStops(
  prediction: Prediction,
  tables: RoutingTables,
  index: number,
  router: Router,
): Pick<RouteExplanation, 'hops' | 'stops'> {
  const links = new Map<Router, { readonly other: Router; readonly session: Session }[]>();
  for (const session of prediction.sessions) {
    if (session.peer === undefined) continue;
    for (const [one, other] of [
      [session.router, session.peer],
      [session.peer, session.router],
    ] as const) {
      const list = links.get(one);
      if (list === undefined) links.set(one, [{ other, session }]);
      else list.push({ other, session });
    }
  }
  const selectedAt = (at: Router) => {
    const speaker = tables.speakerOf(at);
    return speaker === undefined ? undefined : tables.entry(speaker, index).selected;
  };
  const seen = new Set([router]);
  let frontier: Router[] = [router];
  while (frontier.length > 0) {
    const stops: RouteStop[] = [];
    const next: Router[] = [];
    for (const to of frontier)
      for (const { other, session } of links.get(to) ?? []) {
        const path = selectedAt(other);
        if (path !== undefined) stops.push(stopBetween(tables, index, path, other, to, session));
        else if (!seen.has(other)) {
          seen.add(other);
          next.push(other);
        }
      }
    const [first] = stops;
    if (first !== undefined) {
      const path = selectedAt(first.from)!;
      return { hops: trace(tables, index, path, first.from), stops: distinct(stops) };
    }
    frontier = next;
  }
  return { hops: [], stops: [] };
}

function stopBetween(
  tables: RoutingTables,
  index: number,
  path: Path,
  from: Router,
  to: Router,
  session: Session,
): RouteStop {
  if (session.state !== 'established') {
    const reason = session.reason ?? 'not-readable';
    return { from, to, session, code: reason, why: SESSION_REASONS[reason] };
  }
  const end = tables
    .speakerOf(from)!
    .ends.find(
      (entry) =>
        entry.peer.router === to && (entry.session === session || entry.session.neighbour === session.peerNeighbour),
    );
  // The session is up, but does not carry this family.
  if (end === undefined)
    return { from, to, session, code: 'family-not-active', why: SESSION_REASONS['family-not-active'] };
  const rejection = tables.obstacle(index, path, end) ?? 'not-best';
  return { from, to, session: end.session, code: rejection, why: REJECTIONS[rejection] };
}

function distinct(stops: readonly RouteStop[]): RouteStop[] {
  const seen = new Set<string>();
  return stops.filter((stop) => {
    const key = `${stop.from.name} ${stop.to.name} ${stop.code}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
