import type { Address } from '../network/address.ts';
import { type Prefix, parsePrefix, prefixesOverlap } from '../network/prefix.ts';
import { PrefixTable } from '../network/table.ts';
import type { Place } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { BGP } from './bgp.ts';
import { targetPlace } from './bgp-failures.ts';
import { neighbourOrigin, routerOrigin } from './bgp-origins.ts';
import { POOLS, type Pool } from './pools.ts';
import { NODE_ADDRESSES, SCRIPT_ROUTES } from './shell.ts';

/** Something outside the cluster that sends packets for a pool's addresses to the nodes. */
export interface OutsideRoute {
  /** The router's name; absent for a machine of which only its commands are known. */
  readonly router?: string;
  /** What makes it known: the statement that peers with it, or its route. */
  readonly place: Place;
}

/** The pools that a router outside the cluster learns from the nodes by BGP, by the network model. */
export const ANNOUNCED_POOLS = defineDerivation('announced pools', (site): ReadonlyMap<Pool, OutsideRoute> => {
  const { enabled } = site.derive(POOLS);
  const found = new Map<Pool, OutsideRoute>();
  if (enabled.length === 0 || site.all('calico/BGPPeer').length === 0 || site.all('router/Config').length === 0)
    return found;
  const { prediction } = site.derive(BGP);
  const table = new PrefixTable<Pool>();
  for (const pool of enabled) table.set(pool.network, pool);
  for (const router of prediction.fabric.routers) {
    if (router.kind === 'calico') continue;
    for (const { prefix, session } of prediction.routesAt(router)) {
      if (session?.peer?.kind !== 'calico' || session.peerNeighbour === undefined) continue;
      const origin = neighbourOrigin(session.peerNeighbour);
      // A block that no inventory shows is written `10.244.0.0/16#node1`.
      const network = parsePrefix(prefix.replace(/#.*/, ''));
      if (origin.kind === 'mesh' || network === undefined) continue;
      for (const pool of table.covering(network))
        if (!found.has(pool)) found.set(pool, { router: router.name, place: targetPlace(origin) });
    }
  }
  return found;
});

/** The same, and the pools that a script routes as a whole to a node: on the nodes themselves every block has its own route. */
export const ROUTED_POOLS = defineDerivation('pools routed from outside', (site): ReadonlyMap<Pool, OutsideRoute> => {
  const found = new Map(site.derive(ANNOUNCED_POOLS));
  const nodes = new Set(site.derive(NODE_ADDRESSES).map(keyOf));
  for (const { line, destination, hops } of site.derive(SCRIPT_ROUTES)) {
    if (destination === undefined || line.action === 'delete' || line.device !== undefined) continue;
    if (!hops.some(({ address }) => nodes.has(keyOf(address)))) continue;
    for (const pool of site.derive(POOLS).enabled)
      if (!found.has(pool) && isWhole(destination, pool.network)) found.set(pool, { place: line.destination.place });
  }
  return found;
});

/**
 * Whether nothing outside can know a way to a pool: a network that is known as a whole, with routers in it, none of which
 * has a statement about a node or a route to the pool.
 */
export const IS_CUT_OFF = defineDerivation('pools cut off', (site): ((pool: Pool) => boolean) => {
  const { prediction } = site.derive(BGP);
  const { fabric } = prediction;
  const routers = fabric.routers.filter(({ kind }) => kind !== 'calico');
  const hasRouter = routers.some((router) => routerOrigin(router).routerConfigs.length > 0);
  if (!fabric.complete || !hasRouter || routers.length === fabric.routers.length) return () => false;
  const isPeered = prediction.sessions.some(
    ({ router, peer }) => peer === undefined || (router.kind === 'calico') !== (peer.kind === 'calico'),
  );
  if (isPeered) return () => false;
  const routes = routers.flatMap((router) => router.routes.flatMap(({ prefix }) => parsePrefix(prefix) ?? []));
  return ({ network }) => !routes.some((route) => route.length > 0 && prefixesOverlap(route, network));
});

function isWhole(route: Prefix, pool: Prefix): boolean {
  return route.family === pool.family && route.length === pool.length && route.address === pool.address;
}

function keyOf({ family, value }: Address): string {
  return `${family} ${value}`;
}
