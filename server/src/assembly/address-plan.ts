import type { CalicoNode } from '../model/calico/node.ts';
import { once } from '../network/once.ts';
import { parsePrefixOrAddress } from '../network/prefix.ts';
import { type Range, rangeOf } from '../network/range.ts';
import type { Field } from '../syntax/document.ts';
import type { Text } from '../text.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { HOSTS } from './hosts.ts';
import { INTERFACES } from './interfaces.ts';
import { LABS, type Lab } from './labs.ts';

/** What a range is for: only ranges for different things may not overlap. */
export type RangeUse = 'pods' | 'services' | 'nodes' | 'management' | 'docker' | 'named';

export interface PlannedRange {
  readonly use: RangeUse;
  readonly range: Range;
  /** As written, e.g. `10.244.0.0/16`. */
  readonly text: string;
  /** Whose it is, for messages. */
  readonly owner: Text;
  /** Absent for ranges that no file of the site writes: Docker's and those of `selvage.yaml`. */
  readonly field?: Field<string>;
  /** For a disabled pool: it gives no addresses, and often stands for ranges of others on purpose. */
  readonly disabled?: boolean;
  /** Whether a pool of Calico's has it, and not the cluster as a whole. */
  readonly isPool?: boolean;
}

/** Docker's default bridge, which stands on every machine that runs kind or containerlab. */
const DOCKER_BRIDGE = '172.17.0.0/16';

/** Every range that the files of a site give to something. */
export const ADDRESS_PLAN = defineDerivation('address plan', (site): readonly PlannedRange[] => [
  ...site.derive(POD_RANGES),
  ...site.derive(SERVICE_RANGES),
  ...site.derive(NODE_RANGES),
  ...site.derive(MANAGEMENT_RANGES),
  ...[...site.settings.networks].flatMap(([name, cidrs]) =>
    cidrs.flatMap((cidr) => planned('named', cidr, { en: `the network \`${name}\``, 'zh-cn': `网络 \`${name}\`` })),
  ),
]);

// One derivation a use: an edit of a pool reads no node again.
const POD_RANGES = defineDerivation('pod ranges', podRanges);
const SERVICE_RANGES = defineDerivation('service ranges', serviceRanges);
const NODE_RANGES = defineDerivation('node ranges', nodeRanges);
const MANAGEMENT_RANGES = defineDerivation('management ranges', managementRanges);

function podRanges(site: Site): readonly PlannedRange[] {
  return [
    ...site.all('calico/IPPool').flatMap((pool) => {
      const name = pool.name?.value ?? '?';
      const owner = { en: `the pool \`${name}\``, 'zh-cn': `地址池 \`${name}\`` };
      const isLoadBalancer =
        pool.allowedUses.length > 0 && pool.allowedUses.every((use) => use.value === 'LoadBalancer');
      const disabled = pool.disabled !== undefined && pool.disabled.value !== false;
      return isLoadBalancer
        ? []
        : written('pods', pool.cidr, owner).map((one) => ({ ...one, isPool: true, ...(disabled && { disabled }) }));
    }),
    ...site.all('tigera/Installation').flatMap(({ ipPools }) =>
      ipPools.flatMap(({ name, cidr }) => {
        const called = name?.value ?? cidr?.value ?? '?';
        const owner = { en: `the Installation’s pool \`${called}\``, 'zh-cn': `Installation 的地址池 \`${called}\`` };
        return written('pods', cidr, owner).map((one) => ({ ...one, isPool: true }));
      }),
    ),
    ...site.all('kind/Cluster').flatMap((cluster) => listed('pods', cluster.podSubnet, POD_SUBNET)),
    ...site.all('kubeadm/ClusterConfiguration').flatMap((cluster) => listed('pods', cluster.podSubnet, POD_SUBNET)),
  ];
}

function serviceRanges(site: Site): readonly PlannedRange[] {
  return [
    ...site.all('kind/Cluster').flatMap((cluster) => listed('services', cluster.serviceSubnet, SERVICE_SUBNET)),
    ...site
      .all('kubeadm/ClusterConfiguration')
      .flatMap((cluster) => listed('services', cluster.serviceSubnet, SERVICE_SUBNET)),
    ...site
      .all('kubernetes/ServiceCIDR')
      .flatMap(({ cidrs }) =>
        cidrs.flatMap((cidr) => written('services', cidr, { en: 'the ServiceCIDR', 'zh-cn': 'ServiceCIDR 对象' })),
      ),
    ...site
      .all('calico/BGPConfiguration')
      .flatMap((configuration) =>
        configuration.serviceClusterIPs.flatMap((cidr) =>
          written('services', cidr, { en: '`serviceClusterIPs`', 'zh-cn': '`serviceClusterIPs`' }),
        ),
      ),
  ];
}

const POD_SUBNET: Text = { en: '`podSubnet`', 'zh-cn': '`podSubnet`' };
const SERVICE_SUBNET: Text = { en: '`serviceSubnet`', 'zh-cn': '`serviceSubnet`' };

/** The subnets of nodes and of fabric links; one of each, however many machines are in it. */
function nodeRanges(site: Site): readonly PlannedRange[] {
  const interfaces = site.derive(INTERFACES);
  const ranges = new Map<string, PlannedRange>();
  const add = (one: PlannedRange): void => {
    const key = keyOf(one.range);
    if (!ranges.has(key)) ranges.set(key, one);
  };
  for (const node of site.all('calico/Node')) for (const one of subnetsOf(node)) add(one);
  const apart = labsWithoutCluster(site);
  for (const host of site.derive(HOSTS).all.filter(({ labNodes }) => !labNodes.some(({ lab }) => apart.has(lab))))
    for (const port of interfaces.of(host))
      for (const { text } of port.addresses) {
        const owner = { en: `${host.name} ${port.name}`, 'zh-cn': `${host.name} ${port.name}` };
        if (!isLoopback(port.name)) for (const one of written('nodes', text, owner)) add(one);
      }
  return [...ranges.values()];
}

const keyOf = once(({ family, first, last }: Range): string => `${family} ${first} ${last}`);

const subnetsOf = once((node: CalicoNode): readonly PlannedRange[] => {
  const name = node.name?.value ?? '?';
  const owner = { en: `the node \`${name}\``, 'zh-cn': `节点 \`${name}\`` };
  return [node.ipv4Address, node.ipv6Address].flatMap((address) => written('nodes', address, owner));
});

/** Labs that no node of the site's kind clusters is plugged into: what happens in one does not concern the other. */
function labsWithoutCluster(site: Site): ReadonlySet<Lab> {
  if (site.all('kind/Cluster').length === 0) return new Set();
  const joined = site
    .derive(HOSTS)
    .all.filter((host) => host.kindNodes.length + host.kubernetesNodes.length + host.calicoNodes.length > 0)
    .flatMap(({ labNodes }) => labNodes.map(({ lab }) => lab));
  const mayBe = (lab: Lab): boolean =>
    joined.includes(lab) ||
    [...lab.nodes.values()].some(
      ({ kind, settings }) =>
        kind === undefined ||
        /^(ext-container|k8s-kind|bridge|ovs-bridge|host)$/.test(kind.name) ||
        settings.network?.mode === 'container',
    );
  return new Set(site.derive(LABS).filter((lab) => !mayBe(lab)));
}

function isLoopback(name: string): boolean {
  return /^(lo|dum|dummy|tunl|vxlan|cali)/.test(name);
}

function managementRanges(site: Site): readonly PlannedRange[] {
  const labs = site.all('containerlab/Topology');
  const ranges = labs.flatMap((lab) =>
    written('management', lab.mgmt?.ipv4Subnet, { en: 'the management network', 'zh-cn': '管理网络' }),
  );
  const runsDocker = labs.length > 0 || site.all('kind/Cluster').length > 0;
  return runsDocker
    ? [...ranges, ...planned('docker', DOCKER_BRIDGE, { en: 'Docker’s default bridge', 'zh-cn': 'Docker 默认网桥' })]
    : ranges;
}

function written(use: RangeUse, field: Field<string> | undefined, owner: Text): readonly PlannedRange[] {
  if (field?.value === undefined) return [];
  return planned(use, field.value, owner).map((one) => ({ ...one, field }));
}

/** Dual-stack fields hold two prefixes, joined by a comma. */
function listed(use: RangeUse, field: Field<string> | undefined, owner: Text): readonly PlannedRange[] {
  if (field?.value === undefined) return [];
  return field.value.split(',').flatMap((part) => planned(use, part.trim(), owner).map((one) => ({ ...one, field })));
}

function planned(use: RangeUse, text: string, owner: Text): readonly PlannedRange[] {
  const prefix = parsePrefixOrAddress(text);
  return prefix === undefined ? [] : [{ use, range: rangeOf(prefix), text, owner }];
}
