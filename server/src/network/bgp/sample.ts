import { canonicalAddress } from '../address.ts';
import { type Prediction, predict } from './predict.ts';
import type { Fabric, Neighbour, Router } from './types.ts';

/** A small network that loses the same routes as a large one: of many nodes that peer alike it has two. */
export interface Sample {
  /** Of the sampled network; its Calico nodes and those of the whole are different objects with one name and origin. */
  readonly prediction: Prediction;
  /** The nodes to look at. */
  readonly nodes: readonly Router[];
  /** The nodes of the whole network that peer as this one does, itself included. */
  readonly alike: (node: Router) => readonly Router[];
  /** The router of the whole network that this one stands for. */
  readonly original: (router: Router) => Router;
}

/** Two of each sort, so that those of one sort are held against each other, too. */
const OF_EACH = 2;
const MOST_SORTS = 60;
/** Nodes that others peer with are all kept, for routes may go through them; more of them make no sample. */
const MOST_HUBS = 120;

/** Takes the Calico nodes to choose from. Two nodes are alike when they have the same AS, cluster id and stated sessions. */
export function sampleOf(prediction: Prediction, nodes: readonly Router[]): Sample | undefined {
  const peers = new Map<Router, string[]>();
  const hubs = new Set<Router>();
  for (const { router, neighbour, peer, peerAddress, state } of prediction.stated) {
    if (router.kind !== 'calico') continue;
    const key = `${peer?.name ?? peerAddress} ${state} ${neighbour.remoteAs}`;
    const list = peers.get(router);
    if (list === undefined) peers.set(router, [key]);
    else list.push(key);
    if (peer?.kind === 'calico' && neighbour.peering !== 'reverse') hubs.add(peer);
  }
  for (const node of nodes) if (node.clusterId !== undefined) hubs.add(node);
  if (hubs.size > MOST_HUBS) return undefined;
  const sorts = new Map<string, Router[]>();
  for (const node of nodes) {
    const key = [node.asn, node.clusterId, node.inMesh, ...new Set((peers.get(node) ?? []).sort())].join('|');
    const sort = sorts.get(key);
    if (sort === undefined) sorts.set(key, [node]);
    else sort.push(node);
  }
  const sortOf = new Map([...sorts.values()].flatMap((sort) => sort.map(({ name }) => [name, sort] as const)));
  const chosen = new Set([...sorts.values()].slice(0, MOST_SORTS).flatMap((sort) => sort.slice(0, OF_EACH)));
  const originals = new Map<Router, Router>();
  const small = reduced(prediction, (router) => router.kind !== 'calico' || chosen.has(router) || hubs.has(router));
  for (const [copy, original] of small.originals) originals.set(copy, original);
  return {
    prediction: predict(small.fabric),
    nodes: small.fabric.routers.filter((router) => chosen.has(originals.get(router)!)),
    alike: (node) => sortOf.get(node.name) ?? [originals.get(node) ?? node],
    original: (router) => originals.get(router) ?? router,
  };
}

/** The routers that are kept, without their statements for those that are not. */
function reduced(prediction: Prediction, keeps: (router: Router) => boolean) {
  const gone = new Set<string>();
  for (const router of prediction.fabric.routers)
    if (!keeps(router)) for (const { address } of prediction.topology.attachments(router)) gone.add(address);
  for (const router of prediction.fabric.routers)
    if (keeps(router)) for (const { address } of prediction.topology.attachments(router)) gone.delete(address);
  const isKept = ({ address }: Neighbour) => address === undefined || !gone.has(canonicalAddress(address));
  const originals = new Map<Router, Router>();
  const routers = prediction.fabric.routers.filter(keeps).map((router) => {
    const neighbours = router.neighbours.filter(isKept);
    const copy = neighbours.length === router.neighbours.length ? router : { ...router, neighbours };
    originals.set(copy, router);
    return copy;
  });
  const { mesh, ...rest } = prediction.fabric;
  const fabric: Fabric = {
    ...rest,
    routers,
    ...(mesh === undefined ? {} : { mesh: { statements: mesh.statements.filter(isKept) } }),
  };
  return { fabric, originals };
}
