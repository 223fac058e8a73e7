import { dedentedChildren } from '../../model/kubernetes-document.ts';
import type { Doc } from '../../syntax/document.ts';
import type { DocEdit } from '../../syntax/edit.ts';
import type { Pair } from '../../syntax/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'yaml/dedented-children',
  severity: 'error',
  docs: {
    summary: {
      en: '`metadata:`, `spec:` or `data:` is empty and its children stand beside it: the text lost its indentation.',
      'zh-cn': '`metadata:`、`spec:` 或 `data:` 为空，而其子字段与之并列：文本丢失了缩进。',
    },
    why: {
      en: 'The object then has no name or no spec; it is refused, or applied without everything that was meant.',
      'zh-cn': '对象因此没有名称或 spec：要么被拒绝，要么在缺少应有内容的情况下生效。',
    },
    source: 'spiderpool.md S1, S68: manifests copied from web pages',
  },
  document(doc, { report }) {
    for (const { parent, children } of dedentedChildren(doc)) {
      const names = children.map((child) => `\`${child.key.text}\``).join(', ');
      report(
        { doc, span: parent.key.span },
        {
          en: `\`${parent.key.text}\` is empty, and ${names} stand${children.length === 1 ? 's' : ''} beside it instead of below it. Indent ${children.length === 1 ? 'it' : 'them'}.`,
          'zh-cn': `\`${parent.key.text}\` 为空，而 ${names} 与其并列而非位于其下。请将其缩进。`,
        },
        {
          fixes: [
            {
              title: {
                en: `Indent ${names} below \`${parent.key.text}\``,
                'zh-cn': `将 ${names} 缩进到 \`${parent.key.text}\` 之下`,
              },
              kind: 'safe',
              edits: () => indent(doc, children),
            },
          ],
        },
      );
    }
  },
});

function indent(doc: Doc, children: readonly Pair[]): readonly DocEdit[] {
  const last = children.at(-1)!;
  const from = children[0]!.key.span[0];
  const to = Math.max(last.key.span[1], last.value.span[1]);
  const edits: DocEdit[] = [];
  let line = doc.text.lastIndexOf('\n', from - 1) + 1;
  while (line < to) {
    const end = doc.text.indexOf('\n', line);
    const stop = end === -1 ? doc.text.length : end;
    if (doc.text.slice(line, stop).trim() !== '') edits.push({ doc, span: [line, line], text: '  ' });
    line = stop + 1;
  }
  return edits;
}
