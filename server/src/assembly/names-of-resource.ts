import type { CalicoPolicy } from '../model/calico/policy.ts';
import type { KindKey, ResourceKinds } from '../model/kinds.ts';
import type { KubernetesObject, Resource } from '../model/resource.ts';
import type { RouterConfig } from '../model/router/config.ts';
import { once } from '../network/once.ts';
import { routerKey } from './hosts.ts';
import { defined, type NameUse, referred } from './names.ts';
import { askedAddress, ownedAddress } from './names-addresses.ts';
import { birdNames } from './names-bird.ts';
import { bgpPeerNames, calicoNodeNames, policyNames, ruleNames } from './names-calico.ts';
import { topologyNames } from './names-containerlab.ts';
import { frrNames } from './names-frr.ts';
import { networkPolicyNames, registrationNames, serviceNames, workloadNames } from './names-kubernetes.ts';
import { calicoSelectorLabels, carriedLabels, kubernetesSelectorLabels } from './names-labels.ts';
import { annotatedPools, spiderPool } from './names-pools.ts';
import { vyosNames } from './names-vyos.ts';

type Reader<K extends KindKey> = (resource: ResourceKinds[K]) => readonly NameUse[];

const endpointNames = ({ labels }: KubernetesObject): readonly NameUse[] => carriedLabels('endpoints', labels);
const calicoPolicyNames = (policy: CalicoPolicy): readonly NameUse[] => [
  ...policyNames(policy),
  ...calicoSelectorLabels(policy),
];

/** What each kind of resource defines and refers to. */
const READERS: { readonly [K in KindKey]?: Reader<K> } = {
  'calico/Node': calicoNodeNames,
  'calico/BGPPeer': (peer) => [...bgpPeerNames(peer), ...calicoSelectorLabels(peer)],
  'calico/BGPConfiguration': ({ nodeMeshPasswordSecret }) => referred('secret', nodeMeshPasswordSecret),
  'calico/BGPFilter': ({ name }) => defined('filter', name),
  'calico/IPPool': (pool) => [...defined('calico pool', pool.name), ...calicoSelectorLabels(pool)],
  'calico/Tier': ({ name }) => defined('tier', name),
  'calico/NetworkPolicy': calicoPolicyNames,
  'calico/GlobalNetworkPolicy': calicoPolicyNames,
  'calico/StagedNetworkPolicy': calicoPolicyNames,
  'calico/StagedGlobalNetworkPolicy': calicoPolicyNames,
  'calico/StagedKubernetesNetworkPolicy': networkPolicyNames,
  'calico/Profile': (profile) => [
    ...carriedLabels('endpoints', profile.labelsToApply),
    ...calicoSelectorLabels(profile),
    ...ruleNames(profile.ingress),
    ...ruleNames(profile.egress),
  ],
  'calico/HostEndpoint': (endpoint) => [...endpointNames(endpoint), ...referred('node', endpoint.node)],
  'calico/WorkloadEndpoint': (endpoint) => [...endpointNames(endpoint), ...referred('node', endpoint.node)],
  'calico/NetworkSet': endpointNames,
  'calico/GlobalNetworkSet': endpointNames,
  'calico/FelixConfiguration': calicoSelectorLabels,
  'calico/KubeControllersConfiguration': calicoSelectorLabels,
  'calico/IPAMBlock': ({ node }) => referred('node', node),
  'calico/BlockAffinity': ({ node }) => referred('node', node),
  'tigera/Installation': (installation) => [
    ...installation.ipPools.flatMap(({ name }) => defined('calico pool', name)),
    ...calicoSelectorLabels(installation),
  ],
  'kind/Cluster': ({ name, nodes }) => [
    ...defined('cluster', name),
    ...nodes.flatMap(({ labels }) => carriedLabels('nodes', labels)),
  ],
  'kubeadm/InitConfiguration': ({ registration }) => registrationNames(registration),
  'kubeadm/JoinConfiguration': ({ registration }) => registrationNames(registration),
  'kubernetes/Namespace': (namespace) => [
    ...defined('namespace', namespace.name),
    ...carriedLabels('namespaces', namespace.labels),
    ...annotatedPools(namespace.doc, [...namespace.path, 'metadata']),
  ],
  'kubernetes/ServiceAccount': ({ labels }) => carriedLabels('serviceaccounts', labels),
  'kubernetes/NetworkPolicy': networkPolicyNames,
  'kubernetes/Node': (node) => [
    ...defined('node', node.name),
    ...carriedLabels('nodes', node.labels),
    ...node.addresses.flatMap(({ type, address }) =>
      type?.value === 'Hostname' ? referred('node', address) : ownedAddress(address),
    ),
  ],
  'kubernetes/Secret': ({ name }) => defined('secret', name),
  'kubernetes/Service': serviceNames,
  'kubernetes/Workload': workloadNames,
  'metallb/BGPPeer': ({ peerAddress }) => askedAddress(peerAddress),
  'spiderpool/SpiderIPPool': (pool) => [
    ...defined('spiderpool pool', pool.name),
    ...pool.nodeName.flatMap((node) => referred('node', node)),
    ...pool.namespaceName.flatMap((namespace) => referred('namespace', namespace)),
    ...kubernetesSelectorLabels('endpoints', pool.podAffinity),
    ...kubernetesSelectorLabels('nodes', pool.nodeAffinity),
    ...kubernetesSelectorLabels('namespaces', pool.namespaceAffinity),
  ],
  'spiderpool/SpiderMultusConfig': ({ blocks }) =>
    blocks.flatMap(({ ippools }) => [...(ippools?.ipv4 ?? []), ...(ippools?.ipv6 ?? [])].flatMap(spiderPool)),
  'containerlab/Topology': topologyNames,
  'router/Config': routerNames,
  'shell/Script': ({ routes }) => routes.flatMap(({ via }) => via.flatMap(askedAddress)),
};

export const NAMING_KINDS = Object.keys(READERS) as KindKey[];

/** The names in one resource, read once: an edit elsewhere does not make it another one. */
export const namesOfResource = once((resource: Resource): readonly NameUse[] => {
  const read = READERS[resource.kind as KindKey] as ((resource: Resource) => readonly NameUse[]) | undefined;
  return read === undefined ? [] : read(resource);
});

function routerNames(router: RouterConfig): readonly NameUse[] {
  const { doc, interfaces } = router;
  const scope = routerKey(router);
  const words =
    doc.tree.format === 'frr'
      ? frrNames(doc, doc.tree.frr, scope)
      : doc.tree.format === 'vyos'
        ? vyosNames(doc, doc.tree.vyos, scope)
        : doc.tree.format === 'bird'
          ? birdNames(doc, doc.tree.bird, scope)
          : [];
  return [...words, ...interfaces.flatMap(({ addresses }) => addresses.flatMap(ownedAddress))];
}
