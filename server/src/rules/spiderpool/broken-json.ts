import { faultsIn, isJson, type JsonFault } from '../../assembly/spiderpool-annotations.ts';
import { type Doc, yamlOf } from '../../syntax/document.ts';
import { nodeOf, spanOfPlace } from '../../syntax/place.ts';
import { resolved } from '../../syntax/tree.ts';
import type { Text } from '../../text.ts';
import type { Fix } from '../rule.ts';
import type { Flaw } from './annotation-grammar.ts';

/** What keeps a document that must be JSON, such as a CNI configuration, from being it. */
export function brokenJson(doc: Doc): readonly Flaw[] {
  const root = resolved(yamlOf(doc)?.root);
  if (root === undefined || isJson(doc.text) || /\{\{|\$\{|__[A-Z_]+__/.test(doc.text)) return [];
  const faults = [...faultsIn(doc, [], root)];
  if (faults.length > 0)
    return faults.map((fault) => ({ place: fault.place, message: messageOf(fault), fixes: fixOf(fault) }));
  const problem = yamlOf(doc)?.problems[0];
  const place = { doc, span: problem?.span ?? ([0, 1] as const) };
  return [{ place, message: messageOf({ place, fault: 'syntax' }) }];
}

function messageOf({ fault }: JsonFault): Text {
  const consequence = {
    en: 'The container runtime refuses the whole file, and no Pod of the node gets a network.',
    'zh-cn': '容器运行时会拒绝整个文件，该节点上的 Pod 都得不到网络。',
  };
  const what: Readonly<Record<JsonFault['fault'], Text>> = {
    unquoted: { en: 'JSON puts every text in double quotes.', 'zh-cn': 'JSON 的文本都要加双引号。' },
    single: { en: 'JSON knows only double quotes.', 'zh-cn': 'JSON 只使用双引号。' },
    comma: { en: 'JSON allows no comma after the last item.', 'zh-cn': 'JSON 最后一项之后不能有逗号。' },
    syntax: { en: 'This is not JSON.', 'zh-cn': '这不是 JSON。' },
  };
  return { en: `${what[fault].en} ${consequence.en}`, 'zh-cn': `${what[fault]['zh-cn']}${consequence['zh-cn']}` };
}

function fixOf({ fault, place }: JsonFault): readonly Fix[] {
  if (fault === 'syntax') return [];
  if (fault === 'comma')
    return [
      {
        title: { en: 'Remove the comma', 'zh-cn': '删除逗号' },
        kind: 'safe',
        edits: () => [{ doc: place.doc, span: place.span!, text: '' }],
      },
    ];
  const node = place.part === 'key' ? undefined : nodeOf(place);
  const text = node?.kind === 'scalar' ? node.text : String(place.path?.at(-1) ?? '');
  return [
    {
      title: { en: `Write \`"${text}"\``, 'zh-cn': `改为 \`"${text}"\`` },
      kind: 'safe',
      edits: () => [{ doc: place.doc, span: spanOfPlace(place), text: JSON.stringify(text) }],
    },
  ];
}
