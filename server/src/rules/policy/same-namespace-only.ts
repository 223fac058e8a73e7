import { POD_INDEX, type PodIndex, type Pods } from '../../assembly/policies-pods.ts';
import { selectorOf } from '../../assembly/selectors.ts';
import type { CalicoPolicy } from '../../model/calico/policy.ts';
import type { PolicyEntity } from '../../model/calico/policy-rule.ts';
import { matches } from '../../network/selector.ts';
import { setField } from '../../syntax/edit.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'policy/same-namespace-only',
  severity: 'hint',
  docs: {
    summary: {
      en: 'A rule of a namespaced policy selects pods that are only in other namespaces.',
      'zh-cn': '命名空间级策略的规则选择了仅存在于其他命名空间的 Pod。',
    },
    why: {
      en: 'Without a namespaceSelector, a rule of a NetworkPolicy sees the pods of its own namespace only. An allow rule then allows nobody, and a deny rule denies nobody.',
      'zh-cn':
        '没有 namespaceSelector 时，NetworkPolicy 的规则只能看到本命名空间的 Pod。允许规则谁也不会允许，拒绝规则谁也不会拒绝。',
    },
    source: 'Calico policy semantics (calico.md §3); users.md M31',
  },
  check({ site, report }) {
    const policies = [...site.all('calico/NetworkPolicy'), ...site.all('calico/StagedNetworkPolicy')];
    if (policies.length === 0) return;
    const pods = site.derive(POD_INDEX);
    // Thousands of policies share a few selectors: each text is looked up once.
    const homes = new Map<string, Homes | undefined>();
    const homesOf: Lookup = (text) => {
      if (!homes.has(text)) homes.set(text, findHomes(text, pods));
      return homes.get(text);
    };
    for (const policy of policies) checkPolicy(policy, pods, homesOf, report);
  },
});

/** Where the pods are that a selector selects. */
interface Homes {
  /** The namespaces of those that it selects for certain, each with a workload. */
  readonly certain: ReadonlyMap<string, Pods>;
  /** Those of all that it may select; undefined among them is one that no file tells. */
  readonly possible: ReadonlySet<string | undefined>;
}

type Lookup = (text: string) => Homes | undefined;

function findHomes(text: string, pods: PodIndex): Homes | undefined {
  const { tree } = selectorOf(text);
  const candidates = tree === undefined ? undefined : pods.candidates(tree);
  if (tree === undefined || candidates === undefined) return undefined;
  const certain = new Map<string, Pods>();
  const possible = new Set<string | undefined>();
  for (const one of candidates) {
    const verdict = matches(tree, one.labels);
    if (verdict === false) continue;
    possible.add(one.namespace);
    if (verdict === true && one.namespace !== undefined && !certain.has(one.namespace)) certain.set(one.namespace, one);
  }
  return { certain, possible };
}

function checkPolicy(policy: CalicoPolicy, pods: PodIndex, homesOf: Lookup, report: Report): void {
  const namespace = policy.namespace?.value;
  // Something of the own namespace must be known, or the pods meant may just not be in the files.
  if (namespace === undefined || !pods.namespaces.has(namespace)) return;
  for (const rule of policy.ingress ?? []) checkSide(namespace, rule.source, homesOf, report);
  for (const rule of policy.egress ?? []) checkSide(namespace, rule.destination, homesOf, report);
}

function checkSide(namespace: string, side: PolicyEntity, homesOf: Lookup, report: Report): void {
  if (side.selector?.value === undefined || side.namespaceSelector !== undefined) return;
  const homes = homesOf(side.selector.value);
  if (homes === undefined || homes.possible.has(undefined) || homes.possible.has(namespace)) return;
  const others = [...homes.certain.keys()].sort();
  const [first] = others;
  if (first === undefined) return;
  const { doc, path } = side.place;
  const workload = homes.certain.get(first)?.workload;
  report(
    side.selector.place,
    {
      en: `Pods with \`${side.selector.value}\` are only in ${others.join(', ')}, and without a namespaceSelector this rule sees ${namespace} alone: it matches nobody. Add one.`,
      'zh-cn': `带有 \`${side.selector.value}\` 的 Pod 只存在于 ${others.join('、')}，而没有 namespaceSelector 的规则只能看到 ${namespace}：它不会匹配任何 Pod。请添加 namespaceSelector。`,
    },
    {
      ...(workload?.name !== undefined && {
        related: [
          {
            place: workload.name.place,
            message: { en: 'One with these labels.', 'zh-cn': '带有这些标签的工作负载。' },
          },
        ],
      }),
      fixes:
        path === undefined
          ? []
          : others.slice(0, 3).map((other) => ({
              title: { en: `Select the namespace ${other}`, 'zh-cn': `选择命名空间 ${other}` },
              kind: 'pick',
              edits: () => setField(doc, [...path, 'namespaceSelector'], `projectcalico.org/name == '${other}'`),
            })),
    },
  );
}
