import type { BGPFilter, BGPFilterRule } from '../model/calico/bgp-filter.ts';
import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { IPPool } from '../model/calico/ip-pool.ts';
import type { CalicoCluster, CalicoNode, CalicoPeer } from '../network/bgp/calico.ts';
import type { ExportPool, Filter, FilterRule, Interface } from '../network/bgp/types.ts';
import { keptItems, once, sameItems } from '../network/once.ts';
import { containsAddress, parsePrefix, parsePrefixOrAddress } from '../network/prefix.ts';
import type { SelectorNode } from '../network/selector.ts';
import type { Field } from '../syntax/document.ts';
import type { Site } from '../workspace/site.ts';
import { ADDRESS_CLAIMS } from './addresses.ts';
import { ASSUMED_POOLS } from './bgp-assumed-pools.ts';
import { blockSources, blocksOf } from './bgp-blocks.ts';
import { MACHINES, MANAGEMENT, type Machine } from './bgp-machines.ts';
import type { NeighbourOrigin } from './bgp-origins.ts';
import { HOSTS, type Host, labsOf } from './hosts.ts';
import { NODE_LABELS } from './node-labels.ts';
import { selectorOf } from './selectors.ts';

/** What was made of hosts, peers and pools: handed from one cluster to the next as long as it is right. */
interface Made {
  readonly nodes: WeakMap<Host, { readonly from: readonly unknown[]; readonly node: CalicoNode | undefined }>;
  readonly peers: WeakMap<BGPPeer, CalicoPeer>;
  readonly pools: readonly ExportPool[];
  readonly filters: readonly BGPFilter[];
  readonly meshOrigin: NeighbourOrigin & { readonly kind: 'mesh' };
}

const made = new WeakMap<CalicoCluster, Made>();

/**
 * Calico's resources of a site as the network model takes them; undefined when the site has no Calico. Nodes, peers and
 * pools of `before` that are still right stay the same objects.
 */
export function clusterOf(site: Site, before?: CalicoCluster): CalicoCluster | undefined {
  const peers = site.all('calico/BGPPeer');
  const pools = site.all('calico/IPPool');
  const nodes = site.all('calico/Node');
  const configurations = site.all('calico/BGPConfiguration');
  if (peers.length + pools.length + nodes.length + configurations.length === 0) return undefined;
  const general = configurations.find(({ name }) => name?.value === 'default');
  const enabled = general?.nodeToNodeMeshEnabled;
  const last = before && made.get(before);
  const meshOrigin =
    last?.meshOrigin.enabled === enabled && last !== undefined ? last.meshOrigin : { kind: 'mesh' as const, enabled };
  const filters = site.all('calico/BGPFilter');
  const filtersByName = new Map(filters.map((filter) => [filter.name?.value, filterOf(filter)]));
  const now: Made = {
    nodes: last?.nodes ?? new WeakMap(),
    peers: last !== undefined && sameItems(last.filters, filters) ? last.peers : new WeakMap(),
    pools: keptItems(last?.pools, [
      ...pools.flatMap((pool) => exportPoolOf(pool) ?? []),
      ...site.derive(ASSUMED_POOLS),
    ]),
    filters,
    meshOrigin,
  };
  const versions = versionsAmong(peers);
  const cluster: CalicoCluster = {
    nodes: nodesOf(site, now),
    peers: peers.map((peer) => {
      const kept = keptPeer(peer, filtersByName, now);
      return versions.has(peer) ? undecidedPeer(kept) : kept;
    }),
    pools: now.pools,
    mesh: enabled === undefined ? true : (enabled.value ?? 'unknown'),
    ...(general?.asNumber === undefined ? {} : { asn: general.asNumber.value ?? 'unknown' }),
    ...(general?.listenPort?.value === undefined ? {} : { listenPort: general.listenPort.value }),
    ...(general?.nodeMeshPasswordSecret === undefined ? {} : { meshPassword: 'unknown' }),
    meshOrigin,
  };
  made.set(cluster, now);
  return cluster;
}

const exportPoolOf = once((pool: IPPool): ExportPool | undefined =>
  pool.cidr?.value === undefined
    ? undefined
    : { cidr: pool.cidr.value, disableBGPExport: pool.disableBGPExport?.value === true, origin: pool },
);

/** BGPPeers of one name that say different things: versions of an object, or steps, and which one is in force nobody knows. */
function versionsAmong(peers: readonly BGPPeer[]): ReadonlySet<BGPPeer> {
  const byName = new Map<string, BGPPeer[]>();
  for (const peer of peers) {
    const name = peer.name?.value;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), peer]);
  }
  const differ = ([first, ...others]: readonly BGPPeer[]): boolean =>
    others.some((other) => contentOf(other) !== contentOf(first!));
  return new Set([...byName.values()].filter(differ).flat());
}

const contentOf = once((peer: BGPPeer): string =>
  JSON.stringify(peer, (key, value: unknown) => {
    if (key === 'doc' || key === 'path' || key === 'place') return undefined;
    return value instanceof Map ? [...value] : value;
  }),
);

const undecidedPeer = once(({ node: _, ...peer }: CalicoPeer): CalicoPeer => ({ ...peer, nodeSelector: 'unknown' }));

function keptPeer(peer: BGPPeer, filters: ReadonlyMap<string | undefined, Filter>, { peers }: Made): CalicoPeer {
  let kept = peers.get(peer);
  if (kept === undefined) {
    kept = peerOf(peer, filters);
    peers.set(peer, kept);
  }
  return kept;
}

function nodesOf(site: Site, { nodes: made }: Made): readonly CalicoNode[] {
  const labels = site.derive(NODE_LABELS);
  const machines = site.derive(MACHINES);
  const claims = site.derive(ADDRESS_CLAIMS);
  const shared = [site.all('calico/BGPConfiguration'), ...blockSources(site)];
  const nodes: CalicoNode[] = [];
  for (const host of site.derive(HOSTS).all) {
    if (host.calicoNodes.length + host.kubernetesNodes.length + host.kindNodes.length === 0) continue;
    // Everything that `nodeOf` looks at besides the host itself.
    const from = [labels.get(host.name), machines.of(host), claims.get(host), ...shared];
    const known = made.get(host);
    const node = known !== undefined && sameItems(known.from, from) ? known.node : nodeOf(site, host);
    if (node !== known?.node) made.set(host, { from, node });
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

function nodeOf(site: Site, host: Host): CalicoNode | undefined {
  const [calico] = host.calicoNodes;
  const [kubernetes] = host.kubernetesNodes;
  const { name } = host;
  const labels = site.derive(NODE_LABELS).get(name)?.labels;
  const annotation = (key: string) => kubernetes?.annotations.get(`projectcalico.org/${key}`);
  const ipv4 = (calico?.ipv4Address ?? annotation('IPv4Address'))?.value;
  const ipv6 = (calico?.ipv6Address ?? annotation('IPv6Address'))?.value;
  const clusterId = (calico?.routeReflectorClusterID ?? annotation('RouteReflectorClusterID'))?.value;
  const recorded = calico !== undefined || annotation('IPv4Address') !== undefined;
  const port = site.all('calico/BGPConfiguration').find((entry) => entry.name?.value === `node.${name}`)
    ?.listenPort?.value;
  const addresses = recorded
    ? { ...(ipv4 === undefined ? {} : { ipv4 }), ...(ipv6 === undefined ? {} : { ipv6 }) }
    : guessedAddresses(site, host);
  const machine = site.derive(MACHINES).of(host);
  const asn = recorded ? asNumberOf(calico?.asNumber, annotation('ASNumber')) : 'unknown';
  return {
    name,
    // Without its Node resource a node's AS, which is set on that resource, is not known.
    ...(asn === undefined ? {} : { asn }),
    addresses,
    ...(labels === undefined ? {} : { labels }),
    ...(clusterId === undefined || clusterId === '' ? {} : { clusterId }),
    ...(port === undefined ? {} : { listenPort: port }),
    announcements: blocksOf(site, name, calico, labels),
    ...(machine.interfaces.some((port) => port.addresses.length > 0)
      ? {
          machine: {
            ...machine,
            interfaces: [...machine.interfaces, ...managementInterface(host, machine, addresses)],
          },
        }
      : {}),
    labs: labsOf(host),
    origin: host,
  };
}

function asNumberOf(
  own: Field<number> | undefined,
  annotated: Field<string> | undefined,
): number | 'unknown' | undefined {
  if (own !== undefined) return own.value ?? 'unknown';
  if (annotated === undefined) return undefined;
  return /^\d+$/.test(annotated.value ?? '') ? Number(annotated.value) : 'unknown';
}

/** kind's `node-ip` is what Calico finds, too, where no Node resource tells and Calico is not told to look elsewhere. */
function guessedAddresses(site: Site, host: Host): CalicoNode['addresses'] {
  const told = site
    .all('tigera/Installation')
    .some(({ autodetectionV4, autodetectionV6 }) =>
      [autodetectionV4, autodetectionV6].some((method) => method !== undefined && method.kubernetes === undefined),
    );
  if (told) return {};
  const claims = site.derive(ADDRESS_CLAIMS).get(host) ?? [];
  const of = (family: 4 | 6) => claims.find((claim) => claim.source === 'kind' && claim.address.family === family);
  const ipv4 = of(4)?.text.value;
  const ipv6 = of(6)?.text.value;
  return { ...(ipv4 === undefined ? {} : { ipv4 }), ...(ipv6 === undefined ? {} : { ipv6 }) };
}

/** Docker's own address ranges: a container's first address comes from there unless told otherwise. */
const DOCKER = ['172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((text) => parsePrefix(text)!);

/** Containers of a lab have an address of the container network that no file shows; Calico may have taken it (lab B6c). */
function managementInterface(host: Host, machine: Machine, addresses: CalicoNode['addresses']): Interface[] {
  if (host.labNodes.length === 0) return [];
  const known = machine.interfaces.flatMap((port) => port.addresses).map((text) => parsePrefix(text));
  const hidden = Object.values(addresses).filter((text) => {
    const prefix = parsePrefixOrAddress(text);
    if (prefix === undefined) return false;
    const address = { family: prefix.family, value: prefix.address };
    const covered = known.some((subnet) => subnet !== undefined && containsAddress(subnet, address));
    return !covered && DOCKER.some((range) => containsAddress(range, address));
  });
  if (hidden.length === 0) return [];
  const withMask = hidden.map((text) => (text.includes('/') ? text : `${text}/${text.includes(':') ? 64 : 16}`));
  return [{ name: 'eth0', addresses: withMask, segment: MANAGEMENT }];
}

function peerOf(peer: BGPPeer, filters: ReadonlyMap<string | undefined, Filter>): CalicoPeer {
  const origin: NeighbourOrigin = { kind: 'BGPPeer', peer };
  const node = given(peer.node);
  const nodeSelector = selector(peer.nodeSelector);
  const peerSelector = selector(peer.peerSelector);
  return {
    name: peer.name?.value ?? '',
    // A name that cannot be read is some node, not all of them.
    ...(peer.node !== undefined && peer.node.value === undefined ? { nodeSelector: 'unknown' as const } : {}),
    ...(node === undefined ? {} : { node }),
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(peerSelector === undefined ? {} : { peerSelector }),
    ...(given(peer.peerIP) === undefined ? {} : { peerIP: given(peer.peerIP)! }),
    ...(given(peer.localWorkloadSelector) === undefined ? {} : { localWorkload: true }),
    ...(peer.asNumber === undefined ? {} : { asn: peer.asNumber.value ?? 'unknown' }),
    ...(peer.localASNumber?.value === undefined ? {} : { localAs: peer.localASNumber.value }),
    filters: peer.filters.flatMap((name) => filters.get(name.value) ?? []),
    ...(given(peer.nextHopMode) === undefined ? {} : { nextHopMode: given(peer.nextHopMode)! }),
    ...(peer.keepOriginalNextHop?.value === undefined ? {} : { keepOriginalNextHop: peer.keepOriginalNextHop.value }),
    ...(given(peer.sourceAddress) === undefined ? {} : { sourceAddress: given(peer.sourceAddress)! }),
    ...(given(peer.reversePeering) === undefined ? {} : { reversePeering: given(peer.reversePeering)! }),
    ...(peer.numAllowedLocalASNumbers?.value === undefined ? {} : { allowOwnAs: peer.numAllowedLocalASNumbers.value }),
    ...(peer.ttlSecurity?.value === undefined ? {} : { ttlSecurity: peer.ttlSecurity.value }),
    ...(peer.passwordSecret === undefined ? {} : { password: 'unknown' }),
    origin,
  };
}

/** An empty text says nothing, as in Go. */
function given(field: Field<string> | undefined): string | undefined {
  return field?.value === '' ? undefined : field?.value;
}

function selector(field: Field<string> | undefined): SelectorNode | 'unknown' | undefined {
  if (field === undefined || field.value === '') return undefined;
  return field.value === undefined ? 'unknown' : (selectorOf(field.value).tree ?? 'unknown');
}

function filterOf(filter: BGPFilter): Filter {
  return {
    name: filter.name?.value ?? '',
    import: { ipv4: filter.importV4.flatMap(ruleOf), ipv6: filter.importV6.flatMap(ruleOf) },
    export: { ipv4: filter.exportV4.flatMap(ruleOf), ipv6: filter.exportV6.flatMap(ruleOf) },
    origin: filter,
  };
}

const OPERATORS = ['Equal', 'NotEqual', 'In', 'NotIn'] as const;

/** Rules with conditions that are not modelled, or that cannot be read, are left out: they reject nothing here. */
function ruleOf(rule: BGPFilterRule): FilterRule[] {
  const action = rule.action?.value;
  if (action !== 'Accept' && action !== 'Reject') return [];
  if (rule.communities.length + rule.asPathPrefix.length > 0 || rule.priority !== undefined) return [];
  const texts = [rule.cidr, rule.matchOperator, rule.source, rule.interface, rule.peerType];
  if (texts.some((field) => field !== undefined && field.value === undefined)) return [];
  const operator = OPERATORS.find((one) => one === rule.matchOperator?.value);
  const peerType = rule.peerType?.value;
  const min = rule.minPrefixLength?.value;
  const max = rule.maxPrefixLength?.value;
  return [
    {
      action,
      ...(rule.cidr?.value === undefined ? {} : { cidr: rule.cidr.value }),
      ...(operator === undefined ? {} : { matchOperator: operator }),
      prefixLength: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
      ...(rule.source?.value === undefined ? {} : { source: rule.source.value }),
      ...(rule.interface?.value === undefined ? {} : { interface: rule.interface.value }),
      ...(peerType === 'eBGP' || peerType === 'iBGP' ? { peerType } : {}),
      origin: rule,
    },
  ];
}
