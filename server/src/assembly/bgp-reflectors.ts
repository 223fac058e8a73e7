import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { Router } from '../network/bgp/types.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { BGP } from './bgp.ts';
import { neighbourOrigin, routerOrigin } from './bgp-origins.ts';

/** A Calico node that others peer with by a `peerSelector`, in its own AS. */
export interface Reflector {
  readonly router: Router;
  /** Names of the nodes that peer with it and are no reflectors of the same selector, in order of the sessions. */
  readonly clients: readonly string[];
  /** The BGPPeers that make it one. */
  readonly peers: readonly BGPPeer[];
}

/** Nodes that a `peerSelector` makes others peer with, whether or not they have a cluster id. */
export const REFLECTORS = defineDerivation('reflectors', (site): ReadonlyMap<Router, Reflector> => {
  const { expansion, prediction } = site.derive(BGP);
  const drafts = new Map<Router, { clients: Set<string>; peers: Set<BGPPeer> }>();
  /** Whom each BGPPeer selects as the other side. */
  const selectedBy = new Map<BGPPeer, Set<string>>();
  if (expansion === undefined) return new Map();
  for (const session of prediction.stated) {
    const { router, peer, neighbour } = session;
    if (peer === undefined || router.kind !== 'calico' || neighbour.peering === 'reverse') continue;
    const origin = neighbourOrigin(neighbour);
    if (origin.kind !== 'BGPPeer') continue;
    const selected = selectedBy.get(origin.peer) ?? new Set();
    selectedBy.set(origin.peer, selected.add(peer.name));
    if (origin.peer.peerSelector === undefined || session.localAs !== session.peerAs) continue;
    const draft = drafts.get(peer) ?? { clients: new Set(), peers: new Set() };
    drafts.set(peer, draft);
    draft.clients.add(router.name);
    draft.peers.add(origin.peer);
  }
  return new Map(
    [...drafts].map(([router, { clients, peers }]) => {
      // Whoever is peered with by the same selector is a reflector too, not a client.
      const others = [...peers].map((peer) => selectedBy.get(peer));
      const own = [...clients].filter((name) => !others.some((names) => names?.has(name)));
      return [router, { router, clients: own, peers: [...peers] }];
    }),
  );
});

/** Where a node's cluster id is written: on Calico's Node, or as the annotation of Kubernetes' own. */
export function clusterIdField(router: Router): Field<string> | undefined {
  const host = routerOrigin(router);
  const annotated = host.kubernetesNodes[0]?.annotations.get('projectcalico.org/RouteReflectorClusterID');
  return host.calicoNodes[0]?.routeReflectorClusterID ?? annotated;
}

/** At most four names, and how many more. */
export function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} +${names.length - 4}`;
}
