import type { Field, Place } from '../../syntax/document.ts';
import { partsOf, rawText } from '../part.ts';
import type { Reader } from '../reader.ts';
import { present } from '../resource.ts';

export const LINK_TYPES = [
  'veth',
  'veth-stitch',
  'mgmt-net',
  'host',
  'macvlan',
  'vxlan',
  'vxlan-stitch',
  'dummy',
] as const;
export type LinkType = (typeof LINK_TYPES)[number];

/** What a link ends at when it is not a node of the topology. */
export type EndpointKind = 'node' | 'host' | 'mgmt-net' | 'macvlan';

/** A link in any of its spellings. */
export interface TopologyLink {
  readonly place: Place;
  /** `brief`: `endpoints: ["a:eth1", "b:eth1"]`. */
  readonly form: 'brief' | 'extended';
  /** Absent when `type` is templated or no type that containerlab knows. */
  readonly type?: LinkType;
  readonly typeText?: Field<string>;
  /**
   * The ends in order. A one-ended form (`host`, `mgmt-net`, `macvlan`) has its host side as second end, of that kind;
   * `vxlan` and `dummy` have one.
   */
  readonly endpoints: readonly LinkEndpoint[];
  /** Entries of `endpoints:` as written; absent when the link has no such list. */
  readonly endpointCount?: number;
  readonly mtu?: Field<number>;
  readonly hostInterface?: Field<string>;
  readonly mode?: Field<string>;
  /** Far end of a VXLAN tunnel: an address or a name. */
  readonly remote?: Field<string>;
  readonly vni?: Field<number>;
  readonly dstPort?: Field<number>;
  readonly srcPort?: Field<number>;
  readonly parentInterface?: Field<string>;
  /** `ipv4:` and `ipv6:` of the link itself, in the order of the endpoints; `""` leaves one out. */
  readonly ipv4: readonly Field<string>[];
  readonly ipv6: readonly Field<string>[];
  readonly keys: readonly Field<string>[];
}

export interface LinkEndpoint {
  readonly kind: EndpointKind;
  readonly place: Place;
  /** The whole `node:interface` token of the brief form. Without its colon there is neither node nor interface. */
  readonly text?: Field<string>;
  readonly node?: Field<string>;
  readonly interface?: Field<string>;
  readonly mac?: Field<string>;
  /** Address with prefix length, from the endpoint or from the link's own list. */
  readonly ipv4?: Field<string>;
  readonly ipv6?: Field<string>;
}

export function readLink(link: Reader): TopologyLink {
  const typeText = link.string('type');
  const written = typeText?.value?.trim().toLowerCase();
  const brief = typeText === undefined || written === 'brief' || written === '';
  const ipv4 = addresses(link, 'ipv4');
  const ipv6 = addresses(link, 'ipv6');
  const ends = brief ? link.items('endpoints').map(briefEndpoint) : extendedEndpoints(link, written);
  const list = link.at('endpoints').node;
  return present<TopologyLink>({
    place: link.place,
    form: brief ? 'brief' : 'extended',
    type: brief ? briefType(ends) : LINK_TYPES.find((type) => type === written),
    typeText,
    endpoints: ends.map((end, index) =>
      present<LinkEndpoint>({ ...end, ipv4: end.ipv4 ?? ipv4[index], ipv6: end.ipv6 ?? ipv6[index] }),
    ),
    endpointCount: list?.kind === 'sequence' ? list.items.length : undefined,
    mtu: link.number('mtu'),
    hostInterface: link.string('host-interface'),
    mode: link.string('mode'),
    remote: link.string('remote'),
    vni: link.number('vni'),
    dstPort: link.number('dst-port') ?? link.number('udp-port'),
    srcPort: link.number('src-port'),
    parentInterface: link.string('parent-interface'),
    ipv4,
    ipv6,
    keys: link.entries().map(({ key }) => key),
  });
}

/** An address list, with an empty text where an entry is null, so that positions stay those of the endpoints. */
function addresses(link: Reader, family: 'ipv4' | 'ipv6'): readonly Field<string>[] {
  return link.items(family).map((item) => item.string() ?? { value: '', place: item.place });
}

/** containerlab splits at the first colon only, and knows three names that are no nodes (links/link_brief.go). */
function briefEndpoint(item: Reader): LinkEndpoint {
  const text = rawText(item) === undefined ? undefined : item.string();
  const [node, port] = partsOf(item, ':', 2);
  if (node === undefined || port === undefined) return present<LinkEndpoint>({ kind: 'node', place: item.place, text });
  return present<LinkEndpoint>({ kind: endpointKind(node), place: item.place, text, node, interface: port });
}

function endpointKind(node: Field<string>): EndpointKind {
  const name = node.value?.trim().toLowerCase();
  return name === 'host' || name === 'mgmt-net' || name === 'macvlan' ? name : 'node';
}

function briefType(ends: readonly LinkEndpoint[]): LinkType {
  const special = ends.find(({ kind }) => kind !== 'node')?.kind;
  return special === undefined || special === 'node' ? 'veth' : special;
}

function extendedEndpoints(link: Reader, type: string | undefined): readonly LinkEndpoint[] {
  const list = link.at('endpoints');
  if (list.node?.kind === 'sequence') return list.items().map(extendedEndpoint);
  const single = link.at('endpoint');
  if (!single.exists) return [];
  const near = extendedEndpoint(single);
  const far = link.at('host-interface');
  if (type !== 'host' && type !== 'mgmt-net' && type !== 'macvlan') return [near];
  return [near, present<LinkEndpoint>({ kind: type, place: far.place, interface: far.string() })];
}

function extendedEndpoint(item: Reader): LinkEndpoint {
  return present<LinkEndpoint>({
    kind: 'node',
    place: item.place,
    node: item.string('node'),
    interface: item.string('interface'),
    mac: item.string('mac'),
    ipv4: item.string('ipv4'),
    ipv6: item.string('ipv6'),
  });
}
