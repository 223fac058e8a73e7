import { canonicalAddress, parseAddress } from '../address.ts';
import { sameItems } from '../once.ts';
import { containsAddress, parsePrefix } from '../prefix.ts';
import type { Labels, SelectorNode } from '../selector.ts';
import { DEFAULT_AS, type DuplicatePeering, Peerings } from './calico-peerings.ts';
import type {
  AddressFamily,
  Announcement,
  ExportPool,
  Filter,
  Interface,
  Mesh,
  Neighbour,
  Origin,
  Router,
  StaticRoute,
} from './types.ts';

export interface CalicoNode {
  readonly name: string;
  readonly asn?: number | 'unknown';
  /** `spec.bgp.ipv4Address` and `ipv6Address`: an address, with or without its mask. */
  readonly addresses: Readonly<Partial<Record<AddressFamily, string>>>;
  /** Absent when the labels are not known at all. */
  readonly labels?: Labels;
  readonly clusterId?: string;
  readonly routerId?: string;
  readonly listenPort?: number;
  readonly announcements: readonly Announcement[];
  /** What the machine has, where a topology says it; else one interface with the node's addresses is assumed. */
  readonly machine?: {
    readonly interfaces: readonly Interface[];
    readonly complete: boolean;
    readonly routes: readonly StaticRoute[];
  };
  /** As a router's. */
  readonly labs?: readonly unknown[];
  readonly origin?: Origin;
}

export interface CalicoPeer {
  readonly name: string;
  readonly node?: string;
  /** `unknown`: there is one, but it cannot be read. */
  readonly nodeSelector?: SelectorNode | 'unknown';
  /** Address, or address with port. */
  readonly peerIP?: string;
  readonly peerSelector?: SelectorNode | 'unknown';
  readonly localWorkload?: boolean;
  readonly asn?: number | 'unknown';
  readonly localAs?: number;
  readonly filters: readonly Filter[];
  readonly nextHopMode?: string;
  readonly keepOriginalNextHop?: boolean;
  readonly sourceAddress?: string;
  readonly reversePeering?: string;
  readonly allowOwnAs?: number;
  readonly ttlSecurity?: number;
  readonly password?: string;
  readonly origin?: Origin;
}

export interface CalicoCluster {
  readonly nodes: readonly CalicoNode[];
  readonly peers: readonly CalicoPeer[];
  readonly pools: readonly ExportPool[];
  /** BGPConfiguration `default`; true when nothing says otherwise. */
  readonly mesh: boolean | 'unknown';
  readonly asn?: number | 'unknown';
  readonly listenPort?: number;
  readonly meshPassword?: string;
  readonly meshOrigin?: Origin;
}

export interface CalicoExpansion {
  readonly routers: readonly Router[];
  readonly mesh: Mesh;
  readonly duplicates: readonly DuplicatePeering[];
  /** Peers whose selectors could not be decided for every node: sessions may be missing. */
  readonly undecided: readonly CalicoPeer[];
}

/** A node as its peers see it. */
export interface Identity {
  readonly node: CalicoNode;
  readonly asn: number | 'unknown';
  /** Canonical, without mask. */
  readonly addresses: Readonly<Partial<Record<AddressFamily, string>>>;
  readonly port?: number;
}

interface Work {
  readonly cluster: CalicoCluster;
  readonly identities: ReadonlyMap<CalicoNode, Identity>;
  readonly peerings: Peerings;
  readonly routers: ReadonlyMap<Identity, Router>;
}

/** How an expansion was worked out: what the next one can build on. */
const works = new WeakMap<CalicoExpansion, Work>();

/**
 * Turns Calico's resources into routers with the neighbours that confd renders for each node. With `before`, the expansion
 * of a cluster that shares nodes and peers with this one, routers that are still right stay the same objects.
 */
export function expandCalico(cluster: CalicoCluster, before?: CalicoExpansion): CalicoExpansion {
  const last = before && works.get(before);
  const sameDefaults = last?.cluster.asn === cluster.asn && last?.cluster.listenPort === cluster.listenPort;
  const identities = cluster.nodes.map(
    (node) => (sameDefaults ? last?.identities.get(node) : undefined) ?? identify(node, cluster),
  );
  const peerings = new Peerings(cluster, identities, sameDefaults ? last?.peerings : undefined);
  const samePools = last !== undefined && sameItems(last.cluster.pools, cluster.pools);
  const routers = new Map<Identity, Router>();
  for (const identity of identities) {
    const known = samePools ? last.routers.get(identity) : undefined;
    const neighbours = peerings.of(identity);
    const inMesh = peerings.inMesh(identity);
    const isRight = known !== undefined && known.neighbours === neighbours && (known.inMesh === true) === inMesh;
    routers.set(identity, isRight ? known : asRouter(identity, cluster, neighbours, inMesh));
  }
  const expansion: CalicoExpansion = {
    routers: [...routers.values()],
    mesh: peerings.mesh,
    duplicates: peerings.duplicates,
    undecided: [...peerings.undecided],
  };
  const known = new Map(identities.map((identity) => [identity.node, identity]));
  works.set(expansion, { cluster, identities: known, peerings, routers });
  return expansion;
}

function identify(node: CalicoNode, cluster: CalicoCluster): Identity {
  const port = node.listenPort ?? cluster.listenPort;
  const addresses: Partial<Record<AddressFamily, string>> = {};
  for (const family of ['ipv4', 'ipv6'] as const) {
    const text = node.addresses[family];
    if (text !== undefined) addresses[family] = canonicalAddress(text.split('/')[0]!);
  }
  return { node, asn: node.asn ?? cluster.asn ?? DEFAULT_AS, addresses, ...(port === undefined ? {} : { port }) };
}

function asRouter(
  { node, asn, addresses }: Identity,
  cluster: CalicoCluster,
  neighbours: readonly Neighbour[],
  inMesh: boolean,
): Router {
  const machine = node.machine;
  // The router id is the IPv4 address unless CALICO_ROUTER_ID says otherwise, also for IPv6 sessions.
  const routerId = node.routerId ?? addresses.ipv4;
  return {
    name: node.name,
    kind: 'calico',
    asn,
    ...(routerId === undefined ? {} : { routerId }),
    ...(node.clusterId === undefined ? {} : { clusterId: node.clusterId }),
    interfaces: [...(machine?.interfaces ?? []), ...assumedInterface(node)],
    interfacesComplete: machine?.complete ?? false,
    routes: machine?.routes ?? [],
    neighbours,
    ...(inMesh ? { inMesh } : {}),
    announcements: node.announcements,
    nodeAddress: addresses,
    pools: cluster.pools,
    ...(node.labs === undefined ? {} : { labs: node.labs }),
    origin: node.origin,
  };
}

/**
 * The interface that the Node resource speaks of, where nothing else tells of it. An address that contradicts a known
 * interface (same subnet, other address) is not made up: Calico cannot bind to it (lab B6).
 */
function assumedInterface(node: CalicoNode): Interface[] {
  if (node.machine?.complete) return [];
  const known = (node.machine?.interfaces ?? []).flatMap((entry) => entry.addresses).map(parsePrefix);
  const addresses = Object.values(node.addresses).filter((text) => {
    const address = parseAddress(text.split('/')[0]!);
    return address !== undefined && !known.some((prefix) => prefix !== undefined && containsAddress(prefix, address));
  });
  if (addresses.length === 0) return [];
  const withMask = addresses.map((text) => (text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`));
  return [{ name: 'node', addresses: withMask, origin: node.origin }];
}
