import { selectorOf } from '../../assembly/selectors.ts';
import { selectorsOf } from '../../model/calico/selectors.ts';
import type { Place } from '../../syntax/document.ts';
import type { Edit } from '../../syntax/edit.ts';
import { nodeOf } from '../../syntax/place.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'selector/newline',
  severity: 'error',
  docs: {
    summary: { en: 'A block scalar leaves a line break in a selector.', 'zh-cn': '块标量在选择器中留下了换行符。' },
    why: {
      en: 'Only spaces and tabs are white space to Calico’s selector parser; a line break, also the one that `|` and `>` keep at the end, makes it refuse the object.',
      'zh-cn':
        '在 Calico 的选择器解析器中只有空格和制表符是空白；换行符（包括 `|` 与 `>` 在末尾保留的换行）会导致对象被拒绝。',
    },
    source: 'projectcalico/calico libcalico-go/lib/selector/tokenizer (calico.md §3)',
  },
  document(_doc, { report, resources }) {
    for (const resource of resources)
      for (const { field } of selectorsOf(resource)) {
        if (
          field.value === undefined ||
          !selectorOf(field.value).problems.some((problem) => problem.code === 'selector/newline')
        )
          continue;
        const folded = toFolded(field.place);
        report(
          field.place,
          {
            en: 'This block leaves a line break in the selector, and Calico refuses it. Use `>-`, which joins the lines and drops the last break.',
            'zh-cn': '此块会在选择器中留下换行符，Calico 会拒绝。请使用 `>-`，它会合并各行并去掉末尾换行。',
          },
          {
            fixes:
              folded === undefined
                ? []
                : [
                    {
                      title: { en: 'Use `>-`', 'zh-cn': '改用 `>-`' },
                      kind: 'safe',
                      edits: () => toFolded(field.place) ?? [],
                    },
                  ],
          },
        );
      }
  },
});

/** The block's header as `>-`, where it is a block and its lines then join to one. */
function toFolded(place: Place): readonly Edit[] | undefined {
  const node = nodeOf(place);
  if (node?.kind !== 'scalar' || (node.style !== 'literal' && node.style !== 'folded')) return undefined;
  const header = /^[|>][-+0-9]*/.exec(place.doc.text.slice(node.span[0]));
  return header === null
    ? undefined
    : [{ doc: place.doc, span: [node.span[0], node.span[0] + header[0].length], text: '>-' }];
}
