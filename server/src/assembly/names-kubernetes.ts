import type { NodeRegistration } from '../model/kubeadm/configuration.ts';
import type { NetworkPolicyRules } from '../model/kubernetes/network-policy.ts';
import type { Service } from '../model/kubernetes/service.ts';
import type { Workload } from '../model/kubernetes/workload.ts';
import { Reader } from '../model/reader.ts';
import { type Doc, yamlOf } from '../syntax/document.ts';
import { nodeAt, type Path, pairOf, resolved } from '../syntax/tree.ts';
import { defined, type NameUse, referred } from './names.ts';
import { ownedAddress } from './names-addresses.ts';
import { askedLabels, carriedLabels, kubernetesSelectorLabels } from './names-labels.ts';
import { annotatedPools } from './names-pools.ts';
import { podMetadata } from './spiderpool-annotations.ts';

/** What a workload's Pods are labelled with and ask for: nodes, pools, secrets. */
export function workloadNames(workload: Workload): readonly NameUse[] {
  const { pod, selector } = workload;
  return [
    ...carriedLabels('endpoints', pod.labels),
    ...kubernetesSelectorLabels('endpoints', selector),
    ...askedLabels('nodes', pod.nodeSelector),
    ...referred('node', pod.nodeName),
    ...annotatedPools(workload.doc, podMetadata(workload)),
    ...pod.secrets.flatMap((secret) => referred('secret', secret)),
  ];
}

export function serviceNames({ selector }: Service): readonly NameUse[] {
  return askedLabels('endpoints', selector);
}

export function networkPolicyNames({ podSelector, ingress = [], egress = [] }: NetworkPolicyRules): readonly NameUse[] {
  return [
    ...kubernetesSelectorLabels('endpoints', podSelector),
    ...[...ingress, ...egress].flatMap(({ peers }) =>
      peers.flatMap((peer) => [
        ...kubernetesSelectorLabels('endpoints', peer.podSelector),
        ...kubernetesSelectorLabels('namespaces', peer.namespaceSelector),
      ]),
    ),
  ];
}

/** How a kubelet registers its node: under a name, with addresses and labels. */
export function registrationNames({ nodeName, kubelet }: NodeRegistration): readonly NameUse[] {
  return [
    ...referred('node', nodeName),
    ...kubelet.nodeIPs.flatMap(ownedAddress),
    ...kubelet.nodeLabels.flatMap(({ key, value }): readonly NameUse[] => [
      ...defined('label', key, 'nodes'),
      ...(key.value === 'kubernetes.io/hostname'
        ? referred('node', value)
        : defined('label value', value, `nodes ${key.value ?? ''}`)),
    ]),
  ];
}

/** The namespaces that the objects of a document are in, whatever their kinds are. */
export function namespacesIn(doc: Doc): readonly NameUse[] {
  return objectPaths(doc).flatMap((path) =>
    referred('namespace', new Reader(doc, path, nodeAt(yamlOf(doc)?.root, path)).string('metadata', 'namespace')),
  );
}

/** Where objects stand in a document: alone, in a list, or in a `List`. */
function objectPaths(doc: Doc): readonly Path[] {
  const root = resolved(yamlOf(doc)?.root);
  if (root?.kind === 'sequence') return root.items.map((_, index) => [index]);
  const items = resolved(pairOf(root, 'items')?.value);
  const listed = items?.kind === 'sequence' && pairOf(root, 'kind')?.value !== undefined;
  return listed ? items.items.map((_, index) => ['items', index]) : [[]];
}
