import { isMapping, type Json, type JsonMapping, valueAt } from './objects.ts';

/**
 * What the server writes into a spec by itself when a file does not say it: the values of all releases, since they differ. A live
 * field that has such a value and is not in the file is no difference. Observed with calicoctl 3.31.7 and 3.32.1 on etcd.
 */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, readonly Json[]>>>> = {
  BGPConfiguration: { logSeverityScreen: ['Info'], serviceLoadBalancerAggregation: ['Enabled'] },
  IPPool: {
    ipipMode: ['Never'],
    vxlanMode: ['Never'],
    nodeSelector: ['all()'],
    allowedUses: [['Workload', 'Tunnel']],
    assignmentMode: ['Automatic'],
  },
  FelixConfiguration: {
    bpfConnectTimeLoadBalancing: ['TCP'],
    bpfHostNetworkedNATWithoutCTLB: ['Enabled'],
    floatingIPs: ['Disabled'],
    nftablesMode: ['Auto', 'Disabled'],
  },
  KubeControllersConfiguration: { prometheusMetricsPort: [9094], healthChecks: ['Enabled'] },
  GlobalNetworkPolicy: { tier: ['default'] },
  NetworkPolicy: { tier: ['default'] },
  StagedGlobalNetworkPolicy: { tier: ['default'], stagedAction: ['Set'] },
  StagedNetworkPolicy: { tier: ['default'], stagedAction: ['Set'] },
  StagedKubernetesNetworkPolicy: { stagedAction: ['Set'] },
  Tier: { defaultAction: ['Deny'] },
};

/** Booleans and numbers that Calico's API does not keep when they are `false` or 0: Go's `omitempty` without a pointer. */
const NOT_KEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  IPPool: new Set(['natOutgoing', 'disabled', 'disableBGPExport', 'blockSize']),
  BGPPeer: new Set(['keepOriginalNextHop', 'asNumber']),
  GlobalNetworkPolicy: new Set(['doNotTrack', 'preDNAT', 'applyOnForward']),
  StagedGlobalNetworkPolicy: new Set(['doNotTrack', 'preDNAT', 'applyOnForward']),
};

/** A spec without what Calico's API does not keep. */
export function keptFields(kind: string, spec: JsonMapping): JsonMapping {
  const dropped = NOT_KEPT[kind];
  if (dropped === undefined) return spec;
  return Object.fromEntries(
    Object.entries(spec).filter(([key, value]) => !(dropped.has(key) && (value === false || value === 0))),
  );
}

/** What the server may have written for a spec that does not say it; empty when nothing is known of the field. */
export function writtenDefaults(kind: string, field: string, spec: JsonMapping): readonly Json[] {
  if (kind === 'IPPool' && field === 'blockSize') return [String(spec.cidr ?? '').includes(':') ? 122 : 26];
  if (field === 'types' && kind.endsWith('NetworkPolicy')) return policyTypes(kind, spec);
  return WRITTEN[kind]?.[field] ?? [];
}

export function defaultFields(kind: string): readonly string[] {
  const more = kind === 'IPPool' ? ['blockSize'] : kind.endsWith('NetworkPolicy') ? ['types'] : [];
  return [...Object.keys(WRITTEN[kind] ?? {}), ...more];
}

/** A policy without `types` is about egress when it has egress rules, and about ingress unless it has only those. */
function policyTypes(kind: string, { ingress, egress }: JsonMapping): readonly Json[] {
  if (kind === 'StagedKubernetesNetworkPolicy') return [];
  return [policyTypesOf({ ingress, egress })];
}

/** The directions that a Calico policy without `types` decides. */
export function policyTypesOf({ ingress, egress }: JsonMapping): readonly Json[] {
  const has = (rules: Json | undefined): boolean => Array.isArray(rules) && rules.length > 0;
  if (has(egress)) return has(ingress) ? ['Ingress', 'Egress'] : ['Egress'];
  return ['Ingress'];
}

/** Labels that the server writes beside the file's. */
export function writtenLabels(kind: string, spec: Json | undefined): JsonMapping {
  if (!/^(Staged)?(Global)?NetworkPolicy$/.test(kind)) return {};
  const tier = isMapping(spec) && typeof spec.tier === 'string' ? spec.tier : 'default';
  return { 'projectcalico.org/tier': tier };
}

/**
 * What calico/node, Felix and Kubernetes' own controller write into a Node: addresses found, tunnels made, keys. A file does not say
 * them, and taking one away cuts tunnels until calico/node starts again. Observed with calicoctl 3.31.7 and 3.32.1 on Kubernetes.
 */
const NODE_WRITTEN: readonly (readonly string[])[] = [
  ['addresses'],
  ['orchRefs'],
  ['interfaces'],
  ['bgp', 'ipv4IPIPTunnelAddr'],
  ['ipv4VXLANTunnelAddr'],
  ['ipv6VXLANTunnelAddr'],
  ['vxlanTunnelMACAddr'],
  ['vxlanTunnelMACAddrV6'],
  ['wireguard'],
];

/** The fields of a Node's spec that others write and `spec` does not say, with the values that they have in `live`. */
export function writtenByNode(live: Json | undefined, spec: Json | undefined): readonly WrittenField[] {
  return NODE_WRITTEN.flatMap((path) => {
    const value = valueAt(live, path);
    return value === undefined || valueAt(spec, path) !== undefined ? [] : [{ path, value }];
  });
}

export interface WrittenField {
  readonly path: readonly string[];
  readonly value: Json;
}
