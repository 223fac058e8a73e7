import { canonicalAddress, parseAddress } from '../address.ts';
import { containsAddress, parsePrefix } from '../prefix.ts';
import type { Labels, SelectorNode } from '../selector.ts';
import { DEFAULT_AS, type DuplicatePeering, Peerings } from './calico-peerings.ts';
import type {
  AddressFamily,
  Announcement,
  ExportPool,
  Filter,
  Interface,
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

/** Turns Calico's resources into routers with the neighbours that confd renders for each node. */
export function expandCalico(cluster: CalicoCluster): CalicoExpansion {
  const identities = cluster.nodes.map((node) => identify(node, cluster));
  const peerings = new Peerings(cluster, identities);
  return {
    routers: identities.map((identity) => asRouter(identity, cluster, peerings.of(identity))),
    duplicates: peerings.duplicates,
    undecided: [...peerings.undecided],
  };
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

function asRouter({ node, asn, addresses }: Identity, cluster: CalicoCluster, neighbours: Neighbour[]): Router {
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
    announcements: node.announcements,
    nodeAddress: addresses,
    pools: cluster.pools,
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
