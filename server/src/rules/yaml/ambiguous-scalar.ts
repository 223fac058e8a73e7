import { isNetworkDocument } from '../../model/kubernetes-document.ts';
import type { KubernetesObject } from '../../model/resource.ts';
import { type Doc, yamlOf } from '../../syntax/document.ts';
import { quoteScalar } from '../../syntax/edit.ts';
import { nodeAt, type Path, resolved, type Scalar } from '../../syntax/tree.ts';
import { defineRule } from '../rule.ts';
import { toldBySchema } from '../schema/told.ts';

/** Where a Kubernetes object wants texts and nothing else, relative to the object. */
const TEXT_MAPS: readonly Path[] = [
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'selector', 'matchLabels'],
  ['spec', 'template', 'spec', 'nodeSelector'],
  ['data'],
];

/** The same in every other field that its schema says is a text. */
const elsewhere = toldBySchema('yaml/ambiguous-scalar', 'safe');

export default defineRule({
  id: 'yaml/ambiguous-scalar',
  severity: 'warning',
  docs: {
    summary: {
      en: 'An unquoted `yes`, `on`, `0123`, `1e3` or `null` stands where a text is meant.',
      'zh-cn': '在需要文本的位置出现了未加引号的 `yes`、`on`、`0123`、`1e3` 或 `null`。',
    },
    why: {
      en: 'Kubernetes reads YAML 1.1: the value arrives as a boolean, an octal or a floating number, and the API server refuses the object, or a label gets a value that no selector names.',
      'zh-cn':
        'Kubernetes 按 YAML 1.1 读取：该值会变成布尔值、八进制数或浮点数，API 服务器因此拒绝对象，或标签得到任何选择器都不匹配的值。',
    },
    source: 'go-yaml v2 resolve.go, as used by sigs.k8s.io/yaml',
  },
  document(doc, context) {
    if (!isNetworkDocument(doc)) return;
    const { report, resources } = context;
    const told = new Set<string>();
    for (const resource of resources) {
      if ((resource as KubernetesObject).labels === undefined) continue;
      for (const map of TEXT_MAPS) {
        if (map[0] === 'data' && resource.kind !== 'kubernetes/ConfigMap') continue;
        for (const { path, scalar } of scalarsIn(doc, [...resource.path, ...map])) {
          const read = readAs(scalar);
          if (read === undefined) continue;
          const place = { doc, path };
          told.add(JSON.stringify(path));
          report(
            place,
            {
              en: `YAML 1.1 reads \`${scalar.text}\` as ${read.en}, but a text is meant here; the API server refuses the object or the text changes. Put it in quotes.`,
              'zh-cn': `YAML 1.1 会将 \`${scalar.text}\` 读作${read['zh-cn']}，而此处需要文本；API 服务器会拒绝该对象，或文本被改变。请加上引号。`,
            },
            {
              fixes: [
                {
                  title: { en: `Quote \`${scalar.text}\``, 'zh-cn': `为 \`${scalar.text}\` 加引号` },
                  kind: 'safe',
                  edits: () => quoteScalar(place),
                },
              ],
            },
          );
        }
      }
    }
    elsewhere(doc, {
      ...context,
      report: (place, message, details) => {
        if (!told.has(JSON.stringify(place.path))) report(place, message, details);
      },
    });
  },
});

function* scalarsIn(doc: Doc, path: Path): Generator<{ readonly path: Path; readonly scalar: Scalar }> {
  const map = resolved(nodeAt(yamlOf(doc)?.root, path));
  if (map?.kind !== 'mapping') return;
  for (const pair of map.pairs)
    if (!pair.merged && pair.value.kind === 'scalar') yield { path: [...path, pair.key.text], scalar: pair.value };
}

/** What a text that looks like one is to YAML 1.1. Plain `true` and `12` are type errors that the schema reports. */
function readAs(scalar: Scalar): { readonly en: string; readonly 'zh-cn': string } | undefined {
  if (scalar.style !== 'plain' || scalar.templated || scalar.tag !== undefined) return undefined;
  const { text, value } = scalar;
  if (typeof value === 'boolean' && !/^(true|false)$/i.test(text))
    return { en: `the boolean ${value}`, 'zh-cn': `布尔值 ${value}` };
  if (value === null && text !== '') return { en: 'no value', 'zh-cn': '空值' };
  if (typeof value !== 'number') return undefined;
  if (/^[-+]?0[oO]?[0-7]+$/.test(text) && text.length > 1)
    return { en: `the octal number ${value}`, 'zh-cn': `八进制数 ${value}` };
  return /[eE]/.test(text) && !/^0x/i.test(text) ? { en: `the number ${value}`, 'zh-cn': `数字 ${value}` } : undefined;
}
