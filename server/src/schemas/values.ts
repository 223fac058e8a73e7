/** Turns what the generated validators find into problems that people can act on. */

import type { Plain, PlainMapping } from '../syntax/plain.ts';
import { templated } from '../syntax/plain.ts';
import { resolvePlain } from '../syntax/scalar.ts';
import type { Node, Path, Scalar, Step } from '../syntax/tree.ts';
import { nodeAt, pairOf, resolved } from '../syntax/tree.ts';
import type { Text } from '../text.ts';
import { ambiguous, isAmbiguous, unquoted } from './ambiguous.ts';
import { consequenceOfInvalid } from './consequence.ts';
import { partsOf, type Schema, type SchemaKey } from './keys.ts';
import { constraintText } from './limits.ts';
import { child, fieldName, schemaNode, typesOf } from './lookup.ts';
import { nearest } from './nearest.ts';
import { type SchemaFix, type SchemaProblem, sentences, text } from './problem.ts';
import { isSecret, short, show } from './show.ts';
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
  const got = isSecret(path) && scalar !== undefined ? PLAIN_VALUE : describe(scalar, node);
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

const PLAIN_VALUE = text('a plain value', '普通值');

function describe(scalar: Scalar | undefined, node: Node | undefined): Text {
  if (scalar === undefined) return node?.kind === 'sequence' ? text('a list', '列表') : text('a mapping', '映射');
  if (typeof scalar.value === 'string')
    return text(`the text \`${short(scalar.text)}\``, `字符串 \`${short(scalar.text)}\``);
  if (typeof scalar.value === 'boolean') return text(`the boolean \`${scalar.text}\``, `布尔值 \`${scalar.text}\``);
  if (scalar.value === null) return text('nothing', '空值');
  return text(`the number \`${scalar.text}\``, `数字 \`${scalar.text}\``);
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
  const [en, zh] = constraintText(schema, keyword, isSecret(path) ? '…' : value);
  const what = text(`\`${named}\` ${en}.`, `\`${named}\` ${zh}。`);
  const part = typeof value === 'object' && typeof path.at(-1) === 'string' ? 'key' : 'value';
  return { code: 'schema/constraint', path, part, message: sentences(what, consequenceOfInvalid(family)) };
}
