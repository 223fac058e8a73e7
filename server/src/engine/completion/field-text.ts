import type { FieldInfo } from '../../schemas/index.ts';
import type { Text } from '../../text.ts';

/** A few words about a field beside its name: what it takes, and whether it must be there. */
export function fieldDetail(info: FieldInfo): Text {
  const types = info.types.filter((type) => type !== 'null');
  const en = types.map((type) => TYPES[type]?.en ?? type).join(' | ');
  const zh = types.map((type) => TYPES[type]?.['zh-cn'] ?? type).join(' | ');
  const words: readonly Text[] = [
    ...(en === '' ? [] : [{ en, 'zh-cn': zh }]),
    ...(info.required ? [{ en: 'required', 'zh-cn': '必填' }] : []),
    ...(info.default === undefined
      ? []
      : [{ en: `default ${shown(info.default)}`, 'zh-cn': `默认 ${shown(info.default)}` }]),
    ...(info.since === undefined ? [] : [{ en: `since ${info.since}`, 'zh-cn': `${info.since} 起` }]),
    ...(info.deprecated ? [{ en: 'deprecated', 'zh-cn': '已弃用' }] : []),
  ];
  return { en: words.map((word) => word.en).join(', '), 'zh-cn': words.map((word) => word['zh-cn']).join('，') };
}

/** Everything that the schema tells people of a field, as Markdown. */
export function fieldDocumentation(info: FieldInfo): Text {
  const values = (info.enum ?? []).map((value) => `\`${value === '' ? '""' : String(value)}\``).join(' · ');
  const en = [
    ...(info.description === undefined ? [] : [info.description.en]),
    ...(values === '' ? [] : [`Values: ${values}`]),
    ...(info.default === undefined ? [] : [`Default: \`${shown(info.default)}\``]),
    ...(info.instead === undefined ? [] : [`Use \`${info.instead}\` instead.`]),
    ...(info.until === undefined ? [] : [`Gone after ${info.until}.`]),
  ];
  const zh = [
    ...(info.description === undefined ? [] : [info.description['zh-cn']]),
    ...(values === '' ? [] : [`可用值：${values}`]),
    ...(info.default === undefined ? [] : [`默认值：\`${shown(info.default)}\``]),
    ...(info.instead === undefined ? [] : [`请改用 \`${info.instead}\`。`]),
    ...(info.until === undefined ? [] : [`${info.until} 之后已移除。`]),
  ];
  return { en: en.join('\n\n'), 'zh-cn': zh.join('\n\n') };
}

const TYPES: Readonly<Record<string, Text>> = {
  string: { en: 'text', 'zh-cn': '字符串' },
  integer: { en: 'number', 'zh-cn': '整数' },
  number: { en: 'number', 'zh-cn': '数字' },
  boolean: { en: 'true or false', 'zh-cn': '布尔值' },
  object: { en: 'mapping', 'zh-cn': '映射' },
  array: { en: 'list', 'zh-cn': '列表' },
};

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
