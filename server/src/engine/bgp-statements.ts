import { BGP } from '../assembly/bgp.ts';
import { neighbourOrigin, routerOrigin } from '../assembly/bgp-origins.ts';
import type { BGPConfiguration } from '../model/calico/bgp-configuration.ts';
import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { CalicoNode } from '../model/calico/node.ts';
import type { Resource } from '../model/resource.ts';
import type { RouterConfig } from '../model/router/config.ts';
import { groupOf } from '../model/router/effective.ts';
import type { Session } from '../network/bgp/types.ts';
import type { Doc, Field, Place } from '../syntax/document.ts';
import type { FileState } from '../workspace/file-state.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';

/** Something in a file that BGP sessions come of. */
export interface BgpStatement {
  readonly kind: 'BGPPeer' | 'BGPConfiguration' | 'Node' | 'router' | 'neighbour';
  /** As users call it: a resource's name, a router's, or the address of a neighbour. */
  readonly name: string;
  /** The token that it is known by. */
  readonly place: Place;
  /** Further tokens that stand for the same. */
  readonly places: readonly Place[];
  /** One for each end that the statement makes, in the order of the routers. */
  readonly sessions: readonly Session[];
}

/** Sessions by what states them: a BGPPeer, a router's instance, a neighbour of it, or a listen range. */
const STATED = defineDerivation('sessions by statement', (site): ReadonlyMap<object, readonly Session[]> => {
  const stated = new Map<object, Session[]>();
  const add = (statement: object, session: Session): void => {
    const list = stated.get(statement);
    if (list === undefined) stated.set(statement, [session]);
    else list.push(session);
  };
  for (const session of site.derive(BGP).prediction.stated) {
    const origin = neighbourOrigin(session.neighbour);
    if (origin.kind === 'BGPPeer') add(origin.peer, session);
    if (origin.kind !== 'router') continue;
    add(origin.bgp, session);
    add(origin.neighbor, session);
    const group = groupOf(origin.bgp, origin.neighbor);
    if (group !== undefined && group !== origin.neighbor) add(group, session);
  }
  return stated;
});

/** The sessions that one statement of a file makes: a BGPPeer, a router's instance, a neighbour or peer group of it. */
export function sessionsStated(site: Site, statement: object): readonly Session[] {
  return site.derive(STATED).get(statement) ?? [];
}

/** Meshes larger than this are not told session by session. */
const LARGE = 50;

/** Every statement of a file, or of some of its documents, that sessions of its network come of; those that none came of are told, too. */
export function bgpStatementsIn(file: Pick<FileState, 'all'>, site: Site): readonly BgpStatement[] {
  const found = file.all.flatMap(({ resources }) => resources).filter(({ kind }) => KINDS.has(kind));
  return found.flatMap((resource): readonly BgpStatement[] => {
    switch (resource.kind) {
      case 'calico/BGPPeer':
        return ofPeer(resource as BGPPeer, site);
      case 'calico/BGPConfiguration':
        return ofConfiguration(resource as BGPConfiguration, site);
      case 'calico/Node':
        return ofNode(resource as CalicoNode, site);
      default:
        return ofRouter(resource as RouterConfig, site);
    }
  });
}

const KINDS = new Set(['calico/BGPPeer', 'calico/BGPConfiguration', 'calico/Node', 'router/Config']);

function ofPeer(peer: BGPPeer, site: Site): readonly BgpStatement[] {
  const { name, peerIP, peerSelector, nodeSelector, node, asNumber } = peer;
  if (name === undefined) return [];
  const sessions = site.derive(STATED).get(peer) ?? [];
  const places = placesOf(peerIP, peerSelector, nodeSelector, node, asNumber);
  return [
    { kind: 'BGPPeer', name: name.value ?? '', place: name.place, places: [kindPlace(peer), ...places], sessions },
  ];
}

/** The general configuration stands for every session of every node of the cluster. */
function ofConfiguration(configuration: BGPConfiguration, site: Site): readonly BgpStatement[] {
  const { name, nodeToNodeMeshEnabled } = configuration;
  if (name?.value !== 'default') return [];
  const { prediction } = site.derive(BGP);
  const nodes = prediction.fabric.routers.filter(({ kind }) => kind === 'calico');
  const sessions =
    nodes.length > LARGE
      ? prediction.stated.filter(({ router }) => router.kind === 'calico')
      : nodes.flatMap((router) => prediction.sessionsOf(router));
  const places = [kindPlace(configuration), ...placesOf(nodeToNodeMeshEnabled)];
  return [{ kind: 'BGPConfiguration', name: 'default', place: name.place, places, sessions }];
}

function ofNode(node: CalicoNode, site: Site): readonly BgpStatement[] {
  const { name, ipv4Address, ipv6Address, asNumber } = node;
  if (name === undefined) return [];
  const { prediction } = site.derive(BGP);
  const router = prediction.fabric.routers.find((one) => routerOrigin(one).calicoNodes.includes(node));
  const sessions = router === undefined ? [] : prediction.sessionsOf(router);
  const places = [kindPlace(node), ...placesOf(ipv4Address, ipv6Address, asNumber)];
  return [{ kind: 'Node', name: name.value ?? '', place: name.place, places, sessions }];
}

function ofRouter({ doc, bgp: instances }: RouterConfig, site: Site): readonly BgpStatement[] {
  const stated = site.derive(STATED);
  const words = neighborWords(doc);
  return instances.flatMap((bgp): readonly BgpStatement[] => {
    const sessions = stated.get(bgp) ?? [];
    const router: BgpStatement = {
      kind: 'router',
      name: sessions[0]?.router.name ?? String(bgp.asn?.value ?? ''),
      place: bgp.asn?.place ?? bgp.place,
      places: [bgp.place],
      sessions,
    };
    const neighbours = [...bgp.neighbors, ...bgp.peerGroups].flatMap((neighbor): readonly BgpStatement[] => {
      const { value: name, place } = neighbor.peer;
      if (name === undefined) return [];
      // BIRD's sessions have names of their own.
      const places = [...(words.get(name) ?? []), ...(bgp.software === 'bird' ? [neighbor.place] : [])];
      return [{ kind: 'neighbour', name, place, places, sessions: stated.get(neighbor) ?? [] }];
    });
    return [...neighbours, router];
  });
}

/** A router's settings for a neighbour stand in many lines, each with the neighbour's name. */
function neighborWords(doc: Doc): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const { 0: found, 1: name = '', index } of doc.text.matchAll(/\bneighbor[^\S\n]+(\S+)/g)) {
    const end = index + found.length;
    const place: Place = { doc, span: [end - name.length, end] };
    const known = places.get(name);
    if (known === undefined) places.set(name, [place]);
    else known.push(place);
  }
  return places;
}

function placesOf(...fields: readonly (Field<unknown> | undefined)[]): readonly Place[] {
  return fields.flatMap((field) => (field === undefined ? [] : [field.place]));
}

function kindPlace({ doc, path }: Resource): Place {
  return { doc, path: [...path, 'kind'] };
}
