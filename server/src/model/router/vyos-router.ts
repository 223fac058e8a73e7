import type { Doc, Field } from '../../syntax/document.ts';
import type { VyosNode, VyosTree } from '../../syntax/vyos.ts';
import { actionField, placeOf, textField } from './fields.ts';
import type {
  Clause,
  Family,
  ListEntry,
  NatRule,
  PrefixListEntry,
  RouteMapEntry,
  RouterConfig,
  RouterInterface,
  StaticRoute,
} from './router.ts';
import { vyosBgpInstances } from './vyos-bgp.ts';
import type { VyosText } from './vyos-nodes.ts';
import { leavesOf, named, nodeAt, nodesAt, valueToken } from './vyos-nodes.ts';

/** The model of a VyOS configuration. */
export function vyosRouter(doc: Doc, tree: VyosTree): RouterConfig {
  const source: VyosText = { doc, text: tree.text };
  const { nodes } = tree;
  const systemName = nodesAt(nodes, 'system', 'host-name').at(-1);
  const hostname = valueToken(source, systemName);
  return {
    kind: 'router/Config',
    path: [],
    software: 'vyos',
    doc,
    partial: false,
    ...(hostname && { hostname: textField(doc, hostname) }),
    ...(tree.version !== undefined && { vyosVersion: tree.version }),
    interfaces: nodesAt(nodes, 'interfaces').flatMap((node) =>
      node.children.flatMap((child) => interfaceOf(source, child, '')),
    ),
    bgp: vyosBgpInstances(source, nodes, tree.components),
    prefixLists: [...prefixLists(source, nodes, 'ipv4'), ...prefixLists(source, nodes, 'ipv6')],
    routeMaps: rulesOf(source, nodes, 'route-map').map(([name, rule]) => routeMapEntry(source, name, rule)),
    asPathLists: rulesOf(source, nodes, 'as-path-list').map(([name, rule]) => listEntry(source, name, rule)),
    communityLists: ['community-list', 'large-community-list'].flatMap((kind) =>
      rulesOf(source, nodes, kind).map(([name, rule]) => listEntry(source, name, rule)),
    ),
    accessLists: ['access-list', 'access-list6'].flatMap((kind) =>
      rulesOf(source, nodes, kind).map(([name, rule]) => listEntry(source, name, rule)),
    ),
    staticRoutes: [
      ...staticRoutes(source, nodesAt(nodes, 'protocols', 'static'), undefined),
      ...nodesAt(nodes, 'vrf', 'name').flatMap((vrf) => {
        const name = valueToken(source, vrf);
        return staticRoutes(source, nodesAt(vrf.children, 'protocols', 'static'), name && textField(doc, name));
      }),
    ],
    otherProtocols: ['ospf', 'ospfv3', 'isis', 'rip', 'ripng', 'eigrp', 'babel', 'openfabric'].filter(
      (protocol) => nodesAt(nodes, 'protocols', protocol).length > 0,
    ),
    natSource: nodesAt(nodes, 'nat', 'source', 'rule').flatMap((rule) => natRule(source, rule)),
  };
}

/** An interface and its VLANs, named as the kernel names them. */
function interfaceOf(source: VyosText, node: VyosNode, parent: string): RouterInterface[] {
  const { doc } = source;
  const token = valueToken(source, node);
  if (!token) return [];
  const name = `${parent}${token.text}`;
  const leaf = leavesOf(source, node);
  const addresses = named(node.children, 'address').flatMap((address) => valueToken(source, address) ?? []);
  const dhcp = addresses.find((address) => /^dhcp(?:v6)?$/.test(address.text));
  const mtu = leaf.number('mtu');
  const shutdown = leaf.flag('disable');
  const vrf = leaf.text('vrf');
  const description = leaf.text('description');
  const own: RouterInterface = {
    name: textField(doc, { ...token, text: name }),
    addresses: addresses.filter((address) => /[/{$]/.test(address.text)).map((address) => textField(doc, address)),
    ...(dhcp && { dhcp: { value: true, place: placeOf(doc, dhcp.span) } }),
    ...(mtu && { mtu }),
    ...(shutdown && { shutdown }),
    ...(vrf && { vrf }),
    ...(description && { description }),
    place: placeOf(doc, node.nameSpan),
  };
  const vlans = node.children.filter((child) => /^vif(?:-[sc])?$/.test(child.name));
  return [own, ...vlans.flatMap((vlan) => interfaceOf(source, vlan, `${name}.`))];
}

/** Each rule of the policies of one kind, with the policy's name. */
function rulesOf(
  source: VyosText,
  nodes: readonly VyosNode[],
  kind: string,
): readonly (readonly [Field<string>, VyosNode])[] {
  return nodesAt(nodes, 'policy', kind).flatMap((policy) => {
    const name = valueToken(source, policy);
    return name ? named(policy.children, 'rule').map((rule) => [textField(source.doc, name), rule] as const) : [];
  });
}

function actionOf(source: VyosText, rule: VyosNode): { readonly action?: Field<'permit' | 'deny'> } {
  const token = valueToken(source, nodeAt(rule, 'action'));
  return token ? { action: actionField(source.doc, token) } : {};
}

function prefixLists(source: VyosText, nodes: readonly VyosNode[], family: Family): readonly PrefixListEntry[] {
  return rulesOf(source, nodes, family === 'ipv4' ? 'prefix-list' : 'prefix-list6').map(([name, rule]) => {
    const leaf = leavesOf(source, rule);
    const prefix = leaf.text('prefix');
    const ge = leaf.number('ge');
    const le = leaf.number('le');
    return {
      name,
      family,
      ...sequenceOf(source, rule),
      ...actionOf(source, rule),
      ...(prefix && { prefix }),
      ...(ge && { ge }),
      ...(le && { le }),
      place: placeOf(source.doc, rule.nameSpan),
    };
  });
}

function sequenceOf(source: VyosText, rule: VyosNode): { readonly seq?: Field<number> } {
  const token = valueToken(source, rule);
  if (!token) return {};
  return {
    seq: { value: /^\d+$/.test(token.text) ? Number(token.text) : undefined, place: placeOf(source.doc, token.span) },
  };
}

function routeMapEntry(source: VyosText, name: Field<string>, rule: VyosNode): RouteMapEntry {
  const leaves = leavesOf(source, rule);
  const call = leaves.text('call');
  const next = leaves.flag('on-match', 'next');
  const jump = leaves.number('on-match', 'goto') ?? leaves.number('continue');
  const onMatch: RouteMapEntry['onMatch'] = jump ?? (next && { value: 'next', place: next.place });
  return {
    name,
    ...sequenceOf(source, rule),
    ...actionOf(source, rule),
    match: clauses(source, nodeAt(rule, 'match'), []),
    set: clauses(source, nodeAt(rule, 'set'), []),
    ...(call && { call }),
    ...(onMatch && { onMatch }),
    place: placeOf(source.doc, rule.nameSpan),
  };
}

/** The leaves below `match` or `set`, each with its path as words. */
function clauses(source: VyosText, node: VyosNode | undefined, path: readonly string[]): readonly Clause[] {
  return (node?.children ?? []).flatMap((child): readonly Clause[] => {
    const token = valueToken(source, child) ?? { text: child.name, span: child.nameSpan };
    const words = [...path, child.name, ...(child.value === undefined ? [] : [child.value])];
    if (child.children.length > 0) return clauses(source, child, words);
    return [{ words, value: textField(source.doc, token), place: placeOf(source.doc, child.nameSpan) }];
  });
}

function listEntry(source: VyosText, name: Field<string>, rule: VyosNode): ListEntry {
  const pattern = leavesOf(source, rule).text('regex');
  return { name, ...actionOf(source, rule), ...(pattern && { pattern }), place: placeOf(source.doc, rule.nameSpan) };
}

function staticRoutes(
  source: VyosText,
  nodes: readonly VyosNode[],
  vrf: Field<string> | undefined,
): readonly StaticRoute[] {
  const { doc } = source;
  const routes = nodes.flatMap((node) => node.children.filter((child) => /^(?:interface-)?route6?$/.test(child.name)));
  return routes.flatMap((route): StaticRoute[] => {
    const prefix = valueToken(source, route);
    if (!prefix) return [];
    const base = { prefix: textField(doc, prefix), ...(vrf && { vrf }), place: placeOf(doc, route.nameSpan) };
    const hops = route.children.flatMap((child): StaticRoute[] => {
      const token = valueToken(source, child);
      if (child.name === 'next-hop' && token) {
        const device = leavesOf(source, child).text('interface');
        return [{ ...base, nextHop: textField(doc, token), ...(device && { interface: device }) }];
      }
      if ((child.name === 'interface' || child.name === 'next-hop-interface') && token)
        return [{ ...base, interface: textField(doc, token) }];
      if (child.name === 'blackhole' || child.name === 'reject')
        return [{ ...base, blackhole: { value: true, place: placeOf(doc, child.nameSpan) } }];
      return [];
    });
    return hops.length > 0 ? hops : [base];
  });
}

function natRule(source: VyosText, node: VyosNode): NatRule[] {
  const token = valueToken(source, node);
  if (!token) return [];
  const leaf = leavesOf(source, node);
  // 1.4 and older: `outbound-interface eth0`; newer: `outbound-interface { name eth0 }`.
  const outboundInterface = leaf.text('outbound-interface') ?? leaf.text('outbound-interface', 'name');
  const from = leaf.text('source', 'address');
  const destination = leaf.text('destination', 'address');
  const translation = leaf.text('translation', 'address');
  const exclude = leaf.flag('exclude');
  const disabled = leaf.flag('disable');
  return [
    {
      rule: textField(source.doc, token),
      ...(outboundInterface && { outboundInterface }),
      ...(from && { source: from }),
      ...(destination && { destination }),
      ...(translation && { translation }),
      ...(exclude && { exclude }),
      ...(disabled && { disabled }),
      place: placeOf(source.doc, node.nameSpan),
    },
  ];
}
