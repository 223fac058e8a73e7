import { canonicalAddress, parseAddress } from '../address.ts';
import { once, sameItems } from '../once.ts';
import type { SelectorNode } from '../selector.ts';
import type { CalicoCluster, CalicoNode, CalicoPeer, Identity } from './calico.ts';
import { Selections } from './calico-selections.ts';
import type { AddressFamily, Mesh, Neighbour, NeighbourFamily } from './types.ts';

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

/** What one node renders, and what it was made of. */
interface Rendering {
  /** Targets of each peer that concerns the node, in order. */
  readonly sources: readonly (readonly Target[])[];
  readonly neighbours: readonly Neighbour[];
  readonly duplicates: readonly DuplicatePeering[];
}

/** The targets that one peer was turned into, and the nodes that they stand for. */
interface Targets {
  readonly nodes: readonly Identity[];
  readonly targets: readonly Target[];
}

/** Who peers with whom: confd's computation over all BGPPeers at once (confd/pkg/backends/calico). */
export class Peerings {
  readonly mesh: Mesh;
  readonly duplicates: readonly DuplicatePeering[];
  readonly undecided = new Set<CalicoPeer>();
  readonly #cluster: CalicoCluster;
  readonly #identities: readonly Identity[];
  readonly #byAddress = new Map<string, Identity[]>();
  readonly #byName = new Map<string, Identity[]>();
  readonly #selections: Selections;
  readonly #forward: WeakMap<CalicoPeer, Targets>;
  readonly #reverse: WeakMap<CalicoPeer, Targets>;
  readonly #global: readonly (readonly Target[])[];
  readonly #rendered = new Map<Identity, Rendering>();
  readonly #statements: WeakMap<Identity, readonly Neighbour[]>;

  /** With `before`, made of a cluster with the same default AS and port, what is still right stays the same objects. */
  constructor(cluster: CalicoCluster, identities: readonly Identity[], before?: Peerings) {
    this.#cluster = cluster;
    this.#identities = identities;
    this.#forward = before === undefined ? new WeakMap() : before.#forward;
    this.#reverse = before === undefined ? new WeakMap() : before.#reverse;
    this.#selections = new Selections(identities, before === undefined ? undefined : before.#selections);
    for (const identity of identities) {
      push(this.#byName, identity.node.name, identity);
      for (const address of Object.values(identity.addresses)) push(this.#byAddress, address, identity);
    }
    const sameMesh =
      before !== undefined &&
      before.#cluster.mesh === cluster.mesh &&
      before.#cluster.meshPassword === cluster.meshPassword &&
      before.#cluster.meshOrigin === cluster.meshOrigin;
    this.#statements = sameMesh ? before.#statements : new WeakMap();
    const statements = cluster.mesh === true ? this.#meshStatements() : [];
    this.mesh = before !== undefined && sameItems(before.mesh.statements, statements) ? before.mesh : { statements };
    // A global peering beats a node's own one to the same address, so it comes first; answers by themselves come last.
    const global: (readonly Target[])[] = [];
    const sources = new Map<Identity, (readonly Target[])[]>(identities.map((identity) => [identity, []]));
    for (const peer of cluster.peers)
      if (isGlobal(peer) && !peer.localWorkload) global.push(this.#targets(peer, 'global'));
    for (const peer of cluster.peers) {
      if (isGlobal(peer) || peer.localWorkload) continue;
      const targets = this.#targets(peer, 'node');
      for (const local of this.#locals(peer)) sources.get(local)!.push(targets);
    }
    for (const peer of cluster.peers) this.#addReverse(peer, sources);
    this.#global = global;
    const sameGlobal =
      before !== undefined &&
      global.length === before.#global.length &&
      global.every((targets, index) => targets === before.#global[index]);
    const meshed = before === undefined || before.mesh === this.mesh ? undefined : differing(before.mesh, this.mesh);
    for (const [identity, own] of sources) {
      const known = sameGlobal ? before.#rendered.get(identity) : undefined;
      const isRight =
        known !== undefined &&
        sameItems(known.sources, own) &&
        (meshed === undefined || ![...global, ...own].some((targets) => targets.some(isAmong(meshed))));
      this.#rendered.set(identity, isRight ? known : this.#render(identity, own));
    }
    this.duplicates = [...this.#rendered.values()].flatMap(({ duplicates }) => duplicates);
  }

  /** The neighbours of one node that peers state, global ones before its own; those of the mesh are apart. */
  of(identity: Identity): readonly Neighbour[] {
    return this.#rendered.get(identity)!.neighbours;
  }

  /** A node with a cluster id takes no part in the mesh, and nobody in the mesh peers with it (lab C7b). */
  inMesh({ node }: Identity): boolean {
    return this.#cluster.mesh === true && node.clusterId === undefined;
  }

  #render(identity: Identity, sources: readonly (readonly Target[])[]): Rendering {
    const duplicates: DuplicatePeering[] = [];
    const drop = (kept: Neighbour, dropped: Neighbour): void => {
      duplicates.push({ node: identity.node, address: dropped.address!, kept, dropped });
    };
    const chosen = new Map<string, Target>();
    for (const target of this.#global.flat()) {
      const key = keyOf(target.neighbour);
      if (!chosen.has(key)) chosen.set(key, target);
    }
    for (const targets of sources)
      for (const target of targets) {
        const key = keyOf(target.neighbour);
        const kept = chosen.get(key);
        if (kept === undefined) chosen.set(key, target);
        else if (target.neighbour.peering !== 'reverse' && kept.neighbour.origin !== target.neighbour.origin)
          drop(kept.neighbour, target.neighbour);
      }
    const neighbours: Neighbour[] = [];
    const taken = new Map<string, Neighbour>();
    for (const target of chosen.values()) {
      const neighbour = rendered(identity, target);
      const address = neighbour.address!;
      const own = identity.addresses[familyOf(address)];
      if (own === undefined || own === address) continue;
      const kept = this.#meshStatement(identity, address) ?? taken.get(keyOf(neighbour));
      if (kept === undefined) {
        taken.set(keyOf(neighbour), neighbour);
        neighbours.push(neighbour);
      } else drop(kept, neighbour);
    }
    return { sources, neighbours, duplicates };
  }

  #meshStatement(identity: Identity, address: string): Neighbour | undefined {
    if (!this.inMesh(identity)) return undefined;
    const member = this.#byAddress.get(address)?.findLast((other) => this.inMesh(other));
    return member && this.#statements.get(member)?.find((statement) => statement.address === address);
  }

  #meshStatements(): readonly Neighbour[] {
    const { meshPassword, meshOrigin } = this.#cluster;
    return this.#identities.flatMap((identity) => {
      if (!this.inMesh(identity)) return [];
      const known = this.#statements.get(identity);
      if (known !== undefined) return known;
      const made = familiesOf(identity).map(
        (family): Neighbour => ({
          ...nodeNeighbour(identity, family),
          peering: 'mesh',
          passive: 'by-address',
          sourceIsNode: true,
          ...(meshPassword === undefined ? {} : { password: meshPassword }),
          origin: meshOrigin,
        }),
      );
      this.#statements.set(identity, made);
      return made;
    });
  }

  /** Nodes that somebody peers with answer by themselves, so one statement is enough between Calico nodes. */
  #addReverse(peer: CalicoPeer, sources: ReadonlyMap<Identity, (readonly Target[])[]>): void {
    if (peer.localWorkload || peer.reversePeering === 'Manual') return;
    const locals = this.#peersOf(peer);
    if (locals.length === 0) return;
    const remotes = isGlobal(peer) ? this.#identities : this.#locals(peer);
    const known = this.#reverse.get(peer);
    if (known !== undefined && sameItems(known.nodes, remotes)) {
      for (const local of locals) sources.get(local)!.push(known.targets);
      return;
    }
    const families = peer.peerSelector === undefined ? [familyOf(peer.peerIP ?? '')] : FAMILIES;
    const targets = remotes.flatMap((remote) =>
      families
        .filter((family) => remote.addresses[family] !== undefined)
        .map((family) => this.#nodeTarget(remote, family, peer, 'reverse')),
    );
    this.#reverse.set(peer, { nodes: remotes, targets });
    for (const local of locals) sources.get(local)!.push(targets);
  }

  /** The nodes that a BGPPeer names as the other side. */
  #peersOf(peer: CalicoPeer): readonly Identity[] {
    if (peer.peerSelector !== undefined) return this.#select(peer.peerSelector, peer);
    const [address, port] = targetOf(peer);
    const asn = peer.asn ?? this.#cluster.asn ?? DEFAULT_AS;
    return (this.#byAddress.get(address) ?? []).filter(
      (node) => node.asn === asn && (port === undefined || node.port === undefined || node.port === port),
    );
  }

  #targets(peer: CalicoPeer, way: Way): readonly Target[] {
    const selected = peer.peerSelector === undefined ? undefined : this.#select(peer.peerSelector, peer);
    const [address, written] = targetOf(peer);
    const nodes = selected ?? this.#byAddress.get(address) ?? [];
    const known = this.#forward.get(peer);
    if (known !== undefined && sameItems(known.nodes, nodes)) return known.targets;
    // A node is asked on the port that it listens on, if it is known to be the one that is meant.
    const port = written ?? (selected === undefined ? this.#peersOf(peer)[0]?.port : undefined);
    const targets =
      selected === undefined
        ? addressTargets(peer, way, address, port, nodes.length > 0)
        : selected.flatMap((node) => familiesOf(node).map((family) => this.#nodeTarget(node, family, peer, way)));
    this.#forward.set(peer, { nodes, targets });
    return targets;
  }

  #nodeTarget(node: Identity, family: AddressFamily, peer: CalicoPeer, way: Way): Target {
    return {
      neighbour: { ...nodeNeighbour(node, family), ...settings(peer, family), peering: way },
      keepNextHop: keepsNextHop(peer),
      ...(node.node.clusterId === undefined ? {} : { clusterId: node.node.clusterId }),
    };
  }

  #locals(peer: CalicoPeer): readonly Identity[] {
    if (peer.nodeSelector !== undefined) return this.#select(peer.nodeSelector, peer);
    return (peer.node === undefined ? undefined : this.#byName.get(peer.node)) ?? [];
  }

  #select(selector: SelectorNode | 'unknown', peer: CalicoPeer): readonly Identity[] {
    if (selector === 'unknown') {
      this.undecided.add(peer);
      return [];
    }
    const { nodes, decided } = this.#selections.of(selector);
    if (!decided) this.undecided.add(peer);
    return nodes;
  }
}

function addressTargets(
  peer: CalicoPeer,
  way: Way,
  address: string,
  port: number | undefined,
  isNode: boolean,
): readonly Target[] {
  if (parseAddress(address) === undefined) return [];
  const neighbour: Neighbour = {
    address,
    ...(peer.asn === undefined ? {} : { remoteAs: peer.asn }),
    ...(port === undefined ? {} : { port }),
    // Only global sessions between nodes are made one-way; a node-specific one may connect from both ends.
    ...(isNode && way === 'global' ? { passive: 'by-address' as const } : {}),
    ...ownSettings(peer, familyOf(address)),
    peering: way,
  };
  return [{ neighbour, keepNextHop: keepsNextHop(peer) }];
}

function keepsNextHop({ keepOriginalNextHop, nextHopMode }: CalicoPeer): boolean {
  return keepOriginalNextHop === true && nextHopMode === undefined;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The addresses about which two meshes do not say the same. */
function differing(one: Mesh, other: Mesh): ReadonlySet<string> {
  const [a, b] = [new Set(one.statements), new Set(other.statements)];
  return new Set(
    [...one.statements.filter((it) => !b.has(it)), ...other.statements.filter((it) => !a.has(it))].map(
      ({ address }) => address!,
    ),
  );
}

function isAmong(addresses: ReadonlySet<string>): (target: Target) => boolean {
  return ({ neighbour }) => addresses.has(neighbour.address!);
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

/**
 * What a BGPPeer says about the session to an address. To nodes that it selects, and back from them, confd hands on
 * neither the local AS nor how often the own AS may stand in a path (confd 3.31, `nodeAsBGPPeers`).
 */
function ownSettings(peer: CalicoPeer, family: AddressFamily): Omit<Neighbour, 'address' | 'remoteAs'> {
  const { families, ...others } = settings(peer, family);
  const allowed = peer.allowOwnAs === undefined ? {} : { allowOwnAs: peer.allowOwnAs };
  return {
    ...others,
    families: { [family]: { ...families[family], ...allowed } },
    ...(peer.localAs === undefined ? {} : { localAs: peer.localAs }),
  };
}

/** What a BGPPeer says about each of its sessions. BIRD sends every path it has (`add paths`). */
function settings(peer: CalicoPeer, family: AddressFamily): Omit<Neighbour, 'address' | 'remoteAs'> {
  const nextHop = peer.nextHopMode === 'Self' ? 'self' : peer.nextHopMode === 'Keep' ? 'unchanged' : undefined;
  return {
    families: {
      [family]: { ...(nextHop === undefined ? {} : { nextHop }) },
    },
    multihop: 255,
    // The session is sourced from the node's address unless `sourceAddress: None`, whichever interface it leaves by.
    sourceIsNode: peer.sourceAddress !== 'None',
    filters: peer.filters,
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

const targetOf = once((peer: CalicoPeer) => splitPort(peer.peerIP ?? ''));

/** `10.0.0.1`, `10.0.0.1:1179`, `[2001:db8::1]:1179`, as Go's SplitHostPort takes them. */
function splitPort(text: string): readonly [address: string, port: number | undefined] {
  const withPort = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text);
  if (withPort === null) return [canonicalAddress(text), undefined];
  return [canonicalAddress(withPort[1] ?? withPort[2]!), Number(withPort[3])];
}
