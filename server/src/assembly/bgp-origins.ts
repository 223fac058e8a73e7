import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { BgpInstance, BgpNeighbor, ListenRange, RouterConfig } from '../model/router/config.ts';
import type { Neighbour, Router } from '../network/bgp/types.ts';
import type { Field } from '../syntax/document.ts';
import type { Host } from './hosts.ts';

/** Which statement a BGP neighbour of the network model was made from. */
export type NeighbourOrigin =
  | {
      readonly kind: 'router';
      readonly config: RouterConfig;
      readonly bgp: BgpInstance;
      /** Settings as written; group settings are not filled in. */
      readonly neighbor: BgpNeighbor;
      readonly range?: ListenRange;
    }
  | { readonly kind: 'BGPPeer'; readonly peer: BGPPeer }
  /** The node-to-node mesh; the field that switches it on, where one is written. */
  | { readonly kind: 'mesh'; readonly enabled: Field<boolean> | undefined };

/** Every neighbour of `BGP` has one. */
export function neighbourOrigin(neighbour: Neighbour): NeighbourOrigin {
  return neighbour.origin as NeighbourOrigin;
}

/** The machine that a router of `BGP` is. */
export function routerOrigin(router: Router): Host {
  return router.origin as Host;
}
