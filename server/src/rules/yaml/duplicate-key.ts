import { isInsideValue, isNetworkDocument } from '../../model/kubernetes-document.ts';
import { yamlOf } from '../../syntax/document.ts';
import { removeLines } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'yaml/duplicate-key',
  severity: 'error',
  docs: {
    summary: { en: 'A key stands twice in one mapping.', 'zh-cn': '同一映射中键重复出现。' },
    why: {
      en: 'calicoctl and containerlab refuse the file; kubectl keeps the last value and silently forgets the first, so half of what you wrote never applies.',
      'zh-cn':
        'calicoctl 与 containerlab 会拒绝该文件；kubectl 则只保留最后一个值并悄悄丢弃前者，因此有一半内容永远不会生效。',
    },
    source: 'calico.md P03; go-yaml strict decoding',
  },
  document(doc, { report }) {
    if (!isNetworkDocument(doc) || isInsideValue(doc)) return;
    for (const problem of yamlOf(doc)?.problems ?? []) {
      if (problem.code !== 'yaml/duplicate-key') continue;
      const line = doc.text.slice(problem.span[0], endOfLine(doc.text, problem.span[1]));
      const fixes = /:\s*[^\s#|>&*[{]/.test(line)
        ? [
            {
              title: { en: 'Remove this line', 'zh-cn': '删除此行' },
              kind: 'pick' as const,
              edits: () => removeLines(doc, problem.span),
            },
          ]
        : [];
      report({ doc, span: problem.span }, problem.message, { fixes });
    }
  },
});

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline;
}
