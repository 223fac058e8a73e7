import { SESSION_REASONS } from '../../network/bgp/reasons.ts';
import type { Router, Session } from '../../network/bgp/types.ts';
import { graphDraft } from '../../network/graph/draft.ts';
import { inferTiers } from '../../network/graph/tiers.ts';
import type { Graph, GraphEdge, GraphNode } from '../../network/graph/types.ts';
import type { Text } from '../../text.ts';
import { defineDerivation } from '../../workspace/site.ts';
import { BGP } from '../bgp.ts';
import { neighbourOrigin, routerOrigin } from '../bgp-origins.ts';
import { fact, factIf } from './facts.ts';
import { factsOf, hostId, originsOf, roleOf, tierOf } from './hosts.ts';
import { type GraphOrigin, placesIn, resourceOrigin } from './origin.ts';
import { RACKS } from './racks.ts';

/** A mesh of more routers than this is drawn as a star around one mark: n² lines show nothing. */
const LARGEST_MESH = 8;

/** Routers by AS and rack, and their sessions: one line for both ends, with the reason where it is down. */
export const BGP_GRAPH = defineDerivation('bgp graph', (site): Graph<GraphOrigin> => {
  const { prediction, unknown } = site.derive(BGP);
  const racks = site.derive(RACKS);
  const routers = prediction.fabric.routers.filter(
    (router) => router.asn !== undefined && isSpeaker(router, prediction.sessions),
  );
  const draft = graphDraft<GraphOrigin>('bgp');
  const ids = new Map<Router, string>();
  const nodes: GraphNode<GraphOrigin>[] = [];
  const taken = new Map<string, number>();
  for (const router of routers) {
    const host = routerOrigin(router);
    const base = hostId(host);
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    const id = count === 1 ? base : `${base}~${count}`;
    ids.set(router, id);
    const asn = typeof router.asn === 'number' ? String(router.asn) : '?';
    draft.group({ id: `as/${asn}`, role: 'as', label: `AS ${asn}`, facts: [], origins: [] });
    const rack = racks.get(host);
    let group = `as/${asn}`;
    if (rack !== undefined) {
      group = `as/${asn}/rack/${rack.name}`;
      draft.group({
        id: group,
        role: 'rack',
        label: rack.name,
        parent: `as/${asn}`,
        facts: [],
        origins: [rack.origin],
      });
    }
    const role = roleOf(site, host);
    const tier = tierOf(site, host);
    const announced = router.announcements.map(({ prefix }) => prefix);
    const note = noteOf(router);
    nodes.push({
      id,
      role: role === 'machine' ? 'router' : role,
      label: router.name,
      ...(note !== '' && { note }),
      group,
      facts: [...factsOf(site, host), ...announced.slice(0, 12).map((prefix) => fact('announces', prefix))],
      origins: originsOf(host),
      ...(tier !== undefined && { tier }),
    });
  }

  const edges: GraphEdge<GraphOrigin>[] = [];
  const mesh = meshOf(prediction.sessions, ids);
  for (const pair of pairs(prediction.sessions)) {
    const [first] = pair;
    if (mesh !== undefined && pair.every(isMesh) && first!.state !== 'down') continue;
    const missing = (node: GraphNode<GraphOrigin>): void => {
      if (!nodes.some(({ id }) => id === node.id)) nodes.push(node);
    };
    edges.push(sessionEdge(pair, ids, missing));
  }
  if (mesh !== undefined) {
    nodes.push(mesh.node);
    edges.push(...mesh.edges);
  }

  const tiers = inferTiers(nodes, edges);
  for (const node of nodes) {
    const tier = node.tier ?? tiers.get(node.id);
    draft.node(tier === undefined ? node : { ...node, tier });
  }
  for (const edge of edges) draft.edge(edge);
  for (const text of unknown) draft.unknown(text);
  return draft.done();
});

function isSpeaker(router: Router, sessions: readonly Session[]): boolean {
  return router.asn !== 'unknown' || router.neighbours.length > 0 || sessions.some(({ peer }) => peer === router);
}

function noteOf(router: Router): string {
  const address = router.nodeAddress?.ipv4 ?? router.nodeAddress?.ipv6 ?? router.routerId;
  return address?.startsWith('unknown') ? '' : (address ?? '').replace(/\/\d+$/, '');
}

/** The two statements about one session, or the one that there is. */
function pairs(sessions: readonly Session[]): readonly (readonly Session[])[] {
  const known = new Map<Router, Map<object, Session>>();
  for (const session of sessions) {
    const own = known.get(session.router) ?? new Map<object, Session>();
    known.set(session.router, own);
    own.set(session.neighbour, session);
  }
  const done = new Set<Session>();
  return sessions.flatMap((session) => {
    if (done.has(session)) return [];
    done.add(session);
    const { peer, peerNeighbour } = session;
    const other = peer === undefined || peerNeighbour === undefined ? undefined : known.get(peer)?.get(peerNeighbour);
    if (other === undefined || done.has(other) || other.peer !== session.router) return [[session]];
    done.add(other);
    return [[session, other]];
  });
}

const STATES: Readonly<Record<Session['state'], Text>> = {
  established: { en: 'comes up', 'zh-cn': '能够建立' },
  down: { en: 'does not come up', 'zh-cn': '无法建立' },
  unknown: { en: 'not known', 'zh-cn': '未知' },
};

function sessionEdge(
  pair: readonly Session[],
  ids: ReadonlyMap<Router, string>,
  missing: (node: GraphNode<GraphOrigin>) => void,
): GraphEdge<GraphOrigin> {
  const [first, second] = pair as readonly [Session, Session?];
  const worst =
    pair.find(({ state, blamed }) => state === 'down' && blamed) ??
    pair.find(({ state }) => state === 'down') ??
    pair.find(({ state }) => state === 'unknown') ??
    first;
  const from = ids.get(first.router)!;
  let to = first.peer === undefined ? undefined : ids.get(first.peer);
  const origins = pair.flatMap((session) => sessionOrigins(session));
  if (to === undefined) {
    to = first.peer === undefined ? `peer/${first.peerAddress}` : `${hostId(routerOrigin(first.peer))}`;
    missing({
      id: to,
      role: 'missing',
      label: first.peer?.name ?? first.peerAddress,
      ...(first.peerAs !== undefined && { note: `AS ${first.peerAs}` }),
      facts: [],
      origins,
    });
  }
  const reflector = pair.find(({ neighbour }) =>
    Object.values(neighbour.families).some((family) => family?.reflectorClient),
  );
  const internal =
    first.localAs !== undefined && first.peerAs !== undefined ? first.localAs === first.peerAs : from === to;
  const down = worst.reason === null || worst.state === 'established' ? undefined : SESSION_REASONS[worst.reason];
  const turned = reflector !== undefined && ids.get(reflector.router) === to;
  const ends = [first.localAddress ?? '', first.peerAddress] as const;
  return {
    id: `session/${[`${from} ${ends[0]}`, `${to} ${ends[1]}`].sort().join('--')}`,
    from: turned ? to : from,
    to: turned ? from : to,
    role: internal ? 'ibgp' : 'ebgp',
    state: worst.state === 'established' ? 'up' : worst.state,
    label: down === undefined ? '' : (worst.reason ?? ''),
    fromLabel: turned ? ends[1] : ends[0],
    toLabel: turned ? ends[0] : ends[1],
    ...(reflector !== undefined && { reflects: true as const }),
    facts: [
      fact('session', STATES[worst.state]),
      ...(down === undefined ? [] : [fact('reason', down)]),
      fact('asn', `${first.localAs ?? '?'} – ${second?.localAs ?? first.peerAs ?? '?'}`),
      ...factIf('families', worst.families.join(', ')),
      ...pair.map((session) => fact('statedBy', statedBy(session))),
    ],
    origins: worst === first ? origins : [...pair.slice(1).flatMap(sessionOrigins), ...sessionOrigins(first)],
  };
}

function statedBy({ router, neighbour }: Session): string {
  const origin = neighbourOrigin(neighbour);
  if (origin.kind === 'BGPPeer') return `${router.name}: BGPPeer ${origin.peer.name?.value ?? '?'}`;
  return origin.kind === 'mesh'
    ? `${router.name}: node-to-node mesh`
    : `${router.name}: neighbor ${origin.neighbor.peer.value ?? '?'}`;
}

function sessionOrigins({ neighbour }: Session): readonly GraphOrigin[] {
  const origin = neighbourOrigin(neighbour);
  if (origin === undefined) return [];
  if (origin.kind === 'BGPPeer') return [resourceOrigin(origin.peer)];
  if (origin.kind === 'mesh') return origin.enabled === undefined ? [] : [{ place: origin.enabled.place }];
  return [{ place: origin.neighbor.peer.place, scope: [origin.neighbor.peer.place, ...placesIn(origin.neighbor)] }];
}

function isMesh({ neighbour }: Session): boolean {
  return neighbour.peering === 'mesh';
}

function meshOf(
  sessions: readonly Session[],
  ids: ReadonlyMap<Router, string>,
): { readonly node: GraphNode<GraphOrigin>; readonly edges: readonly GraphEdge<GraphOrigin>[] } | undefined {
  const members = [...new Set(sessions.filter(isMesh).map(({ router }) => router))];
  if (members.length <= LARGEST_MESH) return undefined;
  const [some] = sessions.filter(isMesh);
  const origins = sessionOrigins(some!);
  const count = (members.length * (members.length - 1)) / 2;
  return {
    node: {
      id: 'mesh',
      role: 'mesh',
      label: 'node-to-node mesh',
      note: `${members.length} → ${count}`,
      tier: 3,
      facts: [],
      origins,
    },
    edges: members.map((router) => ({
      id: `mesh/${ids.get(router)}`,
      from: 'mesh',
      to: ids.get(router)!,
      role: 'mesh',
      state: 'up',
      label: '',
      facts: [],
      origins,
    })),
  };
}
