import { selectorOf } from '../../assembly/selectors.ts';
import { selectorsOf } from '../../model/calico/selectors.ts';
import { neverMatches } from '../../network/selector-satisfiable.ts';
import type { Field } from '../../syntax/document.ts';
import type { SelectorNode } from '../../syntax/selector.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'selector/never',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A selector contradicts itself: no labels whatever satisfy it.',
      'zh-cn': '选择器自相矛盾：任何标签都无法满足。',
    },
    why: {
      en: 'Calico takes it without a word. The peer has no session, the pool gives no address, the rule is never used, and a later rule or the default decides instead.',
      'zh-cn': 'Calico 会默默接受：对端没有会话，地址池不分配地址，规则永远不会生效，而由后面的规则或默认动作决定。',
    },
    source:
      'projectcalico/calico libcalico-go/lib/selector: validation parses and does no more (calico.md §3); users.md M32',
  },
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
});

function treeOf(field: Field<string> | undefined): SelectorNode | undefined {
  return field?.value === undefined ? undefined : selectorOf(field.value).tree;
}
