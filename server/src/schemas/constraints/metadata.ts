/** Names, labels and annotations: what Kubernetes and Calico's validator ask of every object. */
import type { PlainMapping } from '../../syntax/plain.ts';
import { nodeAt, type Path, pairOf, resolved } from '../../syntax/tree.ts';
import { ambiguous, isAmbiguous } from '../ambiguous.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint, ConstraintContext } from './constraint.ts';
import { isMissing, isPresent, mappingAt, textAt } from './read.ts';

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const ONE_LABEL = new RegExp(`^${LABEL}$`);
const UP_TO_ONE_DOT = new RegExp(`^${LABEL}(?:\\.${LABEL})?$`);
/** Copies of Kubernetes and OpenStack policies carry longer names. */
const MANAGED = new RegExp(`^(?:knp|ossg)\\.default\\.${LABEL}(?:\\.${LABEL})*$`);
const QUALIFIED = /^(?:([^/]+)\/)?((?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$/;
const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const ANNOTATIONS_LIMIT = 256 * 1024;

const ONE_DOT_KINDS = ['NetworkPolicy', 'StagedNetworkPolicy', 'GlobalNetworkPolicy', 'StagedGlobalNetworkPolicy'];

export const metadataConstraints: readonly Constraint[] = [
  { check: checkName },
  { check: checkLabels },
  { check: checkAnnotations },
  { kinds: ONE_DOT_KINDS, check: checkPolicyName },
  { kinds: ['Tier'], check: checkTierName },
  { kinds: ['NetworkSet', 'GlobalNetworkSet'], check: checkSetLabels },
];

function checkName(object: PlainMapping, report: Report, context: ConstraintContext): void {
  const metadata = mappingAt(object, 'metadata');
  if (metadata === undefined) return;
  const name = textAt(metadata, 'name');
  if (isMissing(metadata, 'name') && isMissing(metadata, 'generateName')) {
    reportMissing(report, context);
    return;
  }
  if (name === undefined || name === '') return;
  const path = ['metadata', 'name'];
  if (name.length > 253) {
    report(path, text('A name has at most 253 characters. Shorten it.', '名称最多 253 个字符，请缩短。'));
    return;
  }
  if (SUBDOMAIN.test(name)) return;
  report(
    path,
    text(
      `\`${name}\` is not a name that Kubernetes takes: lower-case letters, digits, \`-\` and \`.\`, beginning and ending with a letter or digit.`,
      `\`${name}\` 不是合法的对象名：只能使用小写字母、数字、\`-\` 与 \`.\`，且首尾必须为字母或数字。`,
    ),
  );
}

function reportMissing(report: Report, context: ConstraintContext): void {
  const path: Path = ['metadata', 'name'];
  const metadata = resolved(nodeAt(context.root, ['metadata']));
  if (metadata?.kind !== 'mapping' || metadata.pairs.some((pair) => pair.key.templated)) return;
  const empty = pairOf(metadata, 'name') !== undefined;
  report(
    empty ? path : ['metadata'],
    text(
      '`metadata` needs `name`: without it the object cannot be created. Add it.',
      '`metadata` 缺少 `name`：没有名称就无法创建该对象，请补上。',
    ),
    {
      code: 'schema/required',
      part: 'key',
      ...(empty ? {} : { fix: { kind: 'insert', into: ['metadata'], key: 'name', value: '""' } }),
    },
  );
}

function checkLabels(object: PlainMapping, report: Report, context: ConstraintContext): void {
  reportNulls('labels', report, context);
  for (const [key, value] of Object.entries(mappingAt(object, 'metadata', 'labels') ?? {})) {
    const path = ['metadata', 'labels', key];
    if (!isQualified(key))
      report(
        path,
        text(
          `\`${key}\` is not a label key: an optional DNS prefix and \`/\`, then up to 63 letters, digits, \`-\`, \`_\` or \`.\`.`,
          `\`${key}\` 不是合法的标签键：可选的 DNS 前缀加 \`/\`，其后为不超过 63 个字母、数字、\`-\`、\`_\` 或 \`.\`。`,
        ),
        { part: 'key' },
      );
    if (typeof value !== 'string' || (value.length <= 63 && LABEL_VALUE.test(value))) continue;
    report(
      path,
      text(
        `\`${value}\` is not a label value: at most 63 letters, digits, \`-\`, \`_\` or \`.\`, beginning and ending with a letter or digit.`,
        `\`${value}\` 不是合法的标签值：不超过 63 个字母、数字、\`-\`、\`_\` 或 \`.\`，且首尾必须为字母或数字。`,
      ),
    );
  }
}

function checkAnnotations(object: PlainMapping, report: Report, context: ConstraintContext): void {
  reportNulls('annotations', report, context);
  const annotations = mappingAt(object, 'metadata', 'annotations') ?? {};
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    size += key.length + (typeof value === 'string' ? value.length : 0);
    if (!isQualified(key.toLowerCase()))
      report(
        ['metadata', 'annotations', key],
        text(
          `\`${key}\` is not an annotation key: an optional DNS prefix and \`/\`, then up to 63 letters, digits, \`-\`, \`_\` or \`.\`.`,
          `\`${key}\` 不是合法的注解键：可选的 DNS 前缀加 \`/\`，其后为不超过 63 个字母、数字、\`-\`、\`_\` 或 \`.\`。`,
        ),
        { part: 'key' },
      );
  }
  if (size > ANNOTATIONS_LIMIT)
    report(
      ['metadata', 'annotations'],
      text('All annotations together must stay below 256 KiB.', '所有注解合计不得超过 256 KiB。'),
      { part: 'key' },
    );
}

/** `rack: null` becomes an empty label, and `rack: ~` does too; hardly anyone means that. */
function reportNulls(field: 'labels' | 'annotations', report: Report, context: ConstraintContext): void {
  const mapping = resolved(nodeAt(context.root, ['metadata', field]));
  if (mapping?.kind !== 'mapping') return;
  for (const { key, value } of mapping.pairs) {
    if (value.kind !== 'scalar' || value.value !== null || !isAmbiguous(value)) continue;
    const { path, message, ...more } = ambiguous(value, ['metadata', field, key.text]);
    report(path, message, more);
  }
}

/** Kubernetes' qualified name: what label keys must be. */
export function isQualified(key: string): boolean {
  const [, prefix, name] = QUALIFIED.exec(key) ?? [];
  if (name === undefined || name.length > 63) return false;
  return prefix === undefined || (prefix.length <= 253 && SUBDOMAIN.test(prefix));
}

/** A name as Calico's validator wants it wherever one object names another. */
export function isName(name: string): boolean {
  return name.length <= 253 && SUBDOMAIN.test(name);
}

function checkPolicyName(object: PlainMapping, report: Report): void {
  const name = textAt(object, 'metadata', 'name');
  if (name === undefined || !SUBDOMAIN.test(name) || UP_TO_ONE_DOT.test(name)) return;
  if (!textAt(object, 'kind')?.includes('Global') && MANAGED.test(name)) return;
  report(
    ['metadata', 'name'],
    text(
      `A policy's name has at most one dot, between its tier and itself; \`${name}\` has more. Replace the other dots by \`-\`.`,
      `策略名最多包含一个点（用于分隔层级与策略），\`${name}\` 超过了。请将多余的点改为 \`-\`。`,
    ),
  );
}

function checkTierName(object: PlainMapping, report: Report): void {
  const name = textAt(object, 'metadata', 'name');
  if (name === undefined || !SUBDOMAIN.test(name)) return;
  if (!ONE_LABEL.test(name)) {
    report(
      ['metadata', 'name'],
      text(
        "A tier's name has no dot, since policies carry it as their prefix.",
        '层级名不能包含点，因为策略名会以它作为前缀。',
      ),
    );
    return;
  }
  if (name.length > 63)
    report(['metadata', 'name'], text("A tier's name has at most 63 characters.", '层级名最多 63 个字符。'));
}

const RESERVED_LABEL = 'projectcalico.org/namespace';

function checkSetLabels(object: PlainMapping, report: Report): void {
  if (!isPresent(object, 'metadata', 'labels', RESERVED_LABEL)) return;
  report(
    ['metadata', 'labels', RESERVED_LABEL],
    text(
      `Calico sets \`${RESERVED_LABEL}\` itself, from the set's namespace, and refuses it in a file. Remove it.`,
      `\`${RESERVED_LABEL}\` 由 Calico 根据命名空间自动设置，写在文件中会被拒绝。请删除它。`,
    ),
    { part: 'key', fix: { kind: 'remove' } },
  );
}
