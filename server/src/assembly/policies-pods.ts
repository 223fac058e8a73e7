import type { Workload } from '../model/kubernetes/workload.ts';
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
    ...site.all('kubernetes/Workload').map((workload): Pods => {
      const labels = new Map([...workload.pod.labels].map(([key, { value }]) => [key, value] as const));
      const namespace = workload.namespace?.value;
      if (namespace !== undefined) labels.set('projectcalico.org/namespace', namespace);
      return { workload, namespace, labels };
    }),
    ...[...site.all('calico/NetworkSet'), ...site.all('calico/WorkloadEndpoint')].map(
      ({ namespace, labels }): Pods => ({
        namespace: namespace?.value,
        labels: new Map([...labels].map(([key, { value }]) => [key, value] as const)),
      }),
    ),
  ];
  const byKey = new Map<string, Pods[]>();
  for (const pods of all)
    for (const key of pods.labels.keys()) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [pods]);
      else list.push(pods);
    }
  const byPair = new Map<string, Pods[]>();
  for (const pods of all)
    for (const [key, value] of pods.labels) {
      const pair = `${key}=${value ?? ''}`;
      const list = byPair.get(pair);
      if (list === undefined) byPair.set(pair, [pods]);
      else list.push(pods);
    }
  return {
    all,
    namespaces: new Set(all.flatMap(({ namespace }) => namespace ?? [])),
    candidates(tree) {
      const needed = requiredLabel(tree);
      if (needed === undefined) return undefined;
      if (needed.value === undefined) return byKey.get(needed.key) ?? [];
      return [...(byPair.get(`${needed.key}=${needed.value}`) ?? []), ...(byPair.get(`${needed.key}=`) ?? [])];
    },
  };
});

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
