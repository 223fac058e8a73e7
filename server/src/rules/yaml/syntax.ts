import { isInsideValue, isNetworkDocument } from '../../model/kubernetes-document.ts';
import { yamlOf } from '../../syntax/document.ts';
import { isTemplated } from '../../syntax/scalar.ts';
import type { Span } from '../../syntax/span.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'yaml/syntax',
  severity: 'error',
  docs: {
    summary: { en: 'The text is not YAML.', 'zh-cn': '文本不是合法的 YAML。' },
    why: {
      en: 'calicoctl, kubectl and containerlab refuse the whole file, so none of its objects reaches the network, not even the sound ones.',
      'zh-cn': 'calicoctl、kubectl 与 containerlab 会拒绝整个文件，其中的任何对象（包括正确的对象）都不会生效。',
    },
    source: 'YAML 1.2 and 1.1 specifications',
  },
  document(doc, { report }) {
    if (!isNetworkDocument(doc) || isInsideValue(doc)) return;
    for (const problem of yamlOf(doc)?.problems ?? [])
      if (problem.code === 'yaml/syntax' && !isTemplated(lineAt(doc.text, problem.span)))
        report({ doc, span: problem.span }, problem.message);
  },
});

/** The line of a span and the one before it: where a template that is not YAML yet would be the cause. */
function lineAt(text: string, span: Span): string {
  const start = text.lastIndexOf('\n', span[0] - 1);
  const before = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', span[0]);
  return text.slice(before, end === -1 ? text.length : end);
}
