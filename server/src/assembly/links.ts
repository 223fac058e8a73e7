import type { LinkEndpoint, TopologyLink } from '../model/containerlab/link.ts';
import { sameItems } from '../network/once.ts';
import type { Place } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { HOSTS, type Host } from './hosts.ts';
import { type HostInterface, INTERFACES, interfaceName } from './interfaces.ts';
import { isBridge, isRootNamespace, LABS, type Lab, type LabNode } from './labs.ts';

/** What shares one layer-2 link: the two ends of a cable, or everything that is plugged into one bridge. */
export interface Segment {
  /** The same for the same links; opaque. */
  readonly id: string;
  readonly lab: Lab;
  readonly links: readonly TopologyLink[];
  readonly bridges: readonly LabNode[];
  /** In the order of the topology, bridge ports left out. */
  readonly ends: readonly SegmentEnd[];
  /** Whether `ends` are all that is plugged in: not with an end at the host, a tunnel, or one that cannot be read. */
  readonly closed: boolean;
}

export interface SegmentEnd {
  readonly node: LabNode;
  readonly host: Host;
  readonly interface: HostInterface;
  readonly endpoint: LinkEndpoint;
  readonly link: TopologyLink;
}

export interface Segments {
  /** In the order of the topologies and their links. */
  readonly all: readonly Segment[];
  /**
   * The segment of a host's interface; that of a VLAN's parent for `eth1.100`. `null`: the host is a lab node whose links
   * are all known, and the interface is plugged into nothing. Undefined: not known, or the management network.
   */
  readonly of: (host: Host, interfaceName: string) => Segment | null | undefined;
}

/** The layer-2 segments of every lab; the same object as before when every lab and all its hosts are the same. */
export const SEGMENTS = defineDerivation(
  'segments',
  (site, before: (Segments & Basis) | undefined): Segments & Basis => {
    const hosts = site.derive(HOSTS);
    const interfaces = site.derive(INTERFACES);
    const labs = site.derive(LABS);
    const plugged = labs.flatMap((lab) => [...lab.nodes.values()].map(hosts.ofLabNode));
    if (before !== undefined && sameItems(before.labs, labs) && sameItems(before.plugged, plugged)) return before;
    const all = labs.flatMap((lab, index) =>
      joined(lab).map((group): Segment => {
        const ends = group.links.flatMap((link) =>
          link.endpoints.flatMap((endpoint) => {
            const node = endpoint.node?.value === undefined ? undefined : lab.nodes.get(endpoint.node.value);
            const host = node === undefined || endpoint.kind !== 'node' ? undefined : hosts.ofLabNode(node);
            const name = node === undefined ? undefined : interfaceName(node, endpoint.interface?.value);
            const port = host === undefined || name === undefined ? undefined : interfaces.at(host, name);
            return node === undefined || host === undefined || port === undefined
              ? []
              : [{ node, host, interface: port, endpoint, link }];
          }),
        );
        const plugs = group.links.reduce((sum, link) => sum + link.endpoints.length, 0);
        const ports = group.links.flatMap((link) => link.endpoints).filter((end) => bridgeOf(lab, end) !== undefined);
        const tunnelled = group.links.some(({ type }) => type !== 'veth' && type !== 'veth-stitch');
        const closed = !tunnelled && ends.length + ports.length === plugs && lab.topology.nodesComplete;
        return { ...group, id: `${index}/${group.first}`, lab, ends, closed };
      }),
    );
    const byInterface = new Map<HostInterface, Segment>();
    for (const segment of all) for (const end of segment.ends) byInterface.set(end.interface, segment);
    return {
      all,
      labs,
      plugged,
      of: (host, name) => {
        const port = interfaces.at(host, name) ?? interfaces.at(host, name.replace(/\..*$/, ''));
        const parent = interfaces.at(host, name.replace(/\..*$/, ''));
        const segment =
          (port === undefined ? undefined : byInterface.get(port)) ??
          (parent === undefined ? undefined : byInterface.get(parent));
        if (segment !== undefined) return segment;
        if (host.labNodes.some((node) => isManagement(node, name))) return undefined;
        const own = host.labNodes.map(({ lab }) => lab);
        return own.length > 0 && own.every(linksAreKnown) ? null : undefined;
      },
    };
  },
);

/** What segments are made of. */
interface Basis {
  readonly labs: readonly Lab[];
  /** The hosts of all nodes of these labs, in order. */
  readonly plugged: readonly (Host | undefined)[];
}

function isManagement(node: LabNode, name: string): boolean {
  return name === 'eth0' || node.kind?.interfaces.management.includes(name) === true;
}

/** Whether every end of every link of a lab can be read and names a node of it. */
function linksAreKnown({ topology, nodes }: Lab): boolean {
  return (
    topology.nodesComplete &&
    topology.links.every((link) =>
      link.endpoints.every(
        ({ kind, node, interface: port }) =>
          kind !== 'node' || (node?.value !== undefined && port?.value !== undefined && nodes.has(node.value)),
      ),
    )
  );
}

interface Group {
  readonly first: number;
  readonly links: readonly TopologyLink[];
  readonly bridges: readonly LabNode[];
}

interface Draft {
  readonly first: number;
  readonly links: TopologyLink[];
  readonly bridges: Map<string, LabNode>;
}

/** Links joined by the bridges they share. */
function joined(lab: Lab): readonly Group[] {
  const groups = new Set<Draft>();
  const groupOf = new Map<string, Draft>();
  for (const [index, link] of lab.topology.links.entries()) {
    const bridges = new Map(
      link.endpoints.flatMap((end) => {
        const bridge = bridgeOf(lab, end);
        return bridge === undefined ? [] : [[bridgeName(bridge), bridge] as const];
      }),
    );
    const touching = new Set([...bridges.keys()].flatMap((name) => groupOf.get(name) ?? []));
    const [first, ...others] = [...touching].sort((one, other) => one.first - other.first);
    const target: Draft = first ?? { first: index, links: [], bridges: new Map() };
    groups.add(target);
    target.links.push(link);
    for (const [name, bridge] of bridges) target.bridges.set(name, bridge);
    for (const other of others) {
      target.links.push(...other.links);
      for (const [name, bridge] of other.bridges) target.bridges.set(name, bridge);
      groups.delete(other);
    }
    for (const name of target.bridges.keys()) groupOf.set(name, target);
  }
  return [...groups].map(({ first, links, bridges }) => ({ first, links, bridges: [...bridges.values()] }));
}

function bridgeOf(lab: Lab, end: LinkEndpoint): LabNode | undefined {
  const node = end.kind === 'node' && end.node?.value !== undefined ? lab.nodes.get(end.node.value) : undefined;
  return node !== undefined && isBridge(node) ? node : undefined;
}

/** `br0|a` and `br0|b` are one bridge of the host (nodes/bridge/bridge.go); in a container's name space each is its own. */
function bridgeName(bridge: LabNode): string {
  return isRootNamespace(bridge) ? bridge.name.replace(/\|.*$/, '') : bridge.name;
}

/** `node:interface` of an end, and where that stands. */
export function endName(end: SegmentEnd): string {
  return `${end.node.name}:${end.endpoint.interface?.value ?? end.interface.name}`;
}

export function endPlace(end: SegmentEnd): Place {
  return end.endpoint.place;
}
