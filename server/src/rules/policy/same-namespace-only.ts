import { POD_INDEX, type PodIndex } from '../../assembly/policies-pods.ts';
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
    for (const policy of policies) checkPolicy(policy, pods, report);
  },
});

function checkPolicy(policy: CalicoPolicy, pods: PodIndex, report: Report): void {
  const namespace = policy.namespace?.value;
  // Something of the own namespace must be known, or the pods meant may just not be in the files.
  if (namespace === undefined || !pods.namespaces.has(namespace)) return;
  for (const rule of policy.ingress ?? []) checkSide(namespace, rule.source, pods, report);
  for (const rule of policy.egress ?? []) checkSide(namespace, rule.destination, pods, report);
}

function checkSide(namespace: string, side: PolicyEntity, pods: PodIndex, report: Report): void {
  if (side.selector?.value === undefined || side.namespaceSelector !== undefined) return;
  const { tree } = selectorOf(side.selector.value);
  const candidates = tree === undefined ? undefined : pods.candidates(tree);
  if (tree === undefined || candidates === undefined) return;
  const selected = candidates.filter(({ labels }) => matches(tree, labels) !== false);
  if (selected.some((one) => one.namespace === undefined || one.namespace === namespace)) return;
  const certain = selected.filter(({ labels }) => matches(tree, labels) === true);
  const others = [...new Set(certain.flatMap((one) => one.namespace ?? []))].sort();
  const [first] = others;
  if (first === undefined) return;
  const { doc, path } = side.place;
  const workload = certain.find((one) => one.namespace === first)?.workload;
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
