import { effectiveNeighbor } from '../model/router/config.ts';
import { parseAddress } from '../network/address.ts';
import type { Reason, Session } from '../network/bgp/types.ts';
import { containsAddress } from '../network/prefix.ts';
import type { Field, Place } from '../syntax/document.ts';
import type { Site } from '../workspace/site.ts';
import { BGP } from './bgp.ts';
import { type NeighbourOrigin, neighbourOrigin, routerOrigin } from './bgp-origins.ts';
import { INTERFACES } from './interfaces.ts';
import { SEGMENTS } from './links.ts';
import { TWINS, type Twins } from './twins.ts';

/** A statement whose sessions are down for one reason, and which is the end to change. One BGPPeer makes many sessions. */
export interface Failure {
  readonly origin: Exclude<NeighbourOrigin, { kind: 'mesh' }>;
  readonly sessions: readonly Session[];
}

/** Statements to blame for sessions that are down for `reason`, in the order of the configuration. */
export function failuresOf(site: Site, reason: Reason): readonly Failure[] {
  const twins = site.derive(TWINS);
  return grouped(
    site
      .derive(BGP)
      .prediction.stated.filter(
        (session) =>
          session.state === 'down' && session.reason === reason && session.blamed && isSettled(twins, session),
      ),
  );
}

/**
 * Statements whose peer nobody owns: in a network that is known as a whole, or at an address inside a link's subnet when
 * everything on that link is known.
 */
export function strangersOf(site: Site): readonly Failure[] {
  return grouped(
    site
      .derive(BGP)
      .prediction.stated.filter(
        (session) =>
          session.reason === 'unknown-peer' &&
          isSettled(site.derive(TWINS), session) &&
          (session.state === 'down' || isOnKnownLink(site, session)),
      ),
  );
}

/** Not between versions of a router's configuration, of which one is in force and nobody knows which. */
function isSettled(twins: Twins, { router, peer }: Session): boolean {
  return !twins.has(routerOrigin(router)) && (peer === undefined || !twins.has(routerOrigin(peer)));
}

function isOnKnownLink(site: Site, session: Session): boolean {
  const host = routerOrigin(session.router);
  const ports = site.derive(INTERFACES).of(host);
  if (ports.length === 0) return false;
  const segments = site.derive(SEGMENTS);
  const address = parseAddress(session.peerAddress);
  return ports.some((port) => {
    const isHere = address !== undefined && port.addresses.some(({ prefix }) => containsAddress(prefix, address));
    const segment = isHere ? segments.of(host, port.name) : undefined;
    return (
      segment?.closed === true &&
      segment.ends.length > 1 &&
      segment.ends.every(
        ({ interface: { addresses, addressesKnown } }) =>
          addressesKnown && addresses.some(({ prefix }) => prefix.family === address?.family),
      )
    );
  });
}

function grouped(sessions: readonly Session[]): readonly Failure[] {
  const found = new Map<unknown, { origin: Failure['origin']; sessions: Session[] }>();
  for (const session of sessions) {
    // The mirror image of a BGPPeer is not a statement that anybody wrote.
    if (session.neighbour.peering === 'reverse') continue;
    const origin = neighbourOrigin(session.neighbour);
    if (origin.kind === 'mesh' || (origin.kind === 'router' && origin.config.partial)) continue;
    const key = origin.kind === 'BGPPeer' ? origin.peer : origin.neighbor;
    const failure = found.get(key);
    if (failure === undefined) found.set(key, { origin, sessions: [session] });
    else failure.sessions.push(session);
  }
  return [...found.values()];
}

/** The token that says whom a statement peers with. */
export function targetPlace(origin: Failure['origin']): Place {
  if (origin.kind === 'router') return origin.neighbor.peer.place;
  const { peer } = origin;
  return (peer.peerIP ?? peer.peerSelector ?? peer.name)?.place ?? { doc: peer.doc, path: peer.path };
}

/** The AS number that a statement expects of its peer, where one is written. */
export function expectedAs(origin: Failure['origin']): Field<unknown> | undefined {
  return origin.kind === 'BGPPeer' ? origin.peer.asNumber : effectiveNeighbor(origin.bgp, origin.neighbor).remoteAs;
}

/** Names of the routers at the near end of the sessions, for messages: at most four and how many more. */
export function namesOf(sessions: readonly Session[]): string {
  const names = [...new Set(sessions.map(({ router }) => router.name))];
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} +${names.length - 4}`;
}
