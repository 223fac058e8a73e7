/** Turns what the generated validators find into problems that people can act on. */

import type { Plain, PlainMapping } from '../syntax/plain.ts';
import { templated } from '../syntax/plain.ts';
import { resolvePlain } from '../syntax/scalar.ts';
import type { Node, Path, Scalar, Step } from '../syntax/tree.ts';
import { nodeAt, pairOf, resolved } from '../syntax/tree.ts';
import type { Text } from '../text.ts';
import { consequenceOfInvalid } from './consequence.ts';
import { partsOf, type Schema, type SchemaKey } from './keys.ts';
import { child, fieldName, schemaNode, typesOf } from './lookup.ts';
import { nearest } from './nearest.ts';
import { type SchemaFix, type SchemaProblem, sentences, text } from './problem.ts';
import type { Violation } from './violation.ts';

export interface Subject {
  readonly key: SchemaKey;
  readonly root: Node;
  readonly value: Plain;
  /** Of the document, for the source of tokens. */
  readonly source: string;
}

/** One problem for a violation, or none when the value is not known or another finding tells the cause. */
export function problemOf(subject: Subject, violation: Violation): SchemaProblem | undefined {
  const path = pathOf(subject.value, violation.pointer);
  const value = valueAt(subject.value, path);
  if (value === templated) return undefined;
  const schema = schemaNode(subject.key, path);
  if (schema === undefined) return undefined;
  const node = resolved(nodeAt(subject.root, path));
  if (isOpen(node)) return undefined;
  if (violation.keyword === 'required') return missingField(subject, schema, path, violation.missing!);
  if (violation.keyword === 'type') return wrongType(subject, schema, path, node);
  if (violation.keyword === 'enum' || (violation.keyword === 'pattern' && schema['x-selvage-values'] !== undefined))
    return notAllowed(subject, schema, path, value, node);
  if (violation.keyword === 'format' && isTolerated(schema, path, value ?? null)) return undefined;
  return brokenConstraint(subject, schema, path, value ?? null, violation.keyword);
}

/** A template may add pairs or items that nobody sees, so nothing is known about what is missing or too many. */
function isOpen(node: Node | undefined): boolean {
  if (node?.kind === 'mapping') return node.pairs.some((pair) => pair.key.templated);
  return node?.kind === 'sequence' && node.items.some((item) => item.kind === 'scalar' && item.templated);
}

/** Older releases take a single address for these ranges, and announce it as /32 or /128. */
function isTolerated(schema: Schema, path: Path, value: Plain): boolean {
  return (
    schema.format === 'cidr' &&
    typeof value === 'string' &&
    !value.includes('/') &&
    /^service|^reservedCIDRs$/.test(String(path[1]))
  );
}

export function pathOf(value: Plain, pointer: string): Path {
  const path: Step[] = [];
  let current: Plain | undefined = value;
  for (const raw of pointer.split('/').slice(1)) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    const index = Array.isArray(current) ? Number(step) : step;
    path.push(index);
    current = childOf(current, index);
  }
  return path;
}

export function valueAt(value: Plain, path: Path): Plain | undefined {
  return path.reduce<Plain | undefined>(childOf, value);
}

function childOf(value: Plain | undefined, step: Step): Plain | undefined {
  return typeof value === 'object' && value !== null ? (value as PlainMapping)[step] : undefined;
}

function missingField(subject: Subject, schema: Schema, parent: Path, name: string): SchemaProblem | undefined {
  const path = [...parent, name];
  const [family, kind] = partsOf(subject.key);
  const pair = pairOf(nodeAt(subject.root, parent), name);
  const field = child(family, schema, name);
  // The API server fills in defaults before it looks for what is missing.
  if (field?.default !== undefined) return undefined;
  // A file for `calicoctl delete` names the object and no more, and Calico's own reader takes an empty spec.
  if (family === 'calico' && parent.length === 0 && name === 'spec') return undefined;
  const where = parent.length === 0 ? kind : fieldName(parent).en;
  const what =
    pair === undefined
      ? text(`\`${where}\` needs \`${name}\`.`, `\`${where}\` 缺少必填字段 \`${name}\`。`)
      : text(`\`${fieldName(path).en}\` has no value.`, `\`${fieldName(path).en}\` 没有值。`);
  const advice = text('Add it.', '请补上。');
  const message = sentences(what, consequenceOfInvalid(family), advice);
  if (pair !== undefined) return { code: 'schema/required', path, part: 'key', message };
  return {
    code: 'schema/required',
    ...anchorOf(subject.root, parent),
    message,
    fix: { kind: 'insert', into: parent, key: name, value: placeholder(field) },
  };
}

/** Where to show that something is missing from the mapping at a path: its key, or the first key in it when it has none. */
export function anchorOf(root: Node, parent: Path): { path: Path; part: 'key' | 'value' } {
  if (typeof parent.at(-1) === 'string') return { path: parent, part: 'key' };
  const mapping = resolved(nodeAt(root, parent));
  const first =
    mapping?.kind === 'mapping'
      ? parent.length === 0
        ? (pairOf(mapping, 'kind') ?? mapping.pairs[0])
        : mapping.pairs[0]
      : undefined;
  return first === undefined ? { path: parent, part: 'value' } : { path: [...parent, first.key.text], part: 'key' };
}

function placeholder(schema: Schema | undefined): string {
  if (schema === undefined) return '""';
  if (schema.default !== undefined) return JSON.stringify(schema.default);
  if (schema.enum !== undefined) return String(schema.enum[0]);
  return PLACEHOLDERS[typesOf(schema)[0] ?? 'string'] ?? '""';
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  object: '{}',
  array: '[]',
  integer: '0',
  number: '0',
  boolean: 'false',
  string: '""',
};

const TYPES: Readonly<Record<string, Text>> = {
  string: text('text', '字符串'),
  integer: text('a whole number', '整数'),
  number: text('a number', '数字'),
  boolean: text('`true` or `false`', '布尔值 `true` 或 `false`'),
  object: text('a mapping (`key: value`)', '映射（`键: 值`）'),
  array: text('a list (`- item`)', '列表（`- 项`）'),
  null: text('nothing', '空值'),
};

function wrongType(subject: Subject, schema: Schema, path: Path, node: Node | undefined): SchemaProblem | undefined {
  const types = typesOf(schema).filter((type) => type !== 'null');
  const [family] = partsOf(subject.key);
  const scalar = node?.kind === 'scalar' ? node : undefined;
  if (scalar?.style === 'plain' && types.includes('string') && typeof scalar.value !== 'string') {
    if (family === 'calico' && !DURATIONS.test(String(path.at(-1)))) return unquoted(subject.key, scalar, path);
    if (isAmbiguous(scalar)) return ambiguous(scalar, path);
  }
  const wanted = text(
    types.map((type) => TYPES[type]!.en).join(' or '),
    types.map((type) => TYPES[type]!['zh-cn']).join('或'),
  );
  const name = fieldName(path);
  const got = describe(scalar, node);
  const what = text(
    `\`${name.en}\` must be ${wanted.en}, not ${got.en}.`,
    `\`${name['zh-cn']}\` 应为${wanted['zh-cn']}，而不是${got['zh-cn']}。`,
  );
  const fix = typeFix(subject, path, types, scalar);
  const advice = fix === undefined ? undefined : adviceOf(fix);
  return {
    code: 'schema/type',
    path,
    part: 'value',
    message: sentences(what, consequenceOfInvalid(family), advice),
    ...(fix === undefined ? {} : { fix }),
  };
}

function adviceOf(fix: SchemaFix): Text | undefined {
  if (fix.kind === 'quote') return text('Put it in quotes.', '请加上引号。');
  if (fix.kind === 'unquote') return text('Remove the quotes.', '请去掉引号。');
  return fix.kind === 'replace-value' ? text(`Write \`${fix.to}\`.`, `请写作 \`${fix.to}\`。`) : undefined;
}

/** Fields that take a Go duration: a bare number of them was meant as seconds. */
const DURATIONS = /(Interval|Timeout|Time|Period|Delay|TTL|KeepAlive|After)$/;

function typeFix(
  subject: Subject,
  path: Path,
  types: readonly string[],
  scalar: Scalar | undefined,
): SchemaFix | undefined {
  if (scalar === undefined || nodeAt(subject.root, path)?.kind !== 'scalar') return undefined;
  if (types.includes('array'))
    return { kind: 'replace-value', to: `[${subject.source.slice(scalar.span[0], scalar.span[1])}]` };
  if (types.includes('string')) {
    const isTime = typeof scalar.value === 'number' && DURATIONS.test(String(path.at(-1)));
    return isTime ? { kind: 'replace-value', to: `${scalar.text}s` } : { kind: 'quote' };
  }
  if (scalar.style !== 'single' && scalar.style !== 'double') return undefined;
  const bare = resolvePlain(scalar.text);
  const fits = types.some((type) => (type === 'integer' ? Number.isInteger(bare) : type === typeof bare));
  return fits ? { kind: 'unquote' } : undefined;
}

function describe(scalar: Scalar | undefined, node: Node | undefined): Text {
  if (scalar === undefined) return node?.kind === 'sequence' ? text('a list', '列表') : text('a mapping', '映射');
  if (typeof scalar.value === 'string')
    return text(`the text \`${short(scalar.text)}\``, `字符串 \`${short(scalar.text)}\``);
  if (typeof scalar.value === 'boolean') return text(`the boolean \`${scalar.text}\``, `布尔值 \`${scalar.text}\``);
  if (scalar.value === null) return text('nothing', '空值');
  return text(`the number \`${scalar.text}\``, `数字 \`${scalar.text}\``);
}

/** A value for a sentence. Mappings have no prototype here, so they cannot print themselves. */
function show(value: Plain | undefined): string {
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[…]' : '{…}') : short(String(value));
}

function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}

/** A plain scalar that YAML 1.1 reads as something its writer hardly meant: `yes`, `on`, `0123`, `1e3`. */
export function isAmbiguous(scalar: Scalar): boolean {
  if (scalar.style !== 'plain' || typeof scalar.value === 'string' || scalar.templated) return false;
  if (typeof scalar.value === 'boolean') return !/^true$|^false$/i.test(scalar.text);
  if (scalar.value === null) return scalar.text !== '';
  return /^[-+]?0[0-9a-zA-Z_]|[eE_]|^[-+]?\.(inf|nan)$/i.test(scalar.text);
}

/** Kinds that only calicoctl writes: no API server reads their YAML. */
const CALICOCTL_ONLY = new Set(['calico/Node', 'calico/Profile', 'calico/WorkloadEndpoint']);

/**
 * A number or boolean where Calico means text. calicoctl turns it into text as it reads (sigs.k8s.io/yaml looks at the Go type),
 * which is harmless while the text stays the same; kubectl hands it on as it is and is refused.
 */
function unquoted(key: SchemaKey, scalar: Scalar, path: Path): SchemaProblem | undefined {
  if (isAmbiguous(scalar) || String(scalar.value) !== scalar.text) return ambiguous(scalar, path);
  if (CALICOCTL_ONLY.has(key)) return undefined;
  const name = fieldName(path);
  return {
    code: 'yaml/ambiguous-scalar',
    path,
    part: 'value',
    message: text(
      `\`${name.en}\` is text, and \`${scalar.text}\` without quotes is not: calicoctl converts it, kubectl is refused by the API server. Put it in quotes.`,
      `\`${name['zh-cn']}\` 应为字符串，而未加引号的 \`${scalar.text}\` 不是：calicoctl 会自动转换，kubectl 则会被 API 服务器拒绝。请加上引号。`,
    ),
    fix: { kind: 'quote' },
  };
}

/** The problem of an ambiguous scalar where a string is meant. */
export function ambiguous(scalar: Scalar, path: Path): SchemaProblem {
  const name = fieldName(path);
  const read =
    scalar.value === null
      ? text('nothing', '空值')
      : text(`\`${String(scalar.value)}\``, `\`${String(scalar.value)}\``);
  return {
    code: 'yaml/ambiguous-scalar',
    path,
    part: 'value',
    message: text(
      `\`${name.en}\` is meant as text, but Kubernetes reads YAML 1.1, where \`${scalar.text}\` is ${read.en}. Put it in quotes.`,
      `\`${name['zh-cn']}\` 应为字符串，但 Kubernetes 按 YAML 1.1 读取，\`${scalar.text}\` 会变成${read['zh-cn']}。请加上引号。`,
    ),
    fix: { kind: 'quote' },
  };
}

function notAllowed(
  subject: Subject,
  schema: Schema,
  path: Path,
  value: Plain | undefined,
  node: Node | undefined,
): SchemaProblem | undefined {
  // A value of the wrong type is told as that.
  const types = typesOf(schema);
  if (
    types.length > 0 &&
    !types.some((type) => (type === 'integer' ? typeof value === 'number' : type === typeof value))
  )
    return undefined;
  const [family] = partsOf(subject.key);
  const allowed = (schema.enum ?? schema['x-selvage-values'] ?? [])
    .filter((each) => each !== '' && each !== false)
    .map(String);
  const near = nearest(show(value), allowed) ?? (allowed.length === 1 ? allowed[0] : undefined);
  const list = allowed.length > 12 ? `${allowed.slice(0, 12).map(code).join(', ')} …` : allowed.map(code).join(', ');
  const name = fieldName(path);
  const what = text(
    `\`${name.en}\` cannot be \`${show(value)}\`; allowed: ${list}.`,
    `\`${name['zh-cn']}\` 不能为 \`${show(value)}\`，可用值：${list}。`,
  );
  const advice = near === undefined ? undefined : text(`Did you mean \`${near}\`?`, `是否想写 \`${near}\`？`);
  const fixable = near !== undefined && node?.kind === 'scalar';
  return {
    code: 'schema/enum',
    path,
    part: 'value',
    message: sentences(what, consequenceOfInvalid(family), advice),
    ...(fixable ? { fix: { kind: 'replace-value', to: near } } : {}),
  };
}

const code = (value: string): string => `\`${value}\``;

function brokenConstraint(
  subject: Subject,
  schema: Schema,
  path: Path,
  value: Plain | undefined,
  keyword: string,
): SchemaProblem {
  const [family] = partsOf(subject.key);
  const name = fieldName(path);
  const named = name.en === '' ? partsOf(subject.key)[1] : name.en;
  const [en, zh] = constraintText(schema, keyword, value);
  const what = text(`\`${named}\` ${en}.`, `\`${named}\` ${zh}。`);
  const part = typeof value === 'object' && typeof path.at(-1) === 'string' ? 'key' : 'value';
  return { code: 'schema/constraint', path, part, message: sentences(what, consequenceOfInvalid(family)) };
}

function constraintText(schema: Schema, keyword: string, value: Plain | undefined): readonly [en: string, zh: string] {
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
