/** A kind that calicoctl drives. */
export interface CalicoKind {
  readonly kind: string;
  /** As calicoctl's `get` takes it. */
  readonly resource: string;
  readonly namespaced: boolean;
  /** Written by Calico itself: that no file has such an object says nothing. */
  readonly automatic?: boolean;
  /** BGP follows from it: read for every plan, whatever the plan is about. */
  readonly bgp?: boolean;
  /** Pods are closed by it. */
  readonly closes?: boolean;
}

const kind = (name: string, more: Partial<CalicoKind> = {}): CalicoKind => ({
  kind: name,
  resource: name.toLowerCase(),
  namespaced: false,
  ...more,
});

/** Every kind of projectcalico.org/v3 that people write, and those that the plan needs to know. */
export const CALICO_KINDS: readonly CalicoKind[] = [
  kind('Node', { automatic: true, bgp: true }),
  kind('BGPConfiguration', { bgp: true }),
  kind('BGPPeer', { bgp: true }),
  kind('BGPFilter', { bgp: true }),
  kind('IPPool', { bgp: true }),
  kind('IPReservation'),
  kind('FelixConfiguration'),
  kind('KubeControllersConfiguration'),
  kind('Tier', { closes: true }),
  kind('GlobalNetworkSet'),
  kind('NetworkSet', { namespaced: true }),
  kind('GlobalNetworkPolicy', { closes: true }),
  kind('NetworkPolicy', { namespaced: true, closes: true }),
  kind('StagedGlobalNetworkPolicy'),
  kind('StagedNetworkPolicy', { namespaced: true }),
  kind('StagedKubernetesNetworkPolicy', { namespaced: true }),
  kind('HostEndpoint'),
];

/** Read and never written: who the Pods are. */
export const WORKLOAD_ENDPOINT: CalicoKind = kind('WorkloadEndpoint', { namespaced: true, automatic: true });

const BY_NAME = new Map(CALICO_KINDS.map((entry) => [entry.kind, entry]));

export const CALICO_API = 'projectcalico.org/v3';

export function calicoKind(apiVersion: string, name: string): CalicoKind | undefined {
  return apiVersion === CALICO_API ? BY_NAME.get(name) : undefined;
}

/** Objects that Calico makes for itself among the kinds that people write. */
export function isMadeByCalico(name: string, object: string): boolean {
  if (BY_NAME.get(name)?.automatic === true) return true;
  if (name === 'Tier')
    return /^(default|adminnetworkpolicy|baselineadminnetworkpolicy|kube-admin|kube-baseline)$/.test(object);
  if (name === 'NetworkPolicy') return object.startsWith('knp.default.');
  if (name === 'FelixConfiguration') return object.startsWith('node.') || object === 'default';
  return name === 'KubeControllersConfiguration' && object === 'default';
}

export type ToolName = 'calicoctl' | 'kubectl' | 'containerlab';

/** A kind that kubectl drives. */
interface KubectlKind {
  readonly namespaced: boolean;
  /** As it stands in the paths of the API. */
  readonly resource: string;
}

const IRREGULAR: Readonly<Record<string, string>> = {
  Community: 'communities',
  NetworkAttachmentDefinition: 'network-attachment-definitions',
  NetworkPolicy: 'networkpolicies',
};

function kubectlKinds(names: {
  readonly cluster?: readonly string[];
  readonly namespace?: readonly string[];
}): ReadonlyMap<string, KubectlKind> {
  const entry = (name: string, namespaced: boolean): readonly [string, KubectlKind] => [
    name,
    { namespaced, resource: IRREGULAR[name] ?? `${name.toLowerCase()}s` },
  ];
  return new Map([
    ...(names.cluster ?? []).map((name) => entry(name, false)),
    ...(names.namespace ?? []).map((name) => entry(name, true)),
  ]);
}

/** Spiderpool's, MetalLB's, and those of Kubernetes that a network needs. Workloads are not a network's to apply. */
const KUBECTL_KINDS: ReadonlyMap<string, ReadonlyMap<string, KubectlKind>> = new Map([
  [
    'spiderpool.spidernet.io',
    kubectlKinds({
      cluster: ['SpiderIPPool', 'SpiderSubnet', 'SpiderCoordinator', 'SpiderReservedIP'],
      namespace: ['SpiderMultusConfig'],
    }),
  ],
  ['k8s.cni.cncf.io', kubectlKinds({ namespace: ['NetworkAttachmentDefinition'] })],
  [
    'metallb.io',
    kubectlKinds({
      namespace: ['BFDProfile', 'BGPAdvertisement', 'BGPPeer', 'Community', 'IPAddressPool', 'L2Advertisement'],
    }),
  ],
  ['networking.k8s.io', kubectlKinds({ cluster: ['ServiceCIDR'], namespace: ['NetworkPolicy'] })],
  ['', kubectlKinds({ cluster: ['Namespace'], namespace: ['ConfigMap', 'Secret', 'Service'] })],
]);

/** What kubectl needs to know of a kind; undefined for those that it does not drive. */
export function kubectlKind(apiVersion: string, name: string): KubectlKind | undefined {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return KUBECTL_KINDS.get(group)?.get(name);
}

/** Which tool an object is applied with; undefined for kinds that Selvage applies with none. */
export function toolFor(apiVersion: string, name: string): ToolName | undefined {
  if (calicoKind(apiVersion, name) !== undefined) return 'calicoctl';
  return kubectlKind(apiVersion, name) === undefined ? undefined : 'kubectl';
}
