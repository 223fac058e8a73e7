import { type Sample, sampleOf } from '../network/bgp/sample.ts';
import { defineDerivation } from '../workspace/site.ts';
import { BGP } from './bgp.ts';
import { routerOrigin } from './bgp-origins.ts';
import { TWINS } from './twins.ts';

/**
 * The site's network with two nodes of each sort: rules that ask for routes ask here, for in a large cluster the routes of all
 * nodes take too long. Undefined where there is nothing to ask, or where the sessions of the nodes are not all known.
 */
export const BGP_SAMPLE = defineDerivation('bgp sample', (site): Sample | undefined => {
  const { expansion, prediction } = site.derive(BGP);
  if (expansion === undefined || expansion.undecided.length > 0) return undefined;
  const twins = site.derive(TWINS);
  // Where a router is described twice, nobody knows which of its neighbours it has.
  if (prediction.fabric.routers.some((router) => twins.has(routerOrigin(router)))) return undefined;
  const nodes = expansion.routers.filter((router) => prediction.topology.hasNeighbours(router));
  // A mesh alone loses nothing.
  const isMesh = nodes.every(({ neighbours }) => neighbours.length === 0);
  return nodes.length < 2 || isMesh ? undefined : sampleOf(prediction, nodes);
});
