import { isImplicitLabel, NODE_LABELS } from '../assembly/node-labels.ts';
import { POD_INDEX, type Pods } from '../assembly/policies-pods.ts';
import { selectorOf } from '../assembly/selectors.ts';
import { type SelectorUse, selectorsOf } from '../model/calico/selectors.ts';
import type { KubernetesObject, Resource } from '../model/resource.ts';
import { type Labels, labelsIn, matches, type SelectorNode } from '../network/selector.ts';
import type { Text } from '../text.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Site } from '../workspace/site.ts';
import type { InlayHint } from './inlay-hints.ts';

/** Behind a selector, how many of the nodes, Pods or namespaces that the files show it selects. */
export function selectorHints(file: FileState, site: Site): readonly InlayHint[] {
  return file.all
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => {
      const uses = selectorsOf(resource);
      return uses.flatMap((use) => {
        const tree = use.field.value === undefined ? undefined : selectorOf(use.field.value).tree;
        const hint = tree === undefined ? undefined : hintOf(tree, use, uses, resource, site);
        return hint === undefined ? [] : [{ place: use.field.place, ...hint }];
      });
    });
}

type Told = Pick<InlayHint, 'label' | 'tooltip'>;

function hintOf(
  tree: SelectorNode,
  use: SelectorUse,
  uses: readonly SelectorUse[],
  resource: Resource,
  site: Site,
): Told | undefined {
  if (use.selects === 'nodes') return nodesIn(tree, site);
  if (use.selects === 'namespaces') return namespacesIn(tree, site);
  return use.selects === 'endpoints' && isDecidedAlone(use, uses, resource) ? podsIn(tree, use, site) : undefined;
}

function nodesIn(tree: SelectorNode, site: Site): Told | undefined {
  const nodes = [...site.derive(NODE_LABELS).values()];
  const matched = chosen(tree, nodes, ({ labels }) => labels);
  if (matched === undefined) return undefined;
  const names = matched.map(({ name }) => name);
  const count = names.length;
  return {
    label: { en: `matches ${count} ${count === 1 ? 'node' : 'nodes'}`, 'zh-cn': `匹配 ${count} 个节点` },
    tooltip: ofKnown(nodes.length, names),
  };
}

function namespacesIn(tree: SelectorNode, site: Site): Told | undefined {
  // Every cluster has namespaces that no file shows: what also selects those without labels cannot be counted.
  if (matches(tree, new Map()) !== false) return undefined;
  const namespaces = site.all('kubernetes/Namespace').map(({ name, labels }) => ({
    name: name?.value ?? '',
    labels: new Map<string, string | undefined>([
      ...[...labels].map(([key, { value }]) => [key, value] as const),
      ['kubernetes.io/metadata.name', name?.value],
      ['projectcalico.org/name', name?.value],
    ]),
  }));
  const matched = chosen(tree, namespaces, ({ labels }) => labels);
  if (matched === undefined) return undefined;
  const names = matched.map(({ name }) => name);
  const count = names.length;
  return {
    label: { en: `matches ${count} ${count === 1 ? 'namespace' : 'namespaces'}`, 'zh-cn': `匹配 ${count} 个命名空间` },
    tooltip: ofKnown(namespaces.length, names),
  };
}

/** Whether the endpoints depend on nothing but this selector and one known namespace. */
function isDecidedAlone({ field, within }: SelectorUse, uses: readonly SelectorUse[], resource: Resource): boolean {
  const parent = (one: SelectorUse): string => JSON.stringify(one.field.place.path?.slice(0, -1));
  const beside = uses.filter(
    (other) => other.field !== field && parent(other) === JSON.stringify(field.place.path?.slice(0, -1)),
  );
  if (beside.length > 0) return false;
  const isNamespaced = resource.kind === 'calico/NetworkPolicy' || resource.kind === 'calico/StagedNetworkPolicy';
  return isNamespaced ? within?.value !== undefined && (resource as KubernetesObject).namespace !== undefined : true;
}

function podsIn(tree: SelectorNode, { within }: SelectorUse, site: Site): Told | undefined {
  const { all } = site.derive(POD_INDEX);
  const workloads = all.filter(({ workload }) => workload !== undefined);
  if (within !== undefined && workloads.some(({ namespace }) => namespace === undefined)) return undefined;
  const here = within === undefined ? workloads : workloads.filter(({ namespace }) => namespace === within.value);
  const matched = chosen(tree, here, ({ labels }) => labels);
  if (matched === undefined) return undefined;
  const names = matched.map(({ workload }) => workload?.name?.value ?? '').filter((name) => name !== '');
  return { label: podsLabel(matched), tooltip: ofKnown(here.length, names) };
}

function podsLabel(matched: readonly Pods[]): Text {
  const counts = matched.map(replicasOf);
  const exact = counts.every((count) => count !== undefined);
  const count = exact ? counts.reduce<number>((sum, one) => sum + one!, 0) : matched.length;
  const spaces = new Set(matched.map(({ namespace }) => namespace));
  const what = exact ? (count === 1 ? 'Pod' : 'Pods') : count === 1 ? 'workload' : 'workloads';
  const zh = exact ? `${count} 个 Pod` : `${count} 个工作负载`;
  if (spaces.size < 2 || spaces.has(undefined)) return { en: `selects ${count} ${what}`, 'zh-cn': `选择 ${zh}` };
  return {
    en: `selects ${count} ${what} in ${spaces.size} namespaces`,
    'zh-cn': `选择 ${spaces.size} 个命名空间中的 ${zh}`,
  };
}

/** How many Pods a workload has; undefined where nodes, a schedule or somebody else decide that. */
function replicasOf({ workload }: Pods): number | undefined {
  switch (workload?.workloadKind?.value) {
    case 'Pod':
      return 1;
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
    case 'ReplicationController':
      return workload.replicas === undefined ? 1 : workload.replicas.value;
    default:
      return undefined;
  }
}

/**
 * What a selector selects of the things that are known; undefined where that cannot be told: nothing is known, a label is
 * asked for that no file shows on any of them or that clusters give by themselves, or a value is a template's.
 */
function chosen<T>(tree: SelectorNode, known: readonly T[], labelsOf: (one: T) => Labels): readonly T[] | undefined {
  if (known.length === 0) return undefined;
  for (const label of labelsIn(tree)) {
    const holders = known.filter((one) => labelsOf(one).has(label)).length;
    if (holders === 0 || (isImplicitLabel(label) && holders < known.length)) return undefined;
  }
  const verdicts = known.map((one) => matches(tree, labelsOf(one)));
  return verdicts.includes('unknown') ? undefined : known.filter((_, index) => verdicts[index] === true);
}

const MOST_NAMED = 20;

function ofKnown(total: number, names: readonly string[]): Text {
  const named = names.slice(0, MOST_NAMED).map((name) => `\`${name}\``);
  const rest = names.length > MOST_NAMED ? ' …' : '';
  const colon = named.length === 0 ? '.' : `: ${named.join(', ')}${rest}`;
  const zhColon = named.length === 0 ? '。' : `：${named.join('、')}${rest}`;
  return { en: `Of ${total} that the files here show${colon}`, 'zh-cn': `这里的文件共列出 ${total} 个${zhColon}` };
}
