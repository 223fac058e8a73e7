import { TIER } from '../../network/graph/names.ts';
import type { GraphEdge, GraphNode } from '../../network/graph/types.ts';
import { formatPrefix, networkOf, parsePrefix } from '../../network/prefix.ts';
import type { Site } from '../../workspace/site.ts';
import { ADDRESS_CLAIMS } from '../addresses.ts';
import { BGP } from '../bgp.ts';
import { HOSTS, type Host } from '../hosts.ts';
import { INTERFACES } from '../interfaces.ts';
import { fact } from './facts.ts';
import type { GraphOrigin } from './origin.ts';

interface Member {
  readonly host: Host;
  readonly port: string;
  readonly address: string;
}

/** Subnets that two or more machines have an address in by interfaces whose cables no file shows. */
export function sharedSubnets(
  site: Site,
  idOf: (host: Host) => string,
): { readonly nodes: readonly GraphNode<GraphOrigin>[]; readonly edges: readonly GraphEdge<GraphOrigin>[] } {
  const subnets = new Map<string, Member[]>();
  for (const host of site.derive(HOSTS).all)
    for (const port of site.derive(BGP).routerOf(host)?.interfaces ?? []) {
      if (port.segment !== undefined) continue;
      for (const address of port.addresses) {
        const prefix = parsePrefix(address);
        if (prefix === undefined || prefix.length >= (prefix.family === 4 ? 32 : 128)) continue;
        const network = formatPrefix(networkOf(prefix));
        subnets.set(network, [...(subnets.get(network) ?? []), { host, port: port.name, address }]);
      }
    }
  const nodes: GraphNode<GraphOrigin>[] = [];
  const edges: GraphEdge<GraphOrigin>[] = [];
  for (const [network, members] of subnets) {
    if (new Set(members.map(({ host }) => host)).size < 2) continue;
    const id = `network/${network}`;
    const origins = members.flatMap((member) => originsOf(site, member));
    nodes.push({
      id,
      role: 'network',
      label: network,
      tier: TIER.bridge,
      facts: members.map(({ host, address }) => fact('holds', `${address} ${host.name}`)),
      origins,
    });
    for (const member of members)
      edges.push({
        id: `in/${network}/${idOf(member.host)}/${member.address}`,
        from: id,
        to: idOf(member.host),
        role: 'attachment',
        state: 'up',
        label: '',
        toLabel: [member.port, member.address].join('\n'),
        facts: [],
        origins: originsOf(site, member),
      });
  }
  return { nodes, edges };
}

function originsOf(site: Site, { host, port, address }: Member): readonly GraphOrigin[] {
  const written =
    site
      .derive(INTERFACES)
      .at(host, port)
      ?.addresses.map(({ text }) => text) ?? [];
  const claimed = (site.derive(ADDRESS_CLAIMS).get(host) ?? []).map(({ text }) => text);
  const bare = address.split('/')[0];
  return [...written, ...claimed]
    .filter(({ value }) => value?.split('/')[0] === bare)
    .slice(0, 2)
    .map(({ place }) => ({ place }));
}
