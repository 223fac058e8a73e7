import type { Installation, InstallationPool } from '../model/calico/installation.ts';
import type { IPPool } from '../model/calico/ip-pool.ts';
import { type Address, parseAddress } from '../network/address.ts';
import { containsPrefix, networkOf, type Prefix, parsePrefix, parsePrefixOrAddress } from '../network/prefix.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';

/** A range that Calico's BIRD lets out: an IPPool, a pool of the operator's, or the pool that calico-node makes. */
export interface CalicoRange {
  readonly name: string;
  readonly network: Prefix;
  readonly cidr: Field<string>;
  readonly pool?: IPPool;
  readonly installed?: { readonly installation: Installation; readonly pool: InstallationPool };
}

/**
 * Every range that Calico knows. `disabled` and `nodeSelector` play no part in what BIRD announces (confd
 * bgp_processor.go: the export filter is made of all pools' CIDRs).
 */
export const CALICO_RANGES = defineDerivation('spiderpool/calico-ranges', (site): readonly CalicoRange[] => [
  ...site.all('calico/IPPool').flatMap((pool): readonly CalicoRange[] => {
    const network = networkIn(pool.cidr);
    return network === undefined ? [] : [{ name: pool.name?.value ?? '?', network, cidr: pool.cidr!, pool }];
  }),
  ...site.all('tigera/Installation').flatMap((installation) =>
    installation.ipPools.flatMap((pool): readonly CalicoRange[] => {
      const network = networkIn(pool.cidr);
      if (network === undefined) return [];
      return [
        { name: pool.name?.value ?? pool.cidr!.value!, network, cidr: pool.cidr!, installed: { installation, pool } },
      ];
    }),
  ),
  ...defaultPools(site),
]);

function networkIn(cidr: Field<string> | undefined): Prefix | undefined {
  const prefix = cidr?.value === undefined ? undefined : parsePrefix(cidr.value);
  return prefix && networkOf(prefix);
}

/** What `CALICO_IPV4POOL_CIDR` and its IPv6 sister make at the first start. */
function defaultPools(site: Site): readonly CalicoRange[] {
  return site.all('kubernetes/Workload').flatMap((workload) =>
    workload.pod.containers.flatMap((container) =>
      container.env.flatMap(({ name, value }): readonly CalicoRange[] => {
        if (!/^CALICO_IPV[46]POOL_CIDR$/.test(name.value ?? '') || value === undefined) return [];
        const network = networkIn(value);
        return network === undefined ? [] : [{ name: `default-ipv${network.family}-ippool`, network, cidr: value }];
      }),
    ),
  );
}

/** Whether some pool's CIDR is there but not known: then nobody can say what is not covered. */
export const HAS_UNKNOWN_RANGE = defineDerivation('spiderpool/unknown-range', (site): boolean =>
  [
    ...site.all('calico/IPPool').map((pool) => pool.cidr),
    ...site.all('tigera/Installation').flatMap((installation) => installation.ipPools.map((pool) => pool.cidr)),
    ...site
      .all('kubernetes/Workload')
      .flatMap(({ pod }) => pod.containers)
      .flatMap(({ env }) => env)
      .filter(({ name }) => name.value !== undefined && /^CALICO_IPV[46]POOL_CIDR$/.test(name.value))
      .map(({ value }) => value),
  ].some((cidr) => cidr !== undefined && cidr.value === undefined),
);

/** Whether a site's Calico speaks BGP: peers or settings of it, or a pool that only BGP makes reachable. */
export const SPEAKS_BGP = defineDerivation('spiderpool/speaks-bgp', (site): boolean => {
  const backends = site
    .all('kubernetes/ConfigMap')
    .flatMap(({ name, data }) => (name?.value === 'calico-config' ? (data.get('calico_backend')?.value ?? []) : []));
  if (backends.some((backend) => backend !== 'bird')) return false;
  if (site.all('tigera/Installation').some(({ bgp }) => bgp?.value === 'Disabled')) return false;
  if (site.all('calico/BGPPeer').length > 0 || site.all('calico/BGPConfiguration').length > 0) return true;
  return site.all('calico/IPPool').some(({ vxlanMode }) => vxlanMode === undefined || vxlanMode.value === 'Never');
});

/** The narrowest of Calico's ranges that holds a network, and whether it is the same network. */
export function coverOf(ranges: readonly CalicoRange[], network: Prefix): CalicoRange | undefined {
  let found: CalicoRange | undefined;
  for (const range of ranges)
    if (containsPrefix(range.network, network) && (found === undefined || range.network.length > found.network.length))
      found = range;
  return found;
}

/** Addresses of nodes and of the routers that they peer with: a subnet with one of these is a LAN, not a Pod network. */
export const LAN_ADDRESSES = defineDerivation('spiderpool/lan-addresses', (site): readonly Address[] =>
  [
    ...site.all('calico/Node').flatMap((node) => [node.ipv4Address, node.ipv6Address, ...node.addresses]),
    ...site.all('kubernetes/Node').flatMap((node) => node.addresses.map(({ address }) => address)),
    ...site.all('calico/BGPPeer').map((peer) => peer.peerIP),
  ].flatMap((field) => {
    if (field?.value === undefined) return [];
    const prefix = parsePrefixOrAddress(field.value);
    const address = prefix === undefined ? parseAddress(field.value) : { family: prefix.family, value: prefix.address };
    return address ?? [];
  }),
);

/** Pod ranges that kind and kubeadm were given, from which Calico makes its first pool. */
export const POD_SUBNETS = defineDerivation('spiderpool/pod-subnets', (site): readonly Prefix[] =>
  [
    ...site.all('kind/Cluster').map((cluster) => cluster.podSubnet),
    ...site.all('kubeadm/ClusterConfiguration').map((configuration) => configuration.podSubnet),
  ].flatMap((field) => (field?.value ?? '').split(',').flatMap((text) => parsePrefix(text.trim()) ?? [])),
);
