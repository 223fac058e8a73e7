import { selectorOf } from '../../assembly/selectors.ts';
import { type CalicoPolicy, POLICY_KINDS } from '../../model/calico/policy.ts';
import type { PolicyEntity } from '../../model/calico/policy-rule.ts';
import { once } from '../../network/once.ts';
import { matches, type SelectorNode } from '../../network/selector.ts';
import { neverMatches } from '../../network/selector-satisfiable.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'policy/one-side-never-matches',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A rule selects, on the policy’s own side, what the policy does not apply to.',
      'zh-cn': '规则在策略自身一侧选择了策略并不适用的端点。',
    },
    why: {
      en: 'In an ingress rule the destination is the endpoint that the policy applies to, in an egress rule the source is. When the two selectors exclude each other the rule matches no packet at all; mostly the two sides were mixed up.',
      'zh-cn':
        '入方向规则的目的端、出方向规则的源端就是策略所适用的端点。两个选择器互斥时，规则不会匹配任何报文；多半是把两侧写反了。',
    },
    source: 'Calico policy semantics; users.md M32',
  },
  check({ site, report }) {
    for (const kind of POLICY_KINDS)
      for (const policy of site.all(kind))
        for (const { side, direction } of namedSides(policy)) checkSide(policy, side, direction, site, report);
  },
});

interface NamedSide {
  readonly side: PolicyEntity;
  readonly direction: 'ingress' | 'egress';
}

/** What a policy's rules select on its own side: mostly nothing. Each policy is read once. */
const namedSides = once((policy: CalicoPolicy): readonly NamedSide[] => {
  // What a host forwards is neither from it nor for it, so both sides may be others.
  const forwards = [policy.applyOnForward, policy.preDNAT, policy.doNotTrack].some(
    (flag) => flag !== undefined && flag.value !== false,
  );
  if (forwards || policy.selector?.value === undefined) return [];
  const sides: readonly NamedSide[] = [
    ...(policy.ingress ?? []).map(({ destination }) => ({ side: destination, direction: 'ingress' as const })),
    ...(policy.egress ?? []).map(({ source }) => ({ side: source, direction: 'egress' as const })),
  ];
  return sides.filter(({ side }) => side.selector !== undefined);
});

function checkSide(
  policy: CalicoPolicy,
  side: PolicyEntity,
  direction: 'ingress' | 'egress',
  site: Site,
  report: Report,
): void {
  if (side.selector?.value === undefined || side.namespaceSelector !== undefined) return;
  const own = selectorOf(policy.selector!.value!).tree;
  const rules = selectorOf(side.selector.value).tree;
  if (own === undefined || rules === undefined || neverMatches(own) || neverMatches(rules)) return;
  if (!neverMatches({ op: 'and', operands: [own, rules] }) || selectsNetworkSet(rules, site)) return;
  const [name, other] = direction === 'ingress' ? ['destination', 'source'] : ['source', 'destination'];
  report(
    side.selector.place,
    {
      en: `The policy applies to \`${policy.selector!.value}\`, and that is the ${name} of every packet this ${direction} rule sees: none of them matches \`${side.selector.value}\`. Select it as the ${other}, or drop this selector.`,
      'zh-cn': `策略适用于 \`${policy.selector!.value}\`，此${direction === 'ingress' ? '入' : '出'}方向规则所见报文的${direction === 'ingress' ? '目的端' : '源端'}正是这些端点：没有一个匹配 \`${side.selector.value}\`。请将其写在 \`${other}\`，或去掉此选择器。`,
    },
    {
      related: [
        {
          place: policy.selector!.place,
          message: { en: 'The policy applies to these.', 'zh-cn': '策略适用于这些端点。' },
        },
      ],
    },
  );
}

/** A rule compares addresses, and a network set may hold those of the policy's own endpoints under other labels. */
function selectsNetworkSet(tree: SelectorNode, site: Site): boolean {
  return [...site.all('calico/NetworkSet'), ...site.all('calico/GlobalNetworkSet')].some(({ labels }) => {
    const known = new Map([...labels].map(([key, { value }]) => [key, value] as const));
    return matches(tree, known) !== false;
  });
}
