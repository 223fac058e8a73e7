import { type BGPConfiguration, bgpConfiguration } from './calico/bgp-configuration.ts';
import { type BGPPeer, bgpPeer } from './calico/bgp-peer.ts';
import { type IPPool, ipPool } from './calico/ip-pool.ts';
import { type CalicoNode, calicoNode } from './calico/node.ts';
import type { Topology } from './containerlab/topology.ts';
import type { KindReader, Resource } from './resource.ts';
import type { RouterConfig } from './router/config.ts';

/** Kinds that are recognised by apiVersion and kind. */
export interface KubernetesKinds {
  readonly 'calico/BGPConfiguration': BGPConfiguration;
  readonly 'calico/BGPPeer': BGPPeer;
  readonly 'calico/IPPool': IPPool;
  readonly 'calico/Node': CalicoNode;
}

/** Every typed kind by its key; what `site.all(kind)` returns. */
export interface ResourceKinds extends KubernetesKinds {
  readonly 'containerlab/Topology': Topology;
  readonly 'router/Config': RouterConfig;
}

export type KindKey = keyof ResourceKinds;

/** The compiler asks for a reader of every kind. */
const READERS: { readonly [K in keyof KubernetesKinds]: KindReader<KubernetesKinds[K]> } = {
  'calico/BGPConfiguration': bgpConfiguration,
  'calico/BGPPeer': bgpPeer,
  'calico/IPPool': ipPool,
  'calico/Node': calicoNode,
};

export const KUBERNETES_KINDS: ReadonlyMap<string, KindReader<Resource>> = new Map(Object.entries(READERS));

/** The key of an object by its apiVersion and kind; `other/<kind>` for what no reader knows, undefined without a kind. */
export function kindKey(apiVersion: string | undefined, kind: string | undefined): string | undefined {
  if (kind === undefined || kind === '') return undefined;
  const group = apiVersion?.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const family =
    FAMILIES[group] ??
    (apiVersion === undefined && /^(Init|Join|Cluster)Configuration$|^Kube(let|Proxy)Configuration$/.test(kind)
      ? 'kubeadm'
      : 'other');
  return `${family}/${kind}`;
}

/** crd.projectcalico.org/v1 is how the API server stores Calico's objects: the same network, whatever schema rules say of it. */
const FAMILIES: Readonly<Record<string, string>> = {
  '': 'kubernetes',
  apps: 'kubernetes',
  batch: 'kubernetes',
  'networking.k8s.io': 'kubernetes',
  'projectcalico.org': 'calico',
  'crd.projectcalico.org': 'calico',
  'spiderpool.spidernet.io': 'spiderpool',
  'k8s.cni.cncf.io': 'multus',
  'kind.x-k8s.io': 'kind',
  'kubeadm.k8s.io': 'kubeadm',
  'kubelet.config.k8s.io': 'kubeadm',
  'operator.tigera.io': 'tigera',
  'metallb.io': 'metallb',
};
