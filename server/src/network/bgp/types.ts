/** Where a value came from. Opaque here; carried through to the answers so that a finding can point at it. */
export type Origin = unknown;

export type AddressFamily = 'ipv4' | 'ipv6';

/** Which daemon decides: Calico runs BIRD with confd's configuration, VyOS runs FRR. */
export type RouterKind = 'calico' | 'frr' | 'vyos' | 'bird';

export interface Interface {
  readonly name: string;
  /** With prefix length: `10.1.5.1/24`. */
  readonly addresses: readonly string[];
  /** The link or bridge it is plugged into; `null`: known to be plugged into nothing; absent: not known. */
  readonly segment?: string | null;
  readonly mtu?: number;
  readonly shutdown?: boolean;
  readonly origin?: Origin;
}

/** A static or kernel route; neither `via` nor `device` means it drops what it matches. */
export interface StaticRoute {
  readonly prefix: string;
  readonly via?: string;
  readonly device?: string;
  /** Set with `ip route`: the kernel has it, and no routing daemon answers for it. */
  readonly kernel?: true;
  readonly origin?: Origin;
}

export interface PrefixRule {
  readonly permit: boolean;
  readonly prefix: string;
  readonly ge?: number;
  readonly le?: number;
}

export type Match =
  | { readonly kind: 'prefix'; readonly rules: readonly PrefixRule[] }
  | { readonly kind: 'nextHop'; readonly rules: readonly PrefixRule[] }
  /** Each pattern is FRR's regular expression over the AS path written as text, `_` being a boundary. */
  | { readonly kind: 'asPath'; readonly rules: readonly { readonly permit: boolean; readonly pattern: string }[] }
  | { readonly kind: 'community'; readonly communities: readonly string[] }
  /** Names a list that is not defined: matches nothing. */
  | { readonly kind: 'undefined' }
  /** Something not modelled here: may match or not. */
  | { readonly kind: 'unknown' };

export type Change =
  | { readonly kind: 'nextHop'; readonly address: string | 'self' | 'unchanged' }
  | { readonly kind: 'localPreference' | 'metric' | 'weight'; readonly value: number }
  | { readonly kind: 'prepend'; readonly asns: readonly number[] }
  | { readonly kind: 'community'; readonly communities: readonly string[]; readonly additive: boolean };

export interface PolicyStep {
  readonly permit: boolean;
  /** All must match. */
  readonly matches: readonly Match[];
  readonly changes: readonly Change[];
  /** `call`: what this one makes of the route counts, too; where it denies, the whole policy does. */
  readonly call?: Policy;
  /** `on-match`: the place in the list of the step at which a route that is permitted goes on. */
  readonly goesOnAt?: number;
  readonly origin?: Origin;
}

/** A route-map, prefix-list, distribute-list or filter-list as ordered steps. What no step permits is denied. */
export interface Policy {
  readonly name: string;
  readonly steps: readonly PolicyStep[];
  /** The name is used but not defined: denies everything, and hides FRR's `(Policy)` marker (lab A10). */
  readonly isUndefined?: boolean;
  readonly origin?: Origin;
}

/** One rule of a Calico BGPFilter; the first that matches decides. */
export interface FilterRule {
  readonly action: 'Accept' | 'Reject';
  readonly cidr?: string;
  readonly matchOperator?: 'Equal' | 'NotEqual' | 'In' | 'NotIn';
  readonly prefixLength?: { readonly min?: number; readonly max?: number };
  readonly source?: string;
  readonly interface?: string;
  readonly peerType?: 'eBGP' | 'iBGP';
  readonly origin?: Origin;
}

export interface Filter {
  readonly name: string;
  readonly import: Readonly<Record<AddressFamily, readonly FilterRule[]>>;
  readonly export: Readonly<Record<AddressFamily, readonly FilterRule[]>>;
  readonly origin?: Origin;
}

/** What a neighbour does in one address family in which it is active. */
export interface NeighbourFamily {
  readonly reflectorClient?: boolean;
  /** `self` leaves reflected routes alone, `force` does not (lab B1, B8). */
  readonly nextHop?: 'self' | 'force' | 'unchanged';
  readonly allowOwnAs?: number;
  readonly asOverride?: boolean;
  readonly removePrivateAs?: boolean;
  readonly defaultOriginate?: boolean;
  readonly addPath?: boolean;
  /** More prefixes than this end the session. */
  readonly maximumPrefix?: number;
  /** All must permit. */
  readonly import?: readonly Policy[];
  readonly export?: readonly Policy[];
}

export interface Neighbour {
  /** Absent for an unnumbered neighbour (`interface`) and for a range of passive ones (`range`). */
  readonly address?: string;
  readonly interface?: string;
  readonly range?: string;
  /** Absent: nothing is configured; `unknown`: something is, but it cannot be read. */
  readonly remoteAs?: number | 'internal' | 'external' | 'auto' | 'unknown';
  /** The AS this router shows to this neighbour instead of its own. */
  readonly localAs?: number;
  /** `dual-as`: the peer may expect the router's own AS just as well. */
  readonly dualAs?: boolean;
  readonly localAsReplaces?: boolean;
  readonly localAsNoPrepend?: boolean;
  readonly families: Readonly<Partial<Record<AddressFamily, NeighbourFamily>>>;
  /** An address or an interface name. */
  readonly source?: string;
  /** Calico: whether the session is sourced from the node's own address (`sourceAddress: UseNodeIP`). */
  readonly sourceIsNode?: boolean;
  /** Hops an eBGP session may cross; absent: one. Calico's sessions are always multihop. */
  readonly multihop?: number;
  readonly ttlSecurity?: number;
  readonly noConnectedCheck?: boolean;
  /** `by-address`: the end with the lower address, compared as text, waits for the other (Calico's mesh). */
  readonly passive?: boolean | 'by-address';
  readonly shutdown?: boolean;
  /** Any text that is the same on both ends when the passwords are; `unknown` when there is one that cannot be read. */
  readonly password?: string;
  readonly port?: number;
  /** Calico: the BGPFilters in order, and how the session came about. */
  readonly filters?: readonly Filter[];
  readonly peering?: 'mesh' | 'global' | 'node' | 'reverse';
  readonly reflectorClusterId?: string;
  readonly group?: string;
  readonly origin?: Origin;
}

/** What a router announces of its own accord. */
export interface Announcement {
  /** A prefix, or a symbolic block `10.244.0.0/16#node1` where the real one is not known. */
  readonly prefix: string;
  readonly kind: 'network' | 'block' | 'aggregate';
  /** The gateway of a static route that BIRD announces: it becomes the next hop where the peer can use it. */
  readonly via?: string;
  /** An aggregate that keeps back what it is made of. */
  readonly summaryOnly?: boolean;
  /** An aggregate that says which AS numbers its parts came through. */
  readonly asSet?: boolean;
  readonly policy?: Policy;
  readonly origin?: Origin;
}

/** `redistribute connected` and the like, in one family. */
export interface Redistribution {
  readonly family: AddressFamily;
  readonly protocol: string;
  /** BIRD: patterns of interfaces in order, `-` before those that are left out; absent: all. */
  readonly interfaces?: readonly string[];
  readonly policy?: Policy;
  readonly origin?: Origin;
}

/** A Calico IPPool as far as BGP export looks at it. */
export interface ExportPool {
  readonly cidr: string;
  readonly disableBGPExport: boolean;
  readonly origin?: Origin;
}

/** Anything that owns addresses and forwards packets; with neighbours it speaks BGP. */
export interface Router {
  readonly name: string;
  readonly kind: RouterKind;
  /** Absent on a device without BGP, `unknown` when it cannot be read. */
  readonly asn?: number | 'unknown';
  /**
   * The labs that it is a node of, opaque. Routers of different labs never meet, whatever their addresses, for variants of a
   * lab lie side by side; one that is of no lab may meet everybody.
   */
  readonly labs?: readonly unknown[];
  /** Absent: the daemon derives it from its addresses. */
  readonly routerId?: string;
  readonly clusterId?: string;
  /** Major and minor version of the daemon where known. */
  readonly version?: readonly [number, number];
  readonly interfaces: readonly Interface[];
  /** Whether the interfaces listed are all that matter; if not, an address that is missing proves nothing. */
  readonly interfacesComplete: boolean;
  readonly routes: readonly StaticRoute[];
  /** Another protocol, such as OSPF, may add routes: one that is missing here proves nothing. */
  readonly learnsRoutes?: boolean;
  /** BGP in VRFs, which is not modelled: a neighbour that is missing here may be there. */
  readonly hasVrfs?: boolean;
  /** What is stated for this router; the mesh's statements, which are the same for all its members, are the fabric's. */
  readonly neighbours: readonly Neighbour[];
  readonly inMesh?: boolean;
  readonly announcements: readonly Announcement[];
  readonly redistribute?: readonly Redistribution[];
  /** RFC 8212: an eBGP neighbour without policy exchanges nothing (FRR's traditional profile). */
  readonly requiresPolicy?: boolean;
  /** `network` is announced only when the routing table holds it (FRR's default, never on VyOS). */
  readonly importCheck?: boolean;
  readonly multipathRelax?: boolean;
  readonly compareRouterId?: boolean;
  readonly maximumPaths?: { readonly ebgp: number; readonly ibgp: number };
  /** FRR `ip nht resolve-via-default`; absent: by version (lab B5f). */
  readonly resolveViaDefault?: boolean;
  /** Calico: the node's addresses, and the pools that its export filter lets through. */
  readonly nodeAddress?: Readonly<Partial<Record<AddressFamily, string>>>;
  readonly pools?: readonly ExportPool[];
  readonly origin?: Origin;
}

/** Calico's node-to-node mesh: members peer with each other over every family that both have an address of. */
export interface Mesh {
  /** One for each address of each member, in the order of the nodes. */
  readonly statements: readonly Neighbour[];
}

/** One network. */
export interface Fabric {
  readonly routers: readonly Router[];
  readonly mesh?: Mesh;
  /** Whether every router that could be a peer is among `routers`; if not, an unknown peer proves nothing. */
  readonly complete: boolean;
}

export type Reason =
  | 'as-mismatch'
  | 'half-open'
  | 'unknown-peer'
  | 'not-connected'
  | 'family-not-active'
  | 'wrong-source'
  | 'own-address'
  | 'duplicate-address'
  | 'duplicate-router-id'
  | 'password-mismatch'
  | 'passive-both'
  | 'ttl-mismatch'
  | 'remote-as-missing'
  | 'shutdown'
  | 'too-many-prefixes'
  | 'not-readable';

export type SessionState = 'established' | 'down' | 'unknown';

/** One configured neighbour of one router and what becomes of it. */
export interface Session {
  readonly router: Router;
  readonly neighbour: Neighbour;
  readonly peer?: Router;
  /** The other end's statement about this one, where there is one. */
  readonly peerNeighbour?: Neighbour;
  readonly localAddress?: string;
  readonly peerAddress: string;
  readonly localAs?: number;
  readonly peerAs?: number;
  readonly state: SessionState;
  readonly reason: Reason | null;
  /** Whether this end is the one to change; the other end of the pair then only suffers. */
  readonly blamed: boolean;
  /** Families in which both ends exchange routes; empty on a session that is not established. */
  readonly families: readonly AddressFamily[];
}

/** One path to one prefix at one router. */
export interface RouteAnswer {
  readonly prefix: string;
  readonly nextHop: string | null;
  readonly asPath: readonly number[];
  /** Router it was learned from; null for an own announcement. */
  readonly from: string | null;
  readonly usable: boolean;
  readonly best: 'yes' | 'no' | 'tied';
  /** Among the paths in use at the same time. */
  readonly multipath: boolean;
  readonly session?: Session;
  readonly origin?: Origin;
}
