import { type BGPConfiguration, bgpConfiguration } from './calico/bgp-configuration.ts';
import { type BGPFilter, bgpFilter } from './calico/bgp-filter.ts';
import { type BGPPeer, bgpPeer } from './calico/bgp-peer.ts';
import {
  type ClusterInformation,
  clusterInformation,
  type KubeControllersConfiguration,
  kubeControllersConfiguration,
} from './calico/cluster.ts';
import {
  type GlobalNetworkSet,
  globalNetworkSet,
  type HostEndpoint,
  hostEndpoint,
  type NetworkSet,
  networkSet,
  type Profile,
  profile,
  type WorkloadEndpoint,
  workloadEndpoint,
} from './calico/endpoint.ts';
import { type FelixConfiguration, felixConfiguration } from './calico/felix-configuration.ts';
import { type Installation, installation } from './calico/installation.ts';
import { type IPPool, ipPool } from './calico/ip-pool.ts';
import {
  type BlockAffinity,
  blockAffinity,
  type IPAMBlock,
  type IPAMConfiguration,
  type IPReservation,
  ipamBlock,
  ipamConfiguration,
  ipReservation,
} from './calico/ipam.ts';
import { type CalicoNode, calicoNode } from './calico/node.ts';
import {
  type CalicoPolicy,
  globalNetworkPolicy,
  networkPolicy,
  type StagedKubernetesNetworkPolicy,
  stagedGlobalNetworkPolicy,
  stagedKubernetesNetworkPolicy,
  stagedNetworkPolicy,
  type Tier,
  tier,
} from './calico/policy.ts';
import type { Topology } from './containerlab/topology.ts';
import type { Forwarder, Resolver } from './dns/forwarder.ts';
import { type KindCluster, kindCluster } from './kind/cluster.ts';
import {
  type ClusterConfiguration,
  clusterConfiguration,
  type InitConfiguration,
  initConfiguration,
  type JoinConfiguration,
  joinConfiguration,
} from './kubeadm/configuration.ts';
import {
  type AccessBinding,
  type AccessRole,
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
} from './kubernetes/access.ts';
import { type ConfigMap, configMap } from './kubernetes/config-map.ts';
import { type Namespace, namespace, type ServiceAccount, serviceAccount } from './kubernetes/namespace.ts';
import { type KubernetesNetworkPolicy, kubernetesNetworkPolicy } from './kubernetes/network-policy.ts';
import { type KubernetesNode, kubernetesNode } from './kubernetes/node.ts';
import { type Secret, secret } from './kubernetes/secret.ts';
import { type Service, service } from './kubernetes/service.ts';
import { type ServiceCIDR, serviceCIDR } from './kubernetes/service-cidr.ts';
import { WORKLOAD_KINDS, type Workload, workload } from './kubernetes/workload.ts';
import { type MetallbPeer, metallbPeer } from './metallb/bgp-peer.ts';
import {
  type NetworkAttachmentDefinition,
  networkAttachmentDefinition,
} from './multus/network-attachment-definition.ts';
import type { KindReader, Resource } from './resource.ts';
import type { RouterConfig } from './router/config.ts';
import type { ShellScript } from './shell/script.ts';
import { type SpiderCoordinator, spiderCoordinator } from './spiderpool/coordinator.ts';
import { type SpiderEndpoint, spiderEndpoint } from './spiderpool/endpoint.ts';
import { type SpiderIPPool, spiderIPPool } from './spiderpool/ip-pool.ts';
import { type SpiderMultusConfig, spiderMultusConfig } from './spiderpool/multus-config.ts';
import { type SpiderReservedIP, spiderReservedIP } from './spiderpool/reserved-ip.ts';
import { type SpiderSubnet, spiderSubnet } from './spiderpool/subnet.ts';

/** Kinds that are recognised by apiVersion and kind. */
export interface KubernetesKinds {
  readonly 'calico/BGPConfiguration': BGPConfiguration;
  readonly 'calico/BGPPeer': BGPPeer;
  readonly 'calico/IPPool': IPPool;
  readonly 'calico/Node': CalicoNode;
  readonly 'calico/BGPFilter': BGPFilter;
  readonly 'calico/BlockAffinity': BlockAffinity;
  readonly 'calico/ClusterInformation': ClusterInformation;
  readonly 'calico/FelixConfiguration': FelixConfiguration;
  readonly 'calico/GlobalNetworkPolicy': CalicoPolicy<'calico/GlobalNetworkPolicy'>;
  readonly 'calico/GlobalNetworkSet': GlobalNetworkSet;
  readonly 'calico/HostEndpoint': HostEndpoint;
  readonly 'calico/IPAMBlock': IPAMBlock;
  readonly 'calico/IPAMConfiguration': IPAMConfiguration;
  readonly 'calico/IPReservation': IPReservation;
  readonly 'calico/KubeControllersConfiguration': KubeControllersConfiguration;
  readonly 'calico/NetworkPolicy': CalicoPolicy<'calico/NetworkPolicy'>;
  readonly 'calico/NetworkSet': NetworkSet;
  readonly 'calico/Profile': Profile;
  readonly 'calico/StagedGlobalNetworkPolicy': CalicoPolicy<'calico/StagedGlobalNetworkPolicy'>;
  readonly 'calico/StagedKubernetesNetworkPolicy': StagedKubernetesNetworkPolicy;
  readonly 'calico/StagedNetworkPolicy': CalicoPolicy<'calico/StagedNetworkPolicy'>;
  readonly 'calico/Tier': Tier;
  readonly 'calico/WorkloadEndpoint': WorkloadEndpoint;
  readonly 'tigera/Installation': Installation;
  readonly 'kind/Cluster': KindCluster;
  readonly 'kubeadm/ClusterConfiguration': ClusterConfiguration;
  readonly 'kubeadm/InitConfiguration': InitConfiguration;
  readonly 'kubeadm/JoinConfiguration': JoinConfiguration;
  readonly 'kubernetes/ConfigMap': ConfigMap;
  readonly 'kubernetes/Namespace': Namespace;
  readonly 'kubernetes/NetworkPolicy': KubernetesNetworkPolicy;
  readonly 'kubernetes/Node': KubernetesNode;
  readonly 'kubernetes/Secret': Secret;
  readonly 'kubernetes/Service': Service;
  readonly 'kubernetes/ServiceAccount': ServiceAccount;
  readonly 'kubernetes/ServiceCIDR': ServiceCIDR;
  readonly 'kubernetes/Workload': Workload;
  readonly 'metallb/BGPPeer': MetallbPeer;
  readonly 'multus/NetworkAttachmentDefinition': NetworkAttachmentDefinition;
  readonly 'rbac/ClusterRole': AccessRole<'rbac/ClusterRole'>;
  readonly 'rbac/ClusterRoleBinding': AccessBinding<'rbac/ClusterRoleBinding'>;
  readonly 'rbac/Role': AccessRole<'rbac/Role'>;
  readonly 'rbac/RoleBinding': AccessBinding<'rbac/RoleBinding'>;
  readonly 'spiderpool/SpiderCoordinator': SpiderCoordinator;
  readonly 'spiderpool/SpiderEndpoint': SpiderEndpoint;
  readonly 'spiderpool/SpiderIPPool': SpiderIPPool;
  readonly 'spiderpool/SpiderMultusConfig': SpiderMultusConfig;
  readonly 'spiderpool/SpiderReservedIP': SpiderReservedIP;
  readonly 'spiderpool/SpiderSubnet': SpiderSubnet;
}

/** Every typed kind by its key; what `site.all(kind)` returns. */
export interface ResourceKinds extends KubernetesKinds {
  readonly 'containerlab/Topology': Topology;
  readonly 'dns/Forwarder': Forwarder;
  readonly 'dns/Resolver': Resolver;
  readonly 'router/Config': RouterConfig;
  readonly 'shell/Script': ShellScript;
}

export type KindKey = keyof ResourceKinds;

/** The compiler asks for a reader of every kind. */
const READERS: { readonly [K in keyof KubernetesKinds]: KindReader<KubernetesKinds[K]> } = {
  'calico/BGPConfiguration': bgpConfiguration,
  'calico/BGPPeer': bgpPeer,
  'calico/IPPool': ipPool,
  'calico/Node': calicoNode,
  'calico/BGPFilter': bgpFilter,
  'calico/BlockAffinity': blockAffinity,
  'calico/ClusterInformation': clusterInformation,
  'calico/FelixConfiguration': felixConfiguration,
  'calico/GlobalNetworkPolicy': globalNetworkPolicy,
  'calico/GlobalNetworkSet': globalNetworkSet,
  'calico/HostEndpoint': hostEndpoint,
  'calico/IPAMBlock': ipamBlock,
  'calico/IPAMConfiguration': ipamConfiguration,
  'calico/IPReservation': ipReservation,
  'calico/KubeControllersConfiguration': kubeControllersConfiguration,
  'calico/NetworkPolicy': networkPolicy,
  'calico/NetworkSet': networkSet,
  'calico/Profile': profile,
  'calico/StagedGlobalNetworkPolicy': stagedGlobalNetworkPolicy,
  'calico/StagedKubernetesNetworkPolicy': stagedKubernetesNetworkPolicy,
  'calico/StagedNetworkPolicy': stagedNetworkPolicy,
  'calico/Tier': tier,
  'calico/WorkloadEndpoint': workloadEndpoint,
  'tigera/Installation': installation,
  'kind/Cluster': kindCluster,
  'kubeadm/ClusterConfiguration': clusterConfiguration,
  'kubeadm/InitConfiguration': initConfiguration,
  'kubeadm/JoinConfiguration': joinConfiguration,
  'kubernetes/ConfigMap': configMap,
  'kubernetes/Namespace': namespace,
  'kubernetes/NetworkPolicy': kubernetesNetworkPolicy,
  'kubernetes/Node': kubernetesNode,
  'kubernetes/Secret': secret,
  'kubernetes/Service': service,
  'kubernetes/ServiceAccount': serviceAccount,
  'kubernetes/ServiceCIDR': serviceCIDR,
  'kubernetes/Workload': workload,
  'metallb/BGPPeer': metallbPeer,
  'multus/NetworkAttachmentDefinition': networkAttachmentDefinition,
  'rbac/ClusterRole': clusterRole,
  'rbac/ClusterRoleBinding': clusterRoleBinding,
  'rbac/Role': role,
  'rbac/RoleBinding': roleBinding,
  'spiderpool/SpiderCoordinator': spiderCoordinator,
  'spiderpool/SpiderEndpoint': spiderEndpoint,
  'spiderpool/SpiderIPPool': spiderIPPool,
  'spiderpool/SpiderMultusConfig': spiderMultusConfig,
  'spiderpool/SpiderReservedIP': spiderReservedIP,
  'spiderpool/SpiderSubnet': spiderSubnet,
};

export const KUBERNETES_KINDS: ReadonlyMap<string, KindReader<Resource>> = new Map(Object.entries(READERS));

/**
 * The key of an object by its apiVersion and kind; `other/<kind>` for a group that nobody here knows, undefined without
 * a kind. Every kind that makes Pods is `kubernetes/Workload`.
 */
export function kindKey(apiVersion: string | undefined, kind: string | undefined): string | undefined {
  if (kind === undefined || kind === '') return undefined;
  const key = `${familyOf(apiVersion, kind)}/${kind}`;
  return SYNONYMS[key] ?? key;
}

function familyOf(apiVersion: string | undefined, kind: string): string {
  // kind's kubeadmConfigPatches need not say their apiVersion.
  if (apiVersion === undefined && KUBEADM_KIND.test(kind)) return 'kubeadm';
  const group = apiVersion?.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return FAMILIES[group] ?? 'other';
}

const KUBEADM_KIND = /^(Init|Join|Cluster)Configuration$|^Kube(let|Proxy)Configuration$/;

const SYNONYMS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(WORKLOAD_KINDS.map((kind) => [`kubernetes/${kind}`, 'kubernetes/Workload'])),
  // The stored form of IPAMConfiguration has a shorter name.
  'calico/IPAMConfig': 'calico/IPAMConfiguration',
};

/** crd.projectcalico.org/v1 is how the API server stores Calico's objects: the same network, whatever schema rules say of it. */
const FAMILIES: Readonly<Record<string, string>> = {
  '': 'kubernetes',
  apps: 'kubernetes',
  batch: 'kubernetes',
  'networking.k8s.io': 'kubernetes',
  'rbac.authorization.k8s.io': 'rbac',
  'projectcalico.org': 'calico',
  'crd.projectcalico.org': 'calico',
  'spiderpool.spidernet.io': 'spiderpool',
  'k8s.cni.cncf.io': 'multus',
  'kind.x-k8s.io': 'kind',
  'kubeadm.k8s.io': 'kubeadm',
  'kubeproxy.config.k8s.io': 'kubeadm',
  'kubelet.config.k8s.io': 'kubeadm',
  'operator.tigera.io': 'tigera',
  'metallb.io': 'metallb',
};
