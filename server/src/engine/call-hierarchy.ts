import { BGP } from '../assembly/bgp.ts';
import { neighbourOrigin, routerOrigin } from '../assembly/bgp-origins.ts';
import { HOSTS, type Host } from '../assembly/hosts.ts';
import { LABS } from '../assembly/labs.ts';
import { labScope } from '../assembly/names-containerlab.ts';
import type { Router, Session } from '../network/bgp/types.ts';
import type { Place } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import { statementAt } from './bgp-hover.ts';
import { namesAt } from './name-at.ts';

/** A router as an end of sessions. */
export interface PeerItem {
  readonly site: string;
  readonly router: string;
  readonly asn: number | undefined;
  readonly place: Place;
}

/** A router of a network, by their names. */
export type AskedRouter = Pick<PeerItem, 'site' | 'router'>;

/** Another router, and the sessions that one of the two states with the other. */
export interface PeerCall {
  readonly item: PeerItem;
  /** What becomes of the sessions: `up`, or why not. */
  readonly state: Text;
  /** Where the statements stand, in whatever file. */
  readonly places: readonly Place[];
}

/** The routers that the cursor is on: a node, a router’s instance, or whoever has the neighbour under it. */
export function peerItemsAt(file: FileState, offset: number, sites: readonly Site[]): readonly PeerItem[] {
  return sites.flatMap((site) => {
    const router = routerAt(file, offset, site);
    const item = router && itemOf(router, site);
    return item === undefined ? [] : [item];
  });
}

function routerAt(file: FileState, offset: number, site: Site): Router | undefined {
  const named = routerNamed(file, offset, site);
  if (named !== undefined) return named;
  const statement = statementAt(file, offset, site);
  return statement?.kind === 'router' || statement?.kind === 'neighbour' || statement?.kind === 'Node'
    ? statement.sessions[0]?.router
    : undefined;
}

function routerNamed(file: FileState, offset: number, site: Site): Router | undefined {
  const [found] = namesAt(file, offset, [site]);
  if (found?.use.kind !== 'node') return undefined;
  const { name, scope } = found.use;
  const hosts = site.derive(HOSTS);
  const labNode = site
    .derive(LABS)
    .filter(({ topology }) => scope === '' || scope === labScope(topology))
    .map((lab) => lab.nodes.get(name))
    .find((node) => node !== undefined);
  const host = (labNode && hosts.ofLabNode(labNode)) ?? hosts.ofNode(name);
  const router = host && site.derive(BGP).routerOf(host);
  return router?.asn === undefined ? undefined : router;
}

/** Whom a router has sessions with by what is stated for it. */
export function outgoingPeers(asked: AskedRouter, sites: readonly Site[]): readonly PeerCall[] {
  return callsOf(asked, sites, (router, site) =>
    site
      .derive(BGP)
      .prediction.sessionsOf(router)
      .flatMap((session) => (session.peer === undefined ? [] : [{ other: session.peer, session }])),
  );
}

/** Who has a session with a router by what is stated for them. */
export function incomingPeers(asked: AskedRouter, sites: readonly Site[]): readonly PeerCall[] {
  return callsOf(asked, sites, (router, site) => {
    const { prediction } = site.derive(BGP);
    const stated = prediction.stated.filter(({ peer }) => peer === router);
    // What one node of the mesh states every other states, too.
    const meshed = prediction
      .sessionsOf(router)
      .filter(({ neighbour, peer }) => peer !== undefined && neighbourOrigin(neighbour).kind === 'mesh');
    return [
      ...stated.map((session) => ({ other: session.router, session })),
      ...meshed.map((session) => ({ other: session.peer!, session })),
    ];
  });
}

interface Met {
  readonly other: Router;
  readonly session: Session;
}

function callsOf(
  { site: siteName, router: name }: AskedRouter,
  sites: readonly Site[],
  meet: (router: Router, site: Site) => readonly Met[],
): readonly PeerCall[] {
  const site = sites.find((one) => one.name === siteName);
  const router = site?.derive(BGP).prediction.fabric.routers.find((one) => one.name === name);
  if (site === undefined || router === undefined) return [];
  const met = new Map<Router, Session[]>();
  for (const { other, session } of meet(router, site)) {
    const list = met.get(other);
    if (list === undefined) met.set(other, [session]);
    else if (!list.includes(session)) list.push(session);
  }
  return [...met].flatMap(([other, sessions]): readonly PeerCall[] => {
    const item = itemOf(other, site);
    return item === undefined ? [] : [{ item, state: stateOf(sessions), places: sessions.flatMap(placeOf) }];
  });
}

function stateOf(sessions: readonly Session[]): Text {
  const down = sessions.find(({ state }) => state === 'down');
  if (down !== undefined) return { en: `down: ${down.reason}`, 'zh-cn': `无法建立：${down.reason}` };
  return sessions.some(({ state }) => state === 'unknown')
    ? { en: 'unknown', 'zh-cn': '未知' }
    : { en: 'up', 'zh-cn': '可建立' };
}

function placeOf({ neighbour }: Session): readonly Place[] {
  const origin = neighbourOrigin(neighbour);
  if (origin.kind === 'router') return [origin.neighbor.peer.place];
  const place = origin.kind === 'BGPPeer' ? origin.peer.name?.place : origin.enabled?.place;
  return place === undefined ? [] : [place];
}

function itemOf(router: Router, site: Site): PeerItem | undefined {
  const place = placeOfHost(routerOrigin(router));
  const asn = typeof router.asn === 'number' ? router.asn : undefined;
  return place && { site: site.name, router: router.name, asn, place };
}

/** Where a machine is best shown: as a router, else as a node. */
function placeOfHost({ routerConfigs, calicoNodes, kubernetesNodes, kindNodes, labNodes }: Host): Place | undefined {
  const bgp = routerConfigs.flatMap((config) => config.bgp)[0];
  const node = calicoNodes[0] ?? kubernetesNodes[0];
  return (
    bgp?.asn?.place ??
    bgp?.place ??
    node?.name?.place ??
    labNodes[0]?.settings.name.place ??
    kindNodes[0]?.node?.role?.place
  );
}
