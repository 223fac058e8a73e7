import type { LinkEndpoint, TopologyLink } from '../../model/containerlab/link.ts';
import { graphDraft } from '../../network/graph/draft.ts';
import { TIER } from '../../network/graph/names.ts';
import { inferTiers } from '../../network/graph/tiers.ts';
import type { Fact, Graph, GraphEdge, GraphNode } from '../../network/graph/types.ts';
import { defineDerivation, type Site } from '../../workspace/site.ts';
import { BGP } from '../bgp.ts';
import { HOSTS } from '../hosts.ts';
import { INTERFACES, interfaceName } from '../interfaces.ts';
import { isBridge, LABS, type Lab } from '../labs.ts';
import { factIf } from './facts.ts';
import { factsOf, hostId, originsOf, roleOf, tierOf } from './hosts.ts';
import type { GraphOrigin } from './origin.ts';
import { putIntoRacks } from './physical-racks.ts';
import { sharedSubnets } from './physical-subnets.ts';

/**
 * Machines, bridges and the cables between them, as the topologies say. Machines that no topology wires are joined by the
 * subnets they share; an end that names nothing is drawn as what is missing.
 */
export const PHYSICAL_GRAPH = defineDerivation('physical graph', (site): Graph<GraphOrigin> => {
  const hosts = site.derive(HOSTS);
  const labs = site.derive(LABS);
  const nodes = new Map<string, GraphNode<GraphOrigin>>();
  const edges: GraphEdge<GraphOrigin>[] = [];
  const several = labs.length > 1;
  const labGroup = (lab: Lab): string | undefined => (several ? `lab/${labName(lab, labs)}` : undefined);

  for (const host of hosts.all) {
    const [first] = host.labNodes;
    const tier = tierOf(site, host);
    const group = first === undefined ? undefined : labGroup(first.lab);
    nodes.set(freeId(hostId(host), nodes), {
      id: freeId(hostId(host), nodes),
      role: roleOf(site, host),
      label: host.name,
      ...noteOf(site, host.name, first?.settings.kind?.value, host),
      facts: factsOf(site, host),
      origins: originsOf(host),
      ...(tier !== undefined && { tier }),
      ...(group !== undefined && { group }),
    });
  }
  const ids = new Map<object, string>();
  for (const [index, host] of hosts.all.entries()) ids.set(host, [...nodes.keys()][index]!);

  for (const lab of labs) {
    const group = labGroup(lab);
    const place = (node: GraphNode<GraphOrigin>): string => {
      if (!nodes.has(node.id)) nodes.set(node.id, { ...node, ...(group !== undefined && { group }) });
      else nodes.set(node.id, { ...nodes.get(node.id)!, origins: [...nodes.get(node.id)!.origins, ...node.origins] });
      return node.id;
    };
    for (const node of lab.nodes.values())
      if (isBridge(node))
        place({
          id: `bridge/${labName(lab, labs)}/${node.name}`,
          role: 'bridge',
          label: node.name,
          tier: TIER.bridge,
          facts: factIf('kind', node.settings.kind?.value),
          origins: [{ place: node.settings.name.place, scope: [node.settings.place] }],
        });
    const endOf = (end: LinkEndpoint, link: TopologyLink): string => {
      const known = end.node?.value === undefined ? undefined : lab.nodes.get(end.node.value);
      if (end.kind === 'node' && known !== undefined) {
        if (isBridge(known)) return `bridge/${labName(lab, labs)}/${known.name}`;
        const host = hosts.ofLabNode(known);
        if (host !== undefined) return ids.get(host)!;
      }
      if (end.kind !== 'node')
        return place({
          id: `outside/${end.kind}`,
          role: 'outside',
          label: end.kind,
          facts: [],
          origins: [],
          tier: TIER.core,
        });
      const written = end.node?.value ?? end.text?.value;
      const name = written ?? '?';
      return place({
        id:
          written === undefined
            ? `missing/${labName(lab, labs)}/link ${lab.topology.links.indexOf(link)}`
            : `missing/${labName(lab, labs)}/${name}`,
        role: 'missing',
        label: name,
        facts: [],
        origins: [{ place: end.node?.place ?? end.place }],
      });
    };
    for (const [index, link] of lab.topology.links.entries()) {
      const [near, far] = link.endpoints;
      if (near === undefined) continue;
      const from = endOf(near, link);
      const to = far === undefined ? farOf(link, index, lab, place) : endOf(far, link);
      if (to === undefined) continue;
      edges.push(linkEdge(site, lab, link, [from, to], edges));
    }
  }

  const subnets = sharedSubnets(site, (host) => ids.get(host)!);
  for (const node of subnets.nodes) nodes.set(node.id, node);
  edges.push(...subnets.edges);

  const draft = graphDraft<GraphOrigin>('physical');
  if (several)
    for (const lab of labs)
      draft.group({
        id: `lab/${labName(lab, labs)}`,
        role: 'lab',
        label: labName(lab, labs),
        facts: [],
        origins: [{ place: lab.topology.name?.place ?? { doc: lab.topology.doc, path: [] } }],
      });
  const tiers = inferTiers([...nodes.values()], edges);
  const tiered = [...nodes.values()].map((node) => {
    const tier = tiers.get(node.id);
    return tier === undefined ? node : { ...node, tier };
  });
  for (const node of putIntoRacks(site, tiered, edges, (host) => ids.get(host)!, draft)) draft.node(node);
  for (const edge of edges) draft.edge(edge);
  for (const lab of labs) if (!lab.topology.nodesComplete) draft.unknown(templated(labName(lab, labs)));
  for (const text of site.derive(BGP).unknown) if (labs.length === 0) draft.unknown(text);
  return draft.done();
});

const templated = (name: string) => ({
  en: `The topology ${name} has templates: it may have nodes and links that are not drawn.`,
  'zh-cn': `拓扑 ${name} 含有模板，可能存在未画出的节点与链路。`,
});

function freeId(id: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}~${number}`)) return `${id}~${number}`;
}

function labName(lab: Lab, labs: readonly Lab[]): string {
  const name = lab.topology.name?.value ?? 'lab';
  const same = labs.filter((one) => (one.topology.name?.value ?? 'lab') === name);
  return same.length > 1 ? `${name} ${same.indexOf(lab) + 1}` : name;
}

function noteOf(
  site: Site,
  name: string,
  kind: string | undefined,
  host: Parameters<typeof originsOf>[0],
): { note?: string } {
  const asn = site.derive(BGP).routerOf(host)?.asn;
  const other = host.labNodes.map((node) => node.name).find((one) => one !== name);
  const software = host.routerConfigs[0]?.software;
  const words = [software === undefined ? (other ?? kind) : SOFTWARE[software]];
  if (typeof asn === 'number') words.push(`AS ${asn}`);
  const note = words.filter((word) => word !== undefined).join(' · ');
  return note === '' ? {} : { note };
}

/** A link with one end: a tunnel ends at its remote, a dummy nowhere. */
function farOf(
  link: TopologyLink,
  index: number,
  lab: Lab,
  place: (node: GraphNode<GraphOrigin>) => string,
): string | undefined {
  const remote = link.remote?.value;
  if (link.type === 'dummy') return undefined;
  if (remote !== undefined)
    return place({
      id: `outside/${remote}`,
      role: 'outside',
      label: remote,
      facts: factIf('kind', link.type),
      origins: [{ place: link.remote!.place }],
      tier: TIER.core,
    });
  return place({
    id: `missing/${lab.topology.name?.value ?? 'lab'}/link ${index}`,
    role: 'missing',
    label: '?',
    facts: [],
    origins: [{ place: link.place }],
  });
}

function linkEdge(
  site: Site,
  lab: Lab,
  link: TopologyLink,
  [from, to]: readonly [string, string],
  others: readonly GraphEdge<GraphOrigin>[],
): GraphEdge<GraphOrigin> {
  const [near, far] = link.endpoints;
  const [here, there] = [portOf(site, lab, near), portOf(site, lab, far)];
  const facts: Fact[] = [
    ...factIf('kind', link.type === 'veth' ? undefined : link.type),
    ...factIf('mtu', link.mtu?.value),
  ];
  const id = `link/${from}:${here.name}--${to}:${there.name}`;
  const same = others.filter((edge) => edge.id === id || edge.id.startsWith(`${id}~`)).length;
  const unknown = from.startsWith('missing/') || to.startsWith('missing/');
  return {
    id: same === 0 ? id : `${id}~${same + 1}`,
    from,
    to,
    role: 'link',
    state: unknown ? 'unknown' : here.shutdown || there.shutdown ? 'down' : 'up',
    label: '',
    fromLabel: here.label,
    toLabel: there.label,
    facts,
    origins: [{ place: near?.place ?? link.place, scope: [link.place] }],
  };
}

function portOf(
  site: Site,
  lab: Lab,
  end: LinkEndpoint | undefined,
): { name: string; label: string; shutdown: boolean } {
  const written = end?.interface?.value ?? '';
  const node = end?.node?.value === undefined ? undefined : lab.nodes.get(end.node.value);
  const host = node === undefined ? undefined : site.derive(HOSTS).ofLabNode(node);
  const name = node === undefined ? undefined : interfaceName(node, end?.interface?.value);
  const port = host === undefined || name === undefined ? undefined : site.derive(INTERFACES).at(host, name);
  const addresses = (port?.addresses ?? []).map(({ text }) => text.value ?? '');
  const mtu = port?.mtu === undefined || port.mtu.value === 1500 ? [] : [`MTU ${port.mtu.value}`];
  return { name: written, label: [written, ...addresses, ...mtu].join('\n'), shutdown: port?.shutdown === true };
}

const SOFTWARE = { frr: 'FRR', vyos: 'VyOS', bird: 'BIRD' } as const;
