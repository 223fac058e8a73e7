import { isNetworkDocument } from '../../model/kubernetes-document.ts';
import { type Doc, yamlOf } from '../../syntax/document.ts';
import { replaceText } from '../../syntax/edit.ts';
import type { Span } from '../../syntax/span.ts';
import { type Node, type Pair, resolved } from '../../syntax/tree.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'yaml/tag-eats-value',
  severity: 'error',
  docs: {
    summary: {
      en: 'A plain value begins with `!`, so YAML reads it as a tag and the value is lost.',
      'zh-cn': '未加引号的值以 `!` 开头，被 YAML 当作标签读取，值因此丢失。',
    },
    why: {
      en: '`nodeSelector: !has(x)` is an empty selector to Calico, and an empty selector matches every node: sessions or pools apply where they must not.',
      'zh-cn':
        '`nodeSelector: !has(x)` 在 Calico 看来是空选择器，而空选择器匹配所有节点：会话或地址池会作用于不该作用的地方。',
    },
    source: 'users.md M17; YAML 1.2 §6.8.2',
  },
  document(doc, { report }) {
    if (!isNetworkDocument(doc)) return;
    for (const pair of pairsOf(yamlOf(doc)?.root)) {
      const span = eatenBy(doc, pair);
      if (span === undefined) continue;
      const text = doc.text.slice(span[0], span[1]);
      report(
        { doc, span },
        {
          en: `YAML reads \`${text}\` as a tag, and \`${pair.key.text}\` becomes empty, which selects everything. Put it in quotes.`,
          'zh-cn': `YAML 会把 \`${text}\` 当作标签，使 \`${pair.key.text}\` 变为空值，即匹配全部。请为其加上引号。`,
        },
        {
          fixes: [
            {
              title: { en: `Quote \`${text}\``, 'zh-cn': `为 \`${text}\` 加引号` },
              kind: 'safe',
              edits: () => replaceText({ doc, span }, JSON.stringify(text)),
            },
          ],
        },
      );
    }
  },
});

function* pairsOf(node: Node | undefined): Generator<Pair> {
  const target = node?.kind === 'alias' ? undefined : resolved(node);
  if (target?.kind === 'sequence') for (const item of target.items) yield* pairsOf(item);
  if (target?.kind !== 'mapping') return;
  for (const pair of target.pairs) {
    if (pair.merged) continue;
    yield pair;
    yield* pairsOf(pair.value);
  }
}

/** The text after the colon when it is a tag that nobody meant as one: `!has(x)`, `!(a == 'b')`. */
function eatenBy(doc: Doc, pair: Pair): Span | undefined {
  if (pair.value.kind === 'alias' || pair.value.tag?.startsWith('!') !== true || pair.value.tag.startsWith('!!'))
    return undefined;
  const rest = /^\s*:[ \t]+(!.*?)[ \t]*(?:[ \t]#.*)?\r?$/m.exec(
    doc.text.slice(pair.key.span[1], lineEnd(doc.text, pair.key.span[1])),
  );
  if (rest === null || !(/^!\s*[\w-]*\s*\(/.test(rest[1]!) || /elector$/.test(pair.key.text))) return undefined;
  const start = pair.key.span[1] + rest[0].indexOf('!');
  return [start, start + rest[1]!.length];
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline;
}
