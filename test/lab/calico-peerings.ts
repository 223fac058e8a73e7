import { selects } from './calico-selector.ts';

/** Calico's resources as far as BGP goes. */
export interface Cluster {
  readonly asn: number;
  readonly mesh: boolean;
  readonly pools: readonly { readonly cidr: string; readonly exported: boolean }[];
  readonly filters: ReadonlyMap<string, FilterSpec>;
  readonly nodes: readonly Node[];
  readonly peers: readonly Peer[];
}

export interface Node {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly asn: number | undefined;
  readonly addresses: readonly string[];
  readonly clusterId: string | undefined;
  readonly blocks: readonly string[];
}

/** The `spec` of a BGPPeer. */
export interface Peer {
  readonly node?: string;
  readonly nodeSelector?: string;
  readonly peerIP?: string;
  readonly peerSelector?: string;
  readonly asNumber?: number;
  readonly localASNumber?: number;
  readonly keepOriginalNextHop?: boolean;
  readonly nextHopMode?: 'Auto' | 'Self' | 'Keep';
  readonly sourceAddress?: 'UseNodeIP' | 'None';
  readonly numAllowedLocalASNumbers?: number;
  readonly reversePeering?: 'Auto' | 'Manual';
  readonly filters?: readonly string[];
}

export interface FilterSpec {
  readonly importV4?: readonly FilterRule[];
  readonly importV6?: readonly FilterRule[];
  readonly exportV4?: readonly FilterRule[];
  readonly exportV6?: readonly FilterRule[];
}

export interface FilterRule {
  readonly action: 'Accept' | 'Reject';
  readonly cidr?: string;
  readonly matchOperator?: 'Equal' | 'NotEqual' | 'In' | 'NotIn';
  readonly prefixLength?: { readonly min?: number; readonly max?: number };
  readonly source?: 'RemotePeers';
  readonly interface?: string;
  readonly peerType?: 'eBGP' | 'iBGP';
}

/** One `protocol bgp` of one node. */
export interface Neighbour {
  readonly address: string;
  readonly asn: number;
  readonly passive: boolean;
  /** Empty for a session of the mesh. */
  readonly peer: Peer;
  readonly clusterId: string | undefined;
}

export const isV6 = (text: string): boolean => text.includes(':');

/**
 * The neighbours that Calico's confd renders for a node: the mesh (never with or of a node that has a cluster id), global
 * peers, the node's own, and those that answer somebody else's peer. What came first for an address stays.
 */
export function neighboursOf(node: Node, cluster: Cluster): readonly Neighbour[] {
  const found = new Map<string, Neighbour>();
  const add = (neighbour: Neighbour): void => {
    const own = node.addresses.find((address) => isV6(address) === isV6(neighbour.address));
    if (own === undefined || own === neighbour.address || found.has(neighbour.address)) return;
    found.set(neighbour.address, neighbour);
  };
  if (cluster.mesh && node.clusterId === undefined)
    for (const other of cluster.nodes)
      if (other !== node && other.clusterId === undefined)
        for (const address of other.addresses) {
          const own = node.addresses.find((one) => isV6(one) === isV6(address));
          // Of two mesh peers the one whose address is smaller, as a text, waits.
          add({ address, asn: asnOf(other, cluster), passive: address > own!, peer: {}, clusterId: undefined });
        }
  const isGlobal = (peer: Peer): boolean => !peer.node && !peer.nodeSelector;
  for (const peer of cluster.peers.filter(isGlobal)) for (const one of targetsOf(peer, cluster)) add(one);
  for (const peer of cluster.peers)
    if (!isGlobal(peer) && localsOf(peer, cluster).includes(node)) for (const one of targetsOf(peer, cluster)) add(one);
  for (const peer of cluster.peers) {
    if (peer.reversePeering === 'Manual' || !nodesBehind(peer, cluster).includes(node)) continue;
    for (const other of localsOf(peer, cluster)) {
      const addresses = peer.peerIP
        ? other.addresses.filter((one) => isV6(one) === isV6(peer.peerIP!))
        : other.addresses;
      for (const address of addresses)
        add({
          address,
          asn: asnOf(other, cluster),
          passive: false,
          peer: towardsNode(peer),
          clusterId: other.clusterId,
        });
    }
  }
  return [...found.values()];
}

export function asnOf(node: Node, cluster: Cluster): number {
  return node.asn ?? cluster.asn;
}

function targetsOf(peer: Peer, cluster: Cluster): Neighbour[] {
  if (peer.peerSelector)
    return nodesBehind(peer, cluster).flatMap((node) =>
      node.addresses.map((address) => ({
        address,
        asn: asnOf(node, cluster),
        passive: false,
        peer: towardsNode(peer),
        clusterId: node.clusterId,
      })),
    );
  return [{ address: peer.peerIP!, asn: peer.asNumber!, passive: false, peer, clusterId: undefined }];
}

/** Of a peer that stands for a node confd keeps neither the local AS nor the allowed own ones. */
function towardsNode({ localASNumber: _, numAllowedLocalASNumbers: __, ...peer }: Peer): Peer {
  return peer;
}

/** The nodes that a peer makes sessions for. */
function localsOf(peer: Peer, cluster: Cluster): readonly Node[] {
  if (peer.nodeSelector) return cluster.nodes.filter(({ labels }) => selects(peer.nodeSelector!, labels));
  return peer.node ? cluster.nodes.filter(({ name }) => name === peer.node) : cluster.nodes;
}

/** The nodes that a peer names as the other side. */
function nodesBehind(peer: Peer, cluster: Cluster): readonly Node[] {
  if (peer.peerSelector) return cluster.nodes.filter(({ labels }) => selects(peer.peerSelector!, labels));
  return cluster.nodes.filter(
    (node) => node.addresses.includes(peer.peerIP!) && asnOf(node, cluster) === peer.asNumber,
  );
}
