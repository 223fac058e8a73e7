import { selectorOf } from '../../assembly/selectors.ts';
import { selectorsOf } from '../../model/calico/selectors.ts';
import type { Place } from '../../syntax/document.ts';
import { replaceText } from '../../syntax/edit.ts';
import type { SelectorProblem } from '../../syntax/selector.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'selector/syntax',
  severity: 'error',
  docs: {
    summary: { en: 'A Calico selector cannot be parsed.', 'zh-cn': 'Calico 选择器无法解析。' },
    why: {
      en: 'Calico refuses the object. Its selectors are not those of Kubernetes: `==` with a quoted value, `&&` instead of commas, `has(x)` without a space.',
      'zh-cn':
        'Calico 会拒绝该对象。它的选择器语法与 Kubernetes 不同：用 `==` 和带引号的值，用 `&&` 而不是逗号，`has(x)` 中不能有空格。',
    },
    source: 'projectcalico/calico libcalico-go/lib/selector (calico.md §3)',
  },
  document(_doc, { report, resources }) {
    for (const resource of resources)
      for (const { field } of selectorsOf(resource)) {
        if (field.value === undefined) continue;
        for (const problem of selectorOf(field.value).problems) {
          if (problem.code !== 'selector/syntax') continue;
          report({ ...field.place, span: problem.span }, problem.message, { fixes: fixesFor(field.place, problem) });
        }
      }
  },
});

function fixesFor(place: Place, { suggestion }: SelectorProblem): readonly Fix[] {
  if (suggestion === undefined) return [];
  return [
    {
      title: { en: `Write \`${suggestion.text}\``, 'zh-cn': `改写为 \`${suggestion.text}\`` },
      kind: 'pick',
      edits: () => replaceText({ ...place, span: suggestion.span }, suggestion.text),
    },
  ];
}
