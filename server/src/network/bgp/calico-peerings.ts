import { canonicalAddress, parseAddress } from '../address.ts';
import { matches, type SelectorNode } from '../selector.ts';
import type { CalicoCluster, CalicoNode, CalicoPeer, Identity } from './calico.ts';
import type { AddressFamily, Neighbour, NeighbourFamily } from './types.ts';

/** The AS of every node that nothing else says one for (documented default). */
export const DEFAULT_AS = 64512;

/** Two statements that yield one session; the first is in force, the second has no effect or is in doubt. */
export interface DuplicatePeering {
  readonly node: CalicoNode;
  readonly address: string;
  readonly kept: Neighbour;
  readonly dropped: Neighbour;
}

/** A neighbour before it is known which node renders it. */
interface Target {
  readonly neighbour: Neighbour;
  readonly clusterId?: string;
  /** The deprecated `keepOriginalNextHop`: counts on eBGP only, and not beside `nextHopMode`. */
  readonly keepNextHop: boolean;
}

type Way = 'global' | 'node' | 'reverse';

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** Who peers with whom: confd's computation over all BGPPeers at once (confd/pkg/backends/calico). */
export class Peerings {
  readonly duplicates: DuplicatePeering[] = [];
  readonly undecided = new Set<CalicoPeer>();
  readonly #cluster: CalicoCluster;
  readonly #identities: readonly Identity[];
  readonly #byAddress = new Map<string, Identity[]>();
  readonly #global = new Map<string, Target>();
  readonly #perNode = new Map<Identity, Map<string, Target>>();
  readonly #selections = new Map<SelectorNode, readonly Identity[]>();
  readonly #mesh: readonly (readonly [Identity, Neighbour])[];

  constructor(cluster: CalicoCluster, identities: readonly Identity[]) {
    this.#cluster = cluster;
    this.#identities = identities;
    for (const identity of identities) {
      this.#perNode.set(identity, new Map());
      for (const address of Object.values(identity.addresses))
        this.#byAddress.set(address, [...(this.#byAddress.get(address) ?? []), identity]);
    }
    // A global peering beats a node's own one to the same address, so the global pass comes first.
    for (const peer of cluster.peers) if (isGlobal(peer)) this.#forward(peer);
    for (const peer of cluster.peers) if (!isGlobal(peer)) this.#forward(peer);
    for (const peer of cluster.peers) this.#reverse(peer);
    this.#mesh = cluster.mesh === true ? this.#meshMembers() : [];
  }

  /** The neighbours of one node: mesh, then global ones, then its own. */
  of(identity: Identity): Neighbour[] {
    const result = this.#meshFor(identity);
    const taken = new Map(result.map((neighbour) => [neighbour.address!, neighbour]));
    for (const target of [...this.#global.values(), ...this.#perNode.get(identity)!.values()]) {
      const neighbour = rendered(identity, target);
      const address = neighbour.address!;
      const own = identity.addresses[familyOf(address)];
      if (own === undefined || own === address) continue;
      const kept = taken.get(address);
      if (kept === undefined) {
        taken.set(address, neighbour);
        result.push(neighbour);
      } else this.duplicates.push({ node: identity.node, address, kept, dropped: neighbour });
    }
    return result;
  }

  #meshFor(identity: Identity): Neighbour[] {
    // A node with a cluster id takes no part in the mesh, and nobody in the mesh peers with it (lab C7b).
    if (identity.node.clusterId !== undefined) return [];
    const neighbours: Neighbour[] = [];
    for (const [other, neighbour] of this.#mesh) {
      const own = identity.addresses[familyOf(neighbour.address!)];
      if (other !== identity && own !== undefined && own !== neighbour.address) neighbours.push(neighbour);
    }
    return neighbours;
  }

  #meshMembers(): (readonly [Identity, Neighbour])[] {
    const { meshPassword, meshOrigin } = this.#cluster;
    return this.#identities
      .filter((identity) => identity.node.clusterId === undefined)
      .flatMap((identity) =>
        familiesOf(identity).map((family) => {
          const neighbour: Neighbour = {
            ...nodeNeighbour(identity, family),
            peering: 'mesh',
            passive: 'by-address',
            sourceIsNode: true,
            ...(meshPassword === undefined ? {} : { password: meshPassword }),
            origin: meshOrigin,
          };
          return [identity, neighbour] as const;
        }),
      );
  }

  #forward(peer: CalicoPeer): void {
    if (peer.localWorkload) return;
    const way = isGlobal(peer) ? 'global' : 'node';
    const targets = this.#targets(peer, way);
    if (way === 'global') for (const target of targets) this.#addGlobal(target);
    else for (const local of this.#locals(peer)) for (const target of targets) this.#add(local, target);
  }

  /** Nodes that somebody peers with answer by themselves, so one statement is enough between Calico nodes. */
  #reverse(peer: CalicoPeer): void {
    if (peer.localWorkload || peer.reversePeering === 'Manual') return;
    const remotes = isGlobal(peer) ? this.#identities : this.#locals(peer);
    const locals = this.#peersOf(peer);
    const families = peer.peerSelector === undefined ? [familyOf(peer.peerIP ?? '')] : FAMILIES;
    for (const remote of locals.length === 0 ? [] : remotes)
      for (const family of families) {
        if (remote.addresses[family] === undefined) continue;
        const target = this.#nodeTarget(remote, family, peer, 'reverse');
        for (const local of locals) if (local !== remote) this.#add(local, target);
      }
  }

  /** The nodes that a BGPPeer names as the other side. */
  #peersOf(peer: CalicoPeer): readonly Identity[] {
    if (peer.peerSelector !== undefined) return this.#select(peer.peerSelector, peer);
    const [address, port] = splitPort(peer.peerIP ?? '');
    const asn = peer.asn ?? this.#cluster.asn ?? DEFAULT_AS;
    return (this.#byAddress.get(address) ?? []).filter(
      (node) => node.asn === asn && (port === undefined || node.port === undefined || node.port === port),
    );
  }

  #targets(peer: CalicoPeer, way: Way): Target[] {
    if (peer.peerSelector !== undefined)
      return this.#select(peer.peerSelector, peer).flatMap((node) =>
        familiesOf(node).map((family) => this.#nodeTarget(node, family, peer, way)),
      );
    const [address, port] = splitPort(peer.peerIP ?? '');
    if (parseAddress(address) === undefined) return [];
    const isNode = this.#byAddress.has(address);
    const neighbour: Neighbour = {
      address,
      ...(peer.asn === undefined ? {} : { remoteAs: peer.asn }),
      ...(port === undefined ? {} : { port }),
      // Only global sessions between nodes are made one-way; a node-specific one may connect from both ends.
      ...(isNode && way === 'global' ? { passive: 'by-address' as const } : {}),
      ...settings(peer, familyOf(address)),
      peering: way,
    };
    return [{ neighbour, keepNextHop: peer.keepOriginalNextHop === true && peer.nextHopMode === undefined }];
  }

  #nodeTarget(node: Identity, family: AddressFamily, peer: CalicoPeer, way: Way): Target {
    return {
      neighbour: { ...nodeNeighbour(node, family), ...settings(peer, family), peering: way },
      keepNextHop: false,
      ...(node.node.clusterId === undefined ? {} : { clusterId: node.node.clusterId }),
    };
  }

  #addGlobal(target: Target): void {
    const key = keyOf(target.neighbour);
    if (!this.#global.has(key)) this.#global.set(key, target);
  }

  #add(local: Identity, target: Target): void {
    const key = keyOf(target.neighbour);
    const mine = this.#perNode.get(local)!;
    const kept = this.#global.get(key) ?? mine.get(key);
    if (kept === undefined) mine.set(key, target);
    else if (target.neighbour.peering !== 'reverse' && kept.neighbour.origin !== target.neighbour.origin)
      this.duplicates.push({
        node: local.node,
        address: target.neighbour.address!,
        kept: kept.neighbour,
        dropped: target.neighbour,
      });
  }

  #locals(peer: CalicoPeer): readonly Identity[] {
    if (peer.nodeSelector !== undefined) return this.#select(peer.nodeSelector, peer);
    return this.#identities.filter((identity) => identity.node.name === peer.node);
  }

  #select(selector: SelectorNode | 'unknown', peer: CalicoPeer): readonly Identity[] {
    if (selector === 'unknown') {
      this.undecided.add(peer);
      return [];
    }
    const before = this.#selections.get(selector);
    if (before !== undefined) return before;
    const result = this.#identities.filter((identity) => {
      const verdict = matches(selector, identity.node.labels);
      if (verdict === 'unknown') this.undecided.add(peer);
      return verdict === true;
    });
    this.#selections.set(selector, result);
    return result;
  }
}

/** Settles what depends on the node that renders the session: reflection and the kept next hop. */
function rendered(local: Identity, target: Target): Neighbour {
  const { neighbour } = target;
  const effectiveAs = neighbour.localAs ?? local.asn;
  const own = local.node.clusterId;
  // A peer with the same cluster id is an ordinary iBGP peer (lab C1, C10).
  const isClient = own !== undefined && neighbour.remoteAs === effectiveAs && target.clusterId !== own;
  const keeps = target.keepNextHop && neighbour.remoteAs !== effectiveAs;
  if (!isClient && !keeps) return neighbour;
  const family = familyOf(neighbour.address!);
  const changed: NeighbourFamily = {
    ...neighbour.families[family],
    ...(isClient ? { reflectorClient: true } : {}),
    ...(keeps ? { nextHop: 'unchanged' } : {}),
  };
  return { ...neighbour, families: { [family]: changed }, ...(isClient ? { reflectorClusterId: own } : {}) };
}

function nodeNeighbour(node: Identity, family: AddressFamily): Neighbour {
  return {
    address: node.addresses[family]!,
    remoteAs: node.asn,
    families: { [family]: {} },
    multihop: 255,
    ...(node.port === undefined ? {} : { port: node.port }),
  };
}

/** What a BGPPeer says about each of its sessions. BIRD sends every path it has (`add paths`). */
function settings(peer: CalicoPeer, family: AddressFamily): Omit<Neighbour, 'address' | 'remoteAs'> {
  const nextHop = peer.nextHopMode === 'Self' ? 'self' : peer.nextHopMode === 'Keep' ? 'unchanged' : undefined;
  return {
    families: {
      [family]: {
        ...(nextHop === undefined ? {} : { nextHop }),
        ...(peer.allowOwnAs === undefined ? {} : { allowOwnAs: peer.allowOwnAs }),
      },
    },
    multihop: 255,
    // The session is sourced from the node's address unless `sourceAddress: None`, whichever interface it leaves by.
    sourceIsNode: peer.sourceAddress !== 'None',
    filters: peer.filters,
    ...(peer.localAs === undefined ? {} : { localAs: peer.localAs }),
    ...(peer.ttlSecurity === undefined ? {} : { ttlSecurity: peer.ttlSecurity }),
    ...(peer.password === undefined ? {} : { password: peer.password }),
    origin: peer.origin,
  };
}

function isGlobal(peer: CalicoPeer): boolean {
  return peer.nodeSelector === undefined && peer.node === undefined;
}

function familiesOf(identity: Identity): AddressFamily[] {
  return FAMILIES.filter((family) => identity.addresses[family] !== undefined);
}

function familyOf(address: string): AddressFamily {
  return address.includes(':') && !/^\d+(\.\d+){3}:/.test(address) ? 'ipv6' : 'ipv4';
}

function keyOf(neighbour: Neighbour): string {
  return `${neighbour.address} ${neighbour.port ?? 0}`;
}

/** `10.0.0.1`, `10.0.0.1:1179`, `[2001:db8::1]:1179`, as Go's SplitHostPort takes them. */
function splitPort(text: string): readonly [address: string, port: number | undefined] {
  const withPort = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text);
  if (withPort === null) return [canonicalAddress(text), undefined];
  return [canonicalAddress(withPort[1] ?? withPort[2]!), Number(withPort[3])];
}
