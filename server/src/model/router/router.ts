import type { Doc, Field, Place } from '../../syntax/document.ts';

/** Address families that Calico's fabric carries; others of a router (VPN, EVPN) are not read. */
export type Family = 'ipv4' | 'ipv6';

/**
 * One router's configuration, read from FRR, from commands typed at vtysh, from VyOS, or from BIRD 2. Places are spans of `doc`: the
 * value's own token, or the keyword where a line has no value. Defaults of the platform are not filled in here; ask the
 * functions of `defaults.ts`.
 */
export interface RouterConfig {
  readonly kind: 'router/Config';
  readonly software: 'frr' | 'vyos' | 'bird';
  readonly doc: Doc;
  readonly path: readonly [];
  /** Only part of the configuration is here (commands typed at a prompt): what is absent may stand elsewhere. */
  readonly partial: boolean;
  readonly hostname?: Field<string>;
  /** The `frr version` line, which decides defaults whatever binary reads the file. */
  readonly frrVersion?: Field<string>;
  readonly frrDefaults?: Field<string>;
  /** The release in VyOS' footer. */
  readonly vyosVersion?: string;
  readonly interfaces: readonly RouterInterface[];
  readonly bgp: readonly BgpInstance[];
  readonly prefixLists: readonly PrefixListEntry[];
  readonly routeMaps: readonly RouteMapEntry[];
  readonly asPathLists: readonly ListEntry[];
  readonly communityLists: readonly ListEntry[];
  /** `access-list` (FRR) and `policy access-list` (VyOS), which distribute-lists name. */
  readonly accessLists: readonly ListEntry[];
  readonly staticRoutes: readonly StaticRoute[];
  /** Routing protocols besides BGP: `ospf`, `isis` … */
  readonly otherProtocols: readonly string[];
  /** VyOS `nat source` rules. */
  readonly natSource: readonly NatRule[];
}

export interface RouterInterface {
  /** `eth1`, or `eth1.100` for a VLAN. */
  readonly name: Field<string>;
  /** As written, in CIDR form; addresses from DHCP are not here. */
  readonly addresses: readonly Field<string>[];
  readonly dhcp?: Field<boolean>;
  readonly mtu?: Field<number>;
  readonly shutdown?: Field<boolean>;
  readonly vrf?: Field<string>;
  readonly description?: Field<string>;
  readonly place: Place;
}

/** Where lines can be put. `insertionText` makes the text; the place is empty. */
export interface Insertion {
  readonly place: Place;
  /** White space that lines there begin with. */
  readonly indent: string;
  readonly newline: '\n' | '\r\n';
  /** What must follow the lines. */
  readonly after: string;
}

export type RemoteAs = number | 'internal' | 'external' | 'auto';

export interface BgpInstance {
  readonly software: RouterConfig['software'];
  /** Absent in a half-typed file. */
  readonly asn?: Field<number>;
  readonly vrf?: Field<string>;
  /** Whose defaults hold. `old` is VyOS before `bgp@2` in its footer, about 1.3; FRR is always `current`. */
  readonly defaults: 'current' | 'old' | 'unclear';
  /** The `router bgp …` line, or VyOS' `bgp` node's name. */
  readonly place: Place;
  readonly routerId?: Field<string>;
  readonly clusterId?: Field<string>;
  /** An explicit `[no] bgp ebgp-requires-policy`. */
  readonly ebgpRequiresPolicy?: Field<boolean>;
  readonly defaultIpv4Unicast?: Field<boolean>;
  readonly defaultIpv6Unicast?: Field<boolean>;
  readonly importCheck?: Field<boolean>;
  readonly multipathRelax?: Field<boolean>;
  readonly compareRouterId?: Field<boolean>;
  readonly confederationId?: Field<number>;
  readonly confederationPeers: readonly Field<number>[];
  readonly maximumPaths: readonly MaximumPaths[];
  readonly networks: readonly NetworkStatement[];
  readonly aggregates: readonly AggregateStatement[];
  readonly redistribute: readonly RedistributeStatement[];
  readonly peerGroups: readonly BgpNeighbor[];
  readonly neighbors: readonly BgpNeighbor[];
  readonly listenRanges: readonly ListenRange[];
  /** Lines that FRR refuses because a word is missing. */
  readonly incomplete: readonly IncompleteLine[];
  /** The blocks of the families that are written. */
  readonly families: Readonly<Partial<Record<Family, FamilyBlock>>>;
  /** For lines of the instance itself, after its router id; absent where nothing can be inserted. */
  readonly insertion?: Insertion;
  /** For lines at the end of the instance, such as a new address family. */
  readonly end?: Insertion;
}

export interface FamilyBlock {
  readonly place: Place;
  /** For lines at the beginning of the block. */
  readonly insertion?: Insertion;
  /** For lines at its end: FRR wants a neighbor's other lines first. */
  readonly end?: Insertion;
}

export interface MaximumPaths {
  readonly family: Family;
  readonly type: 'ebgp' | 'ibgp';
  readonly paths: Field<number>;
}

export interface NetworkStatement {
  readonly family: Family;
  readonly prefix: Field<string>;
  readonly routeMap?: Field<string>;
  readonly place: Place;
}

export interface AggregateStatement {
  readonly family: Family;
  readonly prefix: Field<string>;
  readonly summaryOnly?: Field<boolean>;
  readonly asSet?: Field<boolean>;
  readonly place: Place;
}

export interface RedistributeStatement {
  readonly family: Family;
  /** `connected`, `static`, `kernel`, `ospf` … */
  readonly protocol: Field<string>;
  readonly routeMap?: Field<string>;
  /** Patterns of interfaces in order, `-` before those that are left out; the first that fits decides (BIRD's `direct`). */
  readonly interfaces?: readonly string[];
  readonly place: Place;
}

export interface ListenRange {
  readonly prefix: Field<string>;
  readonly peerGroup?: Field<string>;
  readonly place: Place;
}

export interface IncompleteLine {
  readonly place: Place;
  /** `remote-as` without a value, a bare `neighbor X`, a name where `peer-group` is missing, a filter without direction. */
  readonly missing: 'command' | 'remote-as' | 'peer-group' | 'direction';
}

/** A BGP neighbor, or a peer group (`peer` is then its name). Settings are the written ones; see `effectiveNeighbor`. */
export interface BgpNeighbor {
  /** Address, interface name (unnumbered) or group name. */
  readonly peer: Field<string>;
  readonly sort: 'address' | 'interface' | 'group';
  /** The first line (FRR) or the node's name (VyOS). */
  readonly place: Place;
  readonly remoteAs?: Field<RemoteAs>;
  readonly peerGroup?: Field<string>;
  readonly updateSource?: Field<string>;
  /** Hops; 255 when none are written. */
  readonly ebgpMultihop?: Field<number>;
  /** Hops of `ttl-security`. */
  readonly ttlSecurity?: Field<number>;
  readonly disableConnectedCheck?: Field<boolean>;
  readonly password?: Field<string>;
  readonly passive?: Field<boolean>;
  readonly shutdown?: Field<boolean>;
  readonly localAs?: Field<number>;
  /** `local-as … no-prepend`: received paths are not lengthened by it. */
  readonly localAsNoPrepend?: Field<boolean>;
  /** `local-as … dual-as`: the peer may expect either AS. */
  readonly localAsDual?: Field<boolean>;
  /** `local-as … replace-as`: the router's own AS is not shown beside it. */
  readonly localAsReplaceAs?: Field<boolean>;
  /** BIRD's `rr cluster id`, which is the session's. */
  readonly clusterId?: Field<string>;
  readonly description?: Field<string>;
  readonly port?: Field<number>;
  readonly families: Readonly<Partial<Record<Family, NeighborFamily>>>;
  /** For lines about this neighbor: below its last session line (FRR), or first in its node (VyOS). */
  readonly insertion?: Insertion;
}

export interface NeighborFamily {
  readonly family: Family;
  /** The first line about it, or the family node's name. */
  readonly place: Place;
  readonly activate?: Field<boolean>;
  readonly routeMapIn?: Field<string>;
  readonly routeMapOut?: Field<string>;
  readonly prefixListIn?: Field<string>;
  readonly prefixListOut?: Field<string>;
  readonly distributeListIn?: Field<string>;
  readonly distributeListOut?: Field<string>;
  /** AS-path access lists. */
  readonly filterListIn?: Field<string>;
  readonly filterListOut?: Field<string>;
  /** `self` leaves reflected routes alone, `force` does not; BIRD's `keep` changes none. */
  readonly nextHopSelf?: Field<'self' | 'force' | 'keep' | 'off'>;
  readonly routeReflectorClient?: Field<boolean>;
  readonly routeServerClient?: Field<boolean>;
  /** Times the own AS may stand in a path; 3 when none are written. */
  readonly allowasIn?: Field<number>;
  readonly asOverride?: Field<boolean>;
  readonly removePrivateAs?: Field<boolean>;
  readonly softReconfiguration?: Field<boolean>;
  readonly defaultOriginate?: Field<boolean>;
  readonly sendCommunity?: Field<boolean>;
  readonly maximumPrefix?: Field<number>;
  /** More prefixes than that are told in the log, and harm nothing. */
  readonly maximumPrefixWarns?: Field<boolean>;
  readonly insertion?: Insertion;
}

export interface PrefixListEntry {
  readonly name: Field<string>;
  readonly family: Family;
  readonly seq?: Field<number>;
  readonly action?: Field<'permit' | 'deny'>;
  /** `any` or a prefix. */
  readonly prefix?: Field<string>;
  readonly ge?: Field<number>;
  readonly le?: Field<number>;
  readonly place: Place;
}

/** `match ip address prefix-list P` is `{ words: ['ip', 'address', 'prefix-list', 'P'] }`; VyOS spells the same path. */
export interface Clause {
  readonly words: readonly string[];
  /** The last word. */
  readonly value: Field<string>;
  readonly place: Place;
}

export interface RouteMapEntry {
  readonly name: Field<string>;
  readonly action?: Field<'permit' | 'deny'>;
  readonly seq?: Field<number>;
  readonly match: readonly Clause[];
  readonly set: readonly Clause[];
  /** Another route-map it calls. */
  readonly call?: Field<string>;
  /** Where a route that it takes goes on: at the next entry, or at the first from this number on (`on-match`, `continue`). */
  readonly onMatch?: Field<'next' | number>;
  readonly place: Place;
}

export interface ListEntry {
  readonly name: Field<string>;
  readonly action?: Field<'permit' | 'deny'>;
  /** What it matches, as written. */
  readonly pattern?: Field<string>;
  readonly place: Place;
}

export interface StaticRoute {
  readonly prefix: Field<string>;
  readonly nextHop?: Field<string>;
  readonly interface?: Field<string>;
  readonly blackhole?: Field<boolean>;
  readonly vrf?: Field<string>;
  readonly place: Place;
}

export interface NatRule {
  readonly rule: Field<string>;
  readonly outboundInterface?: Field<string>;
  readonly source?: Field<string>;
  readonly destination?: Field<string>;
  /** `masquerade` or an address. */
  readonly translation?: Field<string>;
  readonly exclude?: Field<boolean>;
  readonly disabled?: Field<boolean>;
  readonly place: Place;
}

/** The text that puts lines at an insertion; an inner line brings its further indentation along. */
export function insertionText(insertion: Insertion, lines: readonly string[]): string {
  return lines.map((line) => `${insertion.newline}${insertion.indent}${line}`).join('') + insertion.after;
}
