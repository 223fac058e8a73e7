import type { Field } from '../../syntax/document.ts';
import type { VyosNode, VyosTree } from '../../syntax/vyos.ts';
import type { Draft } from './fields.ts';
import { asnField, flagField, placeOf, remoteAsField, textField } from './fields.ts';
import type {
  AggregateStatement,
  BgpInstance,
  BgpNeighbor,
  Family,
  FamilyBlock,
  ListenRange,
  MaximumPaths,
  NeighborFamily,
  NetworkStatement,
  RedistributeStatement,
} from './router.ts';
import type { VyosText } from './vyos-nodes.ts';
import { insideNode, leavesOf, named, nodeAt, nodesAt, valueToken } from './vyos-nodes.ts';

const FAMILIES: readonly (readonly [Family, string])[] = [
  ['ipv4', 'ipv4-unicast'],
  ['ipv6', 'ipv6-unicast'],
];

/** The BGP instances of a VyOS configuration: the default one and those of VRFs. */
export function vyosBgpInstances(
  source: VyosText,
  nodes: readonly VyosNode[],
  components: VyosTree['components'],
): readonly BgpInstance[] {
  const inVrfs = nodesAt(nodes, 'vrf', 'name').flatMap((vrf) => {
    const name = valueToken(source, vrf);
    const field = name && textField(source.doc, name);
    return nodesAt(vrf.children, 'protocols', 'bgp').map((bgp) => bgpInstance(source, bgp, field, components));
  });
  return [
    ...nodesAt(nodes, 'protocols', 'bgp').map((bgp) => bgpInstance(source, bgp, undefined, components)),
    ...inVrfs,
  ];
}

function bgpInstance(
  source: VyosText,
  node: VyosNode,
  vrf: Field<string> | undefined,
  components: VyosTree['components'],
): BgpInstance {
  const { doc } = source;
  const leaf = leavesOf(source, node);
  const parameters = leavesOf(source, nodeAt(node, 'parameters'));
  const headerAsn = valueToken(source, node);
  const asn = headerAsn ? asnField(doc, headerAsn) : (leaf.asn('system-as') ?? leaf.asn('local-as'));
  const noDefault = parameters.flag('default', 'no-ipv4-unicast');
  const defaultIpv4Unicast = noDefault && { ...noDefault, value: false };
  const insertion = insideNode(source, node);
  return {
    software: 'vyos',
    defaults: defaultsOf(node, components),
    place: placeOf(doc, node.nameSpan),
    ...(vrf && { vrf }),
    ...given({
      asn,
      routerId: parameters.text('router-id'),
      clusterId: parameters.text('cluster-id'),
      ebgpRequiresPolicy: parameters.flag('ebgp-requires-policy'),
      defaultIpv4Unicast,
      importCheck: parameters.flag('network-import-check'),
      multipathRelax: parameters.flag('bestpath', 'as-path', 'multipath-relax'),
      compareRouterId: parameters.flag('bestpath', 'compare-routerid'),
      confederationId: parameters.asn('confederation', 'identifier'),
      insertion,
      end: insertion,
    }),
    confederationPeers: nodesAt(node.children, 'parameters', 'confederation', 'peers').flatMap((peer) => {
      const token = valueToken(source, peer);
      return token ? [asnField(doc, token)] : [];
    }),
    ...statements(source, node),
    peerGroups: named(node.children, 'peer-group').flatMap((peer) => neighborOf(source, peer)),
    neighbors: named(node.children, 'neighbor').flatMap((peer) => neighborOf(source, peer)),
    listenRanges: nodesAt(node.children, 'listen', 'range').flatMap((range): ListenRange[] => {
      const prefix = valueToken(source, range);
      if (!prefix) return [];
      const peerGroup = leavesOf(source, range).text('peer-group');
      return [{ prefix: textField(doc, prefix), ...given({ peerGroup }), place: placeOf(doc, range.nameSpan) }];
    }),
    incomplete: [],
  };
}

/** The footer tells the release; without one the spelling of the AS number does, but for `local-as`, which both had. */
function defaultsOf(node: VyosNode, components: VyosTree['components']): BgpInstance['defaults'] {
  if (node.value !== undefined) return 'old';
  if (components) return (components.get('bgp') ?? 0) < 2 ? 'old' : 'current';
  return nodeAt(node, 'local-as') ? 'unclear' : 'current';
}

/** An object without its undefined properties: an absent setting is an absent property. */
function given<T extends object>(settings: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

function statements(
  source: VyosText,
  bgp: VyosNode,
): Pick<BgpInstance, 'families' | 'networks' | 'aggregates' | 'redistribute' | 'maximumPaths'> {
  const { doc } = source;
  const families: Partial<Record<Family, FamilyBlock>> = {};
  const networks: NetworkStatement[] = [];
  const aggregates: AggregateStatement[] = [];
  const redistribute: RedistributeStatement[] = [];
  const maximumPaths: MaximumPaths[] = [];
  for (const [family, name] of FAMILIES) {
    for (const block of nodesAt(bgp.children, 'address-family', name)) {
      const insertion = insideNode(source, block);
      families[family] = { place: placeOf(doc, block.nameSpan), ...given({ insertion, end: insertion }) };
      for (const node of block.children) {
        const leaf = leavesOf(source, node);
        const place = placeOf(doc, node.nameSpan);
        const value = valueToken(source, node);
        const routeMap = leaf.text('route-map');
        if (node.name === 'network' && value)
          networks.push({ family, prefix: textField(doc, value), ...given({ routeMap }), place });
        else if (node.name === 'aggregate-address' && value) {
          const flags = given({ summaryOnly: leaf.flag('summary-only'), asSet: leaf.flag('as-set') });
          aggregates.push({ family, prefix: textField(doc, value), ...flags, place });
        } else if (node.name === 'redistribute') {
          for (const from of node.children) {
            const protocol = textField(doc, { text: from.name, span: from.nameSpan });
            const through = given({ routeMap: leavesOf(source, from).text('route-map') });
            redistribute.push({ family, protocol, ...through, place: placeOf(doc, from.nameSpan) });
          }
          if (value) redistribute.push({ family, protocol: textField(doc, value), place });
        } else if (node.name === 'maximum-paths') {
          for (const type of ['ebgp', 'ibgp'] as const) {
            const paths = leaf.number(type);
            if (paths) maximumPaths.push({ family, type, paths });
          }
        }
      }
    }
  }
  // Up to 1.2, networks of ipv4 stood right under the instance.
  for (const network of named(bgp.children, 'network')) {
    const prefix = valueToken(source, network);
    if (prefix)
      networks.push({ family: 'ipv4', prefix: textField(doc, prefix), place: placeOf(doc, network.nameSpan) });
  }
  return { families, networks, aggregates, redistribute, maximumPaths };
}

/** Settings of ipv4 that stood right under a neighbor up to 1.1 (src/migration-scripts/quagga/2-to-3). */
const OLD_IPV4_SETTINGS = new Set(
  'nexthop-self route-map prefix-list distribute-list filter-list route-reflector-client allowas-in as-override'.split(
    ' ',
  ),
);

function neighborOf(source: VyosText, node: VyosNode): BgpNeighbor[] {
  const { doc } = source;
  const peer = valueToken(source, node);
  if (!peer) return [];
  const leaf = leavesOf(source, node);
  const remoteAs = valueToken(
    source,
    nodeAt(node, 'remote-as') ??
      nodeAt(node, 'interface', 'remote-as') ??
      nodeAt(node, 'interface', 'v6only', 'remote-as'),
  );
  const isInterface = nodeAt(node, 'interface') !== undefined || /^[A-Za-z][\w.-]*$/.test(peer.text);
  const families: Partial<Record<Family, NeighborFamily>> = {};
  for (const [family, name] of FAMILIES) {
    const block = nodeAt(node, 'address-family', name);
    if (block) families[family] = neighborFamily(source, block, family);
  }
  if (node.children.some((child) => OLD_IPV4_SETTINGS.has(child.name))) {
    const { activate: _, insertion: _none, ...old } = neighborFamily(source, node, 'ipv4');
    families.ipv4 = { ...old, ...families.ipv4 };
  }
  return [
    {
      peer: textField(doc, peer),
      sort: node.name === 'peer-group' ? 'group' : isInterface ? 'interface' : 'address',
      place: placeOf(doc, node.nameSpan),
      families,
      ...given({
        remoteAs: remoteAs && remoteAsField(doc, remoteAs),
        peerGroup:
          leaf.text('peer-group') ??
          leaf.text('interface', 'peer-group') ??
          leaf.text('interface', 'v6only', 'peer-group') ??
          leaf.text('address-family', 'ipv6-unicast', 'peer-group'),
        updateSource: leaf.text('update-source'),
        ebgpMultihop: leaf.number('ebgp-multihop'),
        ttlSecurity: leaf.number('ttl-security', 'hops'),
        disableConnectedCheck: leaf.flag('disable-connected-check'),
        password: leaf.text('password'),
        passive: leaf.flag('passive'),
        shutdown: leaf.flag('shutdown'),
        localAs: leaf.asn('local-as'),
        localAsNoPrepend: leaf.flag('local-as', 'no-prepend'),
        localAsReplaceAs: leaf.flag('local-as', 'no-prepend', 'replace-as'),
        description: leaf.text('description'),
        port: leaf.number('port'),
        insertion: insideNode(source, node),
      }),
    },
  ];
}

/** A family's node is what activates the family. `import` is inbound, `export` outbound. */
function neighborFamily(source: VyosText, block: VyosNode, family: Family): NeighborFamily {
  const { doc } = source;
  const leaf = leavesOf(source, block);
  const place = placeOf(doc, block.nameSpan);
  const nextHopSelf = nodeAt(block, 'nexthop-self');
  const allowasIn = nodeAt(block, 'allowas-in');
  const settings: Draft<NeighborFamily> = {
    family,
    place,
    activate: flagField(doc, { text: block.name, span: block.nameSpan }, true),
    ...given({
      routeMapIn: leaf.text('route-map', 'import'),
      routeMapOut: leaf.text('route-map', 'export'),
      prefixListIn: leaf.text('prefix-list', 'import'),
      prefixListOut: leaf.text('prefix-list', 'export'),
      distributeListIn: leaf.text('distribute-list', 'import'),
      distributeListOut: leaf.text('distribute-list', 'export'),
      filterListIn: leaf.text('filter-list', 'import'),
      filterListOut: leaf.text('filter-list', 'export'),
      routeReflectorClient: leaf.flag('route-reflector-client'),
      routeServerClient: leaf.flag('route-server-client'),
      asOverride: leaf.flag('as-override'),
      removePrivateAs: leaf.flag('remove-private-as'),
      softReconfiguration: leaf.flag('soft-reconfiguration', 'inbound'),
      defaultOriginate: leaf.flag('default-originate'),
      maximumPrefix: leaf.number('maximum-prefix'),
      insertion: insideNode(source, block),
    }),
  };
  if (nextHopSelf) {
    const forced = nodeAt(nextHopSelf, 'force') !== undefined || nextHopSelf.value === 'force';
    settings.nextHopSelf = { value: forced ? 'force' : 'self', place: placeOf(doc, nextHopSelf.nameSpan) };
  }
  if (allowasIn)
    settings.allowasIn = leaf.number('allowas-in', 'number') ?? { value: 3, place: placeOf(doc, allowasIn.nameSpan) };
  return settings;
}
