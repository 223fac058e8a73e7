import type { Labels } from '../network/selector.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { KIND_CLUSTERS, type KindMachine } from './hosts-kind.ts';

/** A cluster node and the labels that the files of the site give it. */
export interface KnownNode {
  readonly name: string;
  readonly labels: Labels;
  /** Where each label is written, for showing. */
  readonly fields: ReadonlyMap<string, Field<string>>;
}

/** The nodes of the site's cluster by name: Calico Nodes, Kubernetes Nodes and the machines of kind clusters, merged. */
export const NODE_LABELS = defineDerivation('node labels', (site): ReadonlyMap<string, KnownNode> => {
  const nodes = new Map<string, { labels: Map<string, string | undefined>; fields: Map<string, Field<string>> }>();
  const add = (name: string | undefined, labels: ReadonlyMap<string, Field<string>>): void => {
    if (name === undefined) return;
    const node = nodes.get(name) ?? { labels: new Map(), fields: new Map() };
    nodes.set(name, node);
    for (const [key, field] of labels) {
      node.labels.set(key, field.value);
      node.fields.set(key, field);
    }
  };
  for (const cluster of site.derive(KIND_CLUSTERS))
    for (const machine of cluster.nodes) add(machine.name, kindLabels(machine));
  for (const node of site.all('kubernetes/Node')) add(node.name?.value, node.labels);
  for (const node of site.all('calico/Node')) add(node.name?.value, node.labels);
  return new Map([...nodes].map(([name, { labels, fields }]) => [name, { name, labels, fields }]));
});

/** Labels that a kind configuration gives a node, and those that its kubelet registers it with. */
function kindLabels(machine: KindMachine): ReadonlyMap<string, Field<string>> {
  const labels = new Map(machine.node?.labels);
  for (const { kubelet } of machine.registrations)
    for (const { key, value } of kubelet.nodeLabels) if (key.value !== undefined) labels.set(key.value, value);
  return labels;
}

/** Labels that Kubernetes and the cloud give a node by themselves: a file seldom shows them, so their absence says nothing. */
export function isImplicitLabel(key: string): boolean {
  return /(^|\.)(kubernetes\.io|k8s\.io)\//.test(key) || key.startsWith('projectcalico.org/');
}
