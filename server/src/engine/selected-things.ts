import { NODE_LABELS } from '../assembly/node-labels.ts';
import { POD_INDEX } from '../assembly/policies-pods.ts';
import type { SelectorTarget } from '../model/calico/selectors.ts';
import type { Labels } from '../network/selector.ts';
import type { Text } from '../text.ts';
import type { Site } from '../workspace/site.ts';

/** Something with labels that a selector may select, and what it is called. */
export interface Labelled {
  readonly name: string;
  readonly labels: Labels;
}

/** The things of a sort that the files of a site show, with the labels that Kubernetes gives them by their name. */
export function labelledThings(site: Site, sort: SelectorTarget, namespace: string | undefined): readonly Labelled[] {
  switch (sort) {
    case 'nodes':
      return [...site.derive(NODE_LABELS).values()];
    case 'namespaces':
      return site.all('kubernetes/Namespace').map(({ name, labels }) => ({
        name: name?.value ?? '?',
        labels: new Map<string, string | undefined>([
          ...[...labels].map(([key, { value }]) => [key, value] as const),
          ['kubernetes.io/metadata.name', name?.value],
          ['projectcalico.org/name', name?.value],
        ]),
      }));
    case 'serviceaccounts':
      return site
        .all('kubernetes/ServiceAccount')
        .filter((account) => namespace === undefined || account.namespace?.value === namespace)
        .map(({ name, labels }) => ({
          name: name?.value ?? '?',
          labels: new Map([...labels].map(([key, { value }]) => [key, value] as const)),
        }));
    default:
      return site
        .derive(POD_INDEX)
        .all.filter((pods) => pods.workload !== undefined && (namespace === undefined || pods.namespace === namespace))
        .map(({ workload, namespace: own, labels }) => ({
          name: own === undefined ? (workload?.name?.value ?? '?') : `${own}/${workload?.name?.value ?? '?'}`,
          labels,
        }));
  }
}

/** What they are called, one and many. */
export const THINGS: Readonly<Record<SelectorTarget, { readonly one: Text; readonly many: Text }>> = {
  nodes: { one: { en: 'node', 'zh-cn': '个节点' }, many: { en: 'nodes', 'zh-cn': '个节点' } },
  namespaces: { one: { en: 'namespace', 'zh-cn': '个命名空间' }, many: { en: 'namespaces', 'zh-cn': '个命名空间' } },
  serviceaccounts: {
    one: { en: 'service account', 'zh-cn': '个服务账户' },
    many: { en: 'service accounts', 'zh-cn': '个服务账户' },
  },
  endpoints: { one: { en: 'workload', 'zh-cn': '个工作负载' }, many: { en: 'workloads', 'zh-cn': '个工作负载' } },
  workloads: { one: { en: 'workload', 'zh-cn': '个工作负载' }, many: { en: 'workloads', 'zh-cn': '个工作负载' } },
};

const MOST = 12;

/** `Selects 2 of 3 nodes: n1, n2`, and of how many nobody can say. */
export function selectedText(
  sort: SelectorTarget,
  known: number,
  matched: readonly string[],
  unknown: number,
  namespace: string | undefined,
): Text {
  const noun = known === 1 ? THINGS[sort].one : THINGS[sort].many;
  const place = inNamespace(namespace);
  const told = matched.slice(0, MOST).map((name) => `\`${name}\``);
  const more = matched.length - told.length;
  const en = `**Selects ${matched.length} of ${known} ${noun.en}**${place.en}${told.length === 0 ? '' : `: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`}`;
  const zh = `**选中 ${known} ${noun['zh-cn']}中的 ${matched.length} 个**${place['zh-cn']}${told.length === 0 ? '' : `：${told.join('、')}${more > 0 ? ` 以及另外 ${more} 个` : ''}`}`;
  if (unknown === 0) return { en, 'zh-cn': zh };
  return {
    en: `${en}\n\nOf ${unknown} more nobody knows: a label’s value is a template’s.`,
    'zh-cn': `${zh}\n\n另有 ${unknown} 个无法判断：标签的值来自模板。`,
  };
}

export function inNamespace(namespace: string | undefined): Text {
  if (namespace === undefined) return { en: '', 'zh-cn': '' };
  return { en: ` in the namespace \`${namespace}\``, 'zh-cn': `（命名空间 \`${namespace}\`）` };
}
