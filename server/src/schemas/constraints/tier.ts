import type { PlainMapping } from '../../syntax/plain.ts';
import { templated } from '../../syntax/plain.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { get, isPresent, textAt } from './read.ts';

/** Calico's own tiers, and what they must be. `action` and `order` carry the fingerprints of upstream's rules. */
const BUILT_IN = [
  { name: 'default', defaultAction: 'Deny', order: 1000000, answers: ['e8079a51bf48', '4373a734c0d4'] },
  { name: 'kube-admin', defaultAction: 'Pass', order: 1000, answers: ['dfc09c9cc1d8', '4031826e8435'] },
  { name: 'kube-baseline', defaultAction: 'Pass', order: 10000000, answers: ['20eb1aee249e', '633fa6336ddc'] },
] as const;

export const tierConstraints: readonly Constraint[] = BUILT_IN.map(({ name, defaultAction, order, answers }) => ({
  kinds: ['Tier'],
  answers: [...answers],
  check(object: PlainMapping, report: Report) {
    if (textAt(object, 'metadata', 'name') !== name) return;
    fixed('defaultAction', defaultAction, name === 'default', object, report);
    fixed('order', order, false, object, report);
  },
}));

/** The schema fills in `Deny`, so the default tier may leave that out; everything else must be written. */
function fixed(
  field: string,
  wanted: string | number,
  mayBeAbsent: boolean,
  object: PlainMapping,
  report: Report,
): void {
  const found = get(object, 'spec', field);
  if (
    found === wanted ||
    found === templated ||
    get(object, 'spec') === templated ||
    (found === undefined && mayBeAbsent)
  )
    return;
  const name = textAt(object, 'metadata', 'name');
  const message = text(
    `The built-in tier \`${name}\` always has \`${field}: ${wanted}\`; Calico refuses anything else.`,
    `内置层级 \`${name}\` 的 \`${field}\` 固定为 \`${wanted}\`，其他取值会被拒绝。`,
  );
  if (found !== undefined) {
    report(['spec', field], message, { fix: { kind: 'replace-value', to: String(wanted) } });
    return;
  }
  if (isPresent(object, 'spec'))
    report(['spec'], message, {
      part: 'key',
      fix: { kind: 'insert', into: ['spec'], key: field, value: String(wanted) },
    });
}
