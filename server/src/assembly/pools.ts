import type { Installation, InstallationPool } from '../model/calico/installation.ts';
import type { IPPool } from '../model/calico/ip-pool.ts';
import { networkOf, type Prefix, parsePrefix } from '../network/prefix.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';

/** A range that Calico's own IPAM gives Pods addresses from: an IPPool, or a pool of the operator's Installation. */
export interface Pool {
  /** For messages: its name, or its CIDR where it has none. */
  readonly name: string;
  /** As written, and known. */
  readonly cidr: Field<string>;
  readonly network: Prefix;
  /** Bits of a block; undefined when it is written and cannot be known. */
  readonly blockSize: number | undefined;
  /** `Never`, `Always` or `CrossSubnet`; undefined when unknown. */
  readonly ipip: string | undefined;
  readonly vxlan: string | undefined;
  /** False when absent from an IPPool; undefined when unknown. */
  readonly natOutgoing: boolean | undefined;
  readonly nodeSelector?: Field<string>;
  /** Whether it may be announced; undefined when unknown. */
  readonly exported: boolean | undefined;
  readonly origin:
    | { readonly kind: 'IPPool'; readonly pool: IPPool }
    | { readonly kind: 'Installation'; readonly installation: Installation; readonly pool: InstallationPool };
}

export interface Pools {
  /** Every enabled pool for workloads that Calico chooses from by itself. */
  readonly enabled: readonly Pool[];
  /** False when a pool's CIDR, use, or being enabled cannot be known, so that `enabled` may lack one. */
  readonly complete: boolean;
  /** Whether the pools of the files are all there are: Calico makes one of its own for a family that has none. */
  readonly whole: boolean;
}

/** The pools of a site's cluster. */
export const POOLS = defineDerivation('pools', (site): Pools => {
  const all = site.all('calico/IPPool');
  const installed = site
    .all('tigera/Installation')
    .flatMap((installation) => installation.ipPools.map((pool) => ({ installation, pool })));
  const unknown = [
    ...all.flatMap((pool) => [pool.cidr, pool.disabled, pool.assignmentMode, ...pool.allowedUses]),
    ...installed.map(({ pool }) => pool.cidr),
  ].some((field) => field !== undefined && field.value === undefined);
  return {
    enabled: [
      ...all.flatMap(fromIPPool),
      ...installed.flatMap(({ installation, pool }) => fromInstallation(installation, pool)),
    ],
    complete: !unknown,
    whole: installed.length > 0 || all.some((pool) => DEFAULT_POOLS.has(pool.name?.value ?? '')),
  };
});

/** The names of the pools that calico-node makes where it finds none. */
export const DEFAULT_POOLS: ReadonlySet<string> = new Set(['default-ipv4-ippool', 'default-ipv6-ippool']);

const USUAL_BLOCK = { 4: 26, 6: 122 } as const;

function fromIPPool(pool: IPPool): readonly Pool[] {
  const network = networkIn(pool.cidr);
  if (network === undefined || (pool.disabled !== undefined && pool.disabled.value !== false)) return [];
  if (pool.assignmentMode !== undefined && pool.assignmentMode.value !== 'Automatic') return [];
  if (pool.allowedUses.length > 0 && !pool.allowedUses.some(({ value }) => value === 'Workload')) return [];
  return [
    {
      name: pool.name?.value ?? pool.cidr!.value!,
      cidr: pool.cidr!,
      network,
      blockSize: blockSize(pool.blockSize, network),
      ipip: mode(pool.ipipMode),
      vxlan: mode(pool.vxlanMode),
      natOutgoing: pool.natOutgoing === undefined ? false : pool.natOutgoing.value,
      ...(pool.nodeSelector && { nodeSelector: pool.nodeSelector }),
      exported: pool.disableBGPExport === undefined ? true : inverse(pool.disableBGPExport.value),
      origin: { kind: 'IPPool', pool },
    },
  ];
}

function fromInstallation(installation: Installation, pool: InstallationPool): readonly Pool[] {
  const network = networkIn(pool.cidr);
  if (network === undefined) return [];
  // What the operator puts in for an absent field depends on the family, the CNI and its release.
  const encapsulation = pool.encapsulation?.value;
  const nat = pool.natOutgoing?.value;
  return [
    {
      name: pool.name?.value ?? pool.cidr!.value!,
      cidr: pool.cidr!,
      network,
      blockSize: blockSize(pool.blockSize, network),
      ipip: modeOf(encapsulation, 'IPIP'),
      vxlan: modeOf(encapsulation, 'VXLAN'),
      natOutgoing: nat === undefined ? undefined : nat === 'Enabled',
      ...(pool.nodeSelector && { nodeSelector: pool.nodeSelector }),
      exported: pool.disableBGPExport === undefined ? true : inverse(pool.disableBGPExport.value),
      origin: { kind: 'Installation', installation, pool },
    },
  ];
}

function networkIn(cidr: Field<string> | undefined): Prefix | undefined {
  const prefix = cidr?.value === undefined ? undefined : parsePrefix(cidr.value);
  return prefix && networkOf(prefix);
}

function blockSize(field: Field<number> | undefined, { family }: Prefix): number | undefined {
  if (field === undefined || field.value === 0) return USUAL_BLOCK[family];
  return field.value;
}

function mode(field: Field<string> | undefined): string | undefined {
  return field === undefined || field.value === '' ? 'Never' : field.value;
}

function modeOf(encapsulation: string | undefined, tunnel: 'IPIP' | 'VXLAN'): string | undefined {
  if (encapsulation === undefined) return undefined;
  if (encapsulation === tunnel) return 'Always';
  return encapsulation === `${tunnel}CrossSubnet` ? 'CrossSubnet' : 'Never';
}

function inverse(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/**
 * Whether the files of a site describe one cluster at most, so that its pools and nodes belong together: no second kind or
 * kubeadm configuration, no second Installation, and no pool of one name with two ranges.
 */
export const IS_ONE_CLUSTER = defineDerivation('is one cluster', (site): boolean => {
  const clusters = site.all('kind/Cluster');
  // A kubeadm configuration inside a kind configuration changes that cluster and makes none.
  const hosts = new Set(clusters.map(({ doc }) => doc));
  const own = site.all('kubeadm/ClusterConfiguration').filter(({ doc }) => !doc.parent || !hosts.has(doc.parent));
  if (clusters.length + own.length > 1 || site.all('tigera/Installation').length > 1) return false;
  const ranges = new Map<string, string | undefined>();
  for (const { name, cidr } of site.all('calico/IPPool')) {
    if (name?.value === undefined) continue;
    if (ranges.has(name.value) && ranges.get(name.value) !== cidr?.value) return false;
    ranges.set(name.value, cidr?.value);
  }
  return true;
});
