/** What a limit of a schema says to people: ranges, lengths, formats and patterns. */
import type { Plain } from '../syntax/plain.ts';
import type { Schema } from './keys.ts';
import { show } from './show.ts';

/** How a value breaks a limit, to stand after the field's name, in both languages. */
export function constraintText(
  schema: Schema,
  keyword: string,
  value: Plain | undefined,
): readonly [en: string, zh: string] {
  const shown = show(value);
  switch (keyword) {
    case 'minimum':
    case 'maximum':
      return rangeText(schema, shown);
    case 'minLength':
      return [`must have at least ${schema.minLength} characters`, `至少需要 ${schema.minLength} 个字符`];
    case 'maxLength':
      return [`is longer than ${schema.maxLength} characters`, `超过了 ${schema.maxLength} 个字符`];
    case 'minItems':
      return schema.minItems === 1
        ? ['must not be an empty list', '不能为空列表']
        : [`needs at least ${schema.minItems} items`, `至少需要 ${schema.minItems} 项`];
    case 'maxItems':
      return [`takes at most ${schema.maxItems} items`, `最多 ${schema.maxItems} 项`];
    case 'minProperties':
      return ['must not be empty', '不能为空'];
    case 'maxProperties':
      return [
        `takes at most ${schema.maxProperties} ${schema.maxProperties === 1 ? 'field' : 'fields'}`,
        `最多 ${schema.maxProperties} 个字段`,
      ];
    case 'format':
      return formatText(schema.format ?? '', shown);
    default:
      return patternText(schema, shown);
  }
}

function rangeText(schema: Schema, shown: string): readonly [string, string] {
  const { minimum, maximum } = schema;
  if (minimum !== undefined && maximum !== undefined)
    return [`must be ${minimum}–${maximum}, not ${shown}`, `应在 ${minimum}–${maximum} 之间，而不是 ${shown}`];
  return minimum === undefined
    ? [`must be at most ${maximum}, not ${shown}`, `不能大于 ${maximum}（现为 ${shown}）`]
    : [`must be at least ${minimum}, not ${shown}`, `不能小于 ${minimum}（现为 ${shown}）`];
}

function formatText(format: string, shown: string): readonly [string, string] {
  if (format === 'cidr')
    return [
      `must be a network such as \`10.244.0.0/16\`, not \`${shown}\``,
      `应为网段，例如 \`10.244.0.0/16\`，而不是 \`${shown}\``,
    ];
  if (format === 'as-number')
    return [
      `must be an AS number: 0–4294967295, or \`high.low\` with 16 bits each, not \`${shown}\``,
      `应为 AS 号：0–4294967295，或各 16 位的 \`高.低\` 写法，而不是 \`${shown}\``,
    ];
  return [`is out of the range of ${format}: ${shown}`, `超出 ${format} 的范围：${shown}`];
}

/** Patterns as people speak of them; upstream's expression is the last resort. */
const PATTERNS: readonly (readonly [test: RegExp, en: string, zh: string])[] = [
  [
    /ms\|s\|m\|h|us\|\[smh\]/,
    'must be a duration such as `90s`, `5m` or `1h30m`',
    '应为时长，例如 `90s`、`5m` 或 `1h30m`',
  ],
  [
    /6553\[0-5\]|\(\\d\+\):\(\\d\+\)/,
    'must be a BGP community such as `65000:100`, or a large one such as `65000:1:2`',
    '应为 BGP 团体属性，例如 `65000:100`，或大团体属性 `65000:1:2`',
  ],
  [/second\|minute/, 'must be a rate such as `10/second`', '应为速率，例如 `10/second`'],
  [/=\(/, 'must be a list such as `name=value,other=value`', '应为形如 `name=value,other=value` 的列表'],
];

function patternText(schema: Schema, shown: string): readonly [string, string] {
  const pattern = schema.pattern ?? '';
  const known = PATTERNS.find(([test]) => test.test(pattern));
  if (known !== undefined) return [`${known[1]}, not \`${shown}\``, `${known[2]}，而不是 \`${shown}\``];
  return [`does not have the form it must have (\`${shown}\`)`, `的写法不符合要求（\`${shown}\`）`];
}
