/** Plain scalars that are not the text that was meant. */
import type { Path, Scalar } from '../syntax/tree.ts';
import type { SchemaKey } from './keys.ts';
import { fieldName } from './lookup.ts';
import { type SchemaProblem, text } from './problem.ts';

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
export function unquoted(key: SchemaKey, scalar: Scalar, path: Path): SchemaProblem | undefined {
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
