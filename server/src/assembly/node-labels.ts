import { once, sameItems } from '../network/once.ts';
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
export const NODE_LABELS = defineDerivation('node labels', (site, before: NodeLabels | undefined): NodeLabels => {
  const sources = new Map<string, LabelSource[]>();
  const add = (name: string | undefined, labels: LabelSource): void => {
    const list = name === undefined ? undefined : sources.get(name);
    if (list !== undefined) list.push(labels);
    else if (name !== undefined) sources.set(name, [labels]);
  };
  for (const cluster of site.derive(KIND_CLUSTERS))
    for (const machine of cluster.nodes) add(machine.name, kindLabels(machine));
  for (const node of site.all('kubernetes/Node')) add(node.name?.value, node.labels);
  for (const node of site.all('calico/Node')) add(node.name?.value, node.labels);
  return new Map(
    [...sources].map(([name, from]) => {
      const known = before?.get(name);
      return [name, known !== undefined && sameItems(known.from, from) ? known : { ...merged(name, from), from }];
    }),
  );
});

type LabelSource = ReadonlyMap<string, Field<string>>;
/** A node whose labels stand where they stood is the same object as before. */
type NodeLabels = ReadonlyMap<string, KnownNode & { readonly from: readonly LabelSource[] }>;

/** A later file's word on a label stands. */
function merged(name: string, from: readonly LabelSource[]): KnownNode {
  const labels = new Map<string, string | undefined>();
  const fields = new Map<string, Field<string>>();
  for (const [key, field] of from.flatMap((source) => [...source])) {
    labels.set(key, field.value);
    fields.set(key, field);
  }
  return { name, labels, fields };
}

/** Labels that a kind configuration gives a node, and those that its kubelet registers it with. */
const kindLabels = once((machine: KindMachine): LabelSource => {
  const labels = new Map(machine.node?.labels);
  for (const { kubelet } of machine.registrations)
    for (const { key, value } of kubelet.nodeLabels) if (key.value !== undefined) labels.set(key.value, value);
  return labels;
});

/** Labels that Kubernetes and the cloud give a node by themselves: a file seldom shows them, so their absence says nothing. */
export function isImplicitLabel(key: string): boolean {
  return /(^|\.)(kubernetes\.io|k8s\.io)\//.test(key) || key.startsWith('projectcalico.org/');
}
