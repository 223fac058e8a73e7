import type { Workload } from '../model/kubernetes/workload.ts';
import type { KubernetesObject } from '../model/resource.ts';
import { once } from '../network/once.ts';
import type { Labels, SelectorNode } from '../network/selector.ts';
import { defineDerivation } from '../workspace/site.ts';

/** The Pods of one workload, or another labelled endpoint, as selectors see them. */
export interface Pods {
  readonly workload?: Workload;
  /** Undefined where the file does not say it. */
  readonly namespace: string | undefined;
  readonly labels: Labels;
}

export interface PodIndex {
  readonly all: readonly Pods[];
  readonly namespaces: ReadonlySet<string>;
  /** Those that may have a label, or a label with this value; a superset of what such a selector selects. */
  readonly candidates: (tree: SelectorNode) => readonly Pods[] | undefined;
}

/** Everything that policy rules of a namespace can select, found by label. */
export const POD_INDEX = defineDerivation('pods by label', (site): PodIndex => {
  const all: Pods[] = [
    ...site.all('kubernetes/Workload').map(podsOf),
    ...[...site.all('calico/NetworkSet'), ...site.all('calico/WorkloadEndpoint')].map(endpointOf),
  ];
  const byLabel = new Map<string, Pods[]>();
  const namespaces = new Set<string>();
  for (const pods of all) {
    if (pods.namespace !== undefined) namespaces.add(pods.namespace);
    for (const label of labelsOf(pods)) {
      const list = byLabel.get(label);
      if (list === undefined) byLabel.set(label, [pods]);
      else list.push(pods);
    }
  }
  return {
    all,
    namespaces,
    candidates(tree) {
      const needed = requiredLabel(tree);
      if (needed === undefined) return undefined;
      const { key, value } = needed;
      if (value === undefined) return byLabel.get(key) ?? [];
      return [...(byLabel.get(`${key}=${value}`) ?? []), ...(byLabel.get(`${key}=`) ?? [])];
    },
  };
});

const podsOf = once((workload: Workload): Pods => {
  const labels = new Map([...workload.pod.labels].map(([key, { value }]) => [key, value] as const));
  const namespace = workload.namespace?.value;
  if (namespace !== undefined) labels.set('projectcalico.org/namespace', namespace);
  return { workload, namespace, labels };
});

const endpointOf = once(
  ({ namespace, labels }: KubernetesObject): Pods => ({
    namespace: namespace?.value,
    labels: new Map([...labels].map(([key, { value }]) => [key, value] as const)),
  }),
);

/** Each label as a key alone, and with its value; one that is not known stands as empty. No key has a `=`. */
const labelsOf = once(({ labels }: Pods): readonly string[] =>
  [...labels].flatMap(([key, value]) => [key, `${key}=${value ?? ''}`]),
);

/** A label without which the selector selects nothing. */
function requiredLabel(tree: SelectorNode): { readonly key: string; readonly value?: string } | undefined {
  switch (tree.op) {
    case 'equals':
      return { key: tree.label, value: tree.value };
    case 'has':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'in':
      return { key: tree.label };
    case 'and': {
      const found = tree.operands.flatMap((operand) => requiredLabel(operand) ?? []);
      return found.find(({ value }) => value !== undefined) ?? found[0];
    }
    default:
      return undefined;
  }
}
