import { selectorOf } from '../../assembly/selectors.ts';
import { type SelectorUse, selectorsOf } from '../../model/calico/selectors.ts';
import type { SelectorNode } from '../../syntax/selector.ts';
import type { Text } from '../../text.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'selector/scope',
  severity: 'error',
  docs: {
    summary: {
      en: '`global()` stands in a field that forbids it, or beside something else.',
      'zh-cn': '`global()` 出现在不允许的字段中，或与其他条件混用。',
    },
    why: {
      en: '`global()` means what belongs to no namespace: host endpoints and global network sets. Only the namespaceSelector of a rule can ask for that, and only with `global()` alone; everywhere else the object is refused.',
      'zh-cn':
        '`global()` 表示不属于任何命名空间的对象：主机端点与全局网络集。只有规则中的 namespaceSelector 可以这样选择，且必须单独使用；写在其他位置时对象会被拒绝。',
    },
    source:
      'projectcalico/calico CRD validations of NetworkPolicy, GlobalNetworkPolicy and IPPool (calico.md E01, E02, N05, G05, I20, I21)',
  },
  document(_doc, { report, resources }) {
    for (const resource of resources)
      for (const use of selectorsOf(resource)) {
        const tree = use.field.value === undefined ? undefined : selectorOf(use.field.value).tree;
        const found = tree === undefined ? undefined : globalIn(tree);
        if (tree === undefined || found === undefined) continue;
        if (use.global === 'refused') report({ ...use.field.place, span: found.span }, refused(use));
        else if (use.global === 'alone' && tree.op !== 'global')
          report({ ...use.field.place, span: found.span }, notAlone());
      }
  },
});

function globalIn(node: SelectorNode): SelectorNode | undefined {
  if (node.op === 'global') return node;
  if (node.op === 'not') return globalIn(node.operand);
  if (node.op !== 'and' && node.op !== 'or') return undefined;
  for (const operand of node.operands) {
    const found = globalIn(operand);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refused({ selects }: SelectorUse): Text {
  if (selects === 'endpoints')
    return {
      en: 'Calico refuses `global()` here. It belongs in the `namespaceSelector` of a rule, alone, and means host endpoints and global network sets. Move it there, or write `all()`.',
      'zh-cn':
        'Calico 不允许在此使用 `global()`。它只能单独写在规则的 `namespaceSelector` 中，表示主机端点与全局网络集。请移到那里，或改写为 `all()`。',
    };
  return {
    en: 'Calico refuses `global()` here: it is only for the `namespaceSelector` of a policy’s rules. Write `all()` to select everything.',
    'zh-cn': 'Calico 不允许在此使用 `global()`：它只用于策略规则的 `namespaceSelector`。如需选择全部，请写 `all()`。',
  };
}

function notAlone(): Text {
  return {
    en: '`global()` cannot be combined: what belongs to no namespace has no namespace labels. Calico refuses the policy. Write `global()` alone, and a second rule for the rest.',
    'zh-cn':
      '`global()` 不能与其他条件组合：不属于任何命名空间的对象没有命名空间标签，Calico 会拒绝该策略。请单独写 `global()`，其余条件另写一条规则。',
  };
}
