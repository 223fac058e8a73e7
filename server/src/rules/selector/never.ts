import { selectorOf } from '../../assembly/selectors.ts';
import type { CalicoPolicy } from '../../model/calico/policy.ts';
import type { PolicyEntity } from '../../model/calico/policy-rule.ts';
import { selectorsOf } from '../../model/calico/selectors.ts';
import { type Labels, matches } from '../../network/selector.ts';
import { neverMatches } from '../../network/selector-satisfiable.ts';
import type { Field } from '../../syntax/document.ts';
import type { SelectorNode } from '../../syntax/selector.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

const POLICIES = [
  'calico/NetworkPolicy',
  'calico/GlobalNetworkPolicy',
  'calico/StagedNetworkPolicy',
  'calico/StagedGlobalNetworkPolicy',
] as const;

export default defineRule({
  id: 'selector/never',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A selector contradicts itself, or the selector of its policy: no labels whatever satisfy it.',
      'zh-cn': '选择器自相矛盾，或与所属策略的选择器矛盾：任何标签都无法满足。',
    },
    why: {
      en: 'Calico takes it without a word. The peer has no session, the pool gives no address, the rule is never used, and a later rule or the default decides instead.',
      'zh-cn': 'Calico 会默默接受：对端没有会话，地址池不分配地址，规则永远不会生效，而由后面的规则或默认动作决定。',
    },
    source:
      'projectcalico/calico libcalico-go/lib/selector: validation parses and does no more (calico.md §3); users.md M32',
  },
  yieldsTo: ['policy/one-side-never-matches'],
  document(_doc, { report, resources }) {
    for (const resource of resources)
      for (const { field } of selectorsOf(resource)) {
        const tree = treeOf(field);
        if (tree === undefined || !neverMatches(tree)) continue;
        // Calico's own way to keep a pool for those who ask for it by annotation.
        const isPool = resource.kind === 'calico/IPPool' || resource.kind === 'tigera/Installation';
        if (isPool && tree.op === 'not' && tree.operand.op === 'all') continue;
        report(field.place, {
          en: 'Nothing can satisfy this selector, whatever its labels, and Calico applies it to nobody without a word. Take out what contradicts the rest, or join it with `||`.',
          'zh-cn':
            '无论标签如何，都没有对象能满足该选择器，Calico 会默默地对任何对象都不生效。请删去矛盾的条件，或改用 `||` 连接。',
        });
      }
  },
  check({ site, report }) {
    for (const kind of POLICIES) for (const policy of site.all(kind)) judgeRules(policy, site, report);
  },
});

function treeOf(field: Field<string> | undefined): SelectorNode | undefined {
  return field?.value === undefined ? undefined : selectorOf(field.value).tree;
}

/** The endpoint of a policy is the destination of what comes in and the source of what goes out. */
function judgeRules(policy: CalicoPolicy, site: Site, report: Report): void {
  const ends = endsOf(policy);
  if (ends.length === 0) return;
  const own = treeOf(policy.selector);
  // What a host forwards is neither from it nor for it, so both ends may be others.
  const forwards = [policy.applyOnForward, policy.preDNAT, policy.doNotTrack].some(
    (flag) => flag !== undefined && flag.value !== false,
  );
  if (own === undefined || forwards || neverMatches(own)) return;
  for (const { selector, namespaceSelector } of ends) {
    const tree = treeOf(selector);
    if (selector === undefined || tree === undefined || namespaceSelector !== undefined || neverMatches(tree)) continue;
    if (!neverMatches({ op: 'and', operands: [own, tree] }) || selectsNetworkSet(tree, site)) continue;
    report(
      selector.place,
      {
        en: 'No endpoint that this policy selects satisfies this selector, so the rule is never used and the next one decides. On this side stands the policy’s own endpoint; the other one belongs on the other side.',
        'zh-cn':
          '此策略所选的端点都不满足该选择器，因此规则永远不会生效，而由下一条决定。这一侧是策略自身的端点，另一端应写在另一侧。',
      },
      {
        related: [
          {
            place: policy.selector!.place,
            message: { en: 'The policy selects only these.', 'zh-cn': '策略只选择这些端点。' },
          },
        ],
      },
    );
  }
}

/** The entities that stand for the policy's own endpoint and name it by a selector; most policies have none. */
function endsOf({ ingress = [], egress = [] }: CalicoPolicy): readonly PolicyEntity[] {
  const ends: PolicyEntity[] = [];
  for (const { destination } of ingress) if (destination.selector !== undefined) ends.push(destination);
  for (const { source } of egress) if (source.selector !== undefined) ends.push(source);
  return ends;
}

/** A rule compares addresses, and a network set may hold those of the policy's own endpoints under other labels. */
function selectsNetworkSet(tree: SelectorNode, site: Site): boolean {
  return [...site.all('calico/NetworkSet'), ...site.all('calico/GlobalNetworkSet')].some(({ labels }) => {
    const known: Labels = new Map([...labels].map(([key, { value }]) => [key, value]));
    return matches(tree, known) !== false;
  });
}
