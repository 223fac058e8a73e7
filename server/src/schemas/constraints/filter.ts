/** BGPFilter rules: what goes with what, and families. */
import type { Plain, PlainMapping } from '../../syntax/plain.ts';
import type { Path } from '../../syntax/tree.ts';
import { cidrOf } from '../formats.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { isGiven, isMissing, listAt, mappingAt, textAt } from './read.ts';

const LISTS = [
  ['exportV4', 4],
  ['importV4', 4],
  ['exportV6', 6],
  ['importV6', 6],
] as const;

type RuleCheck = (rule: PlainMapping, path: Path, report: Report, family: 4 | 6) => void;

export const filterConstraints: readonly Constraint[] = [
  each(['ad9e3d99d75d'], cidrWithOperator),
  each(['f952aa58df62'], lengthNeedsCidr),
  each(['c775258fafeb'], operationsNeedAccept),
  each([], familyOfCidr),
  each([], interfaceName),
];

function each(answers: readonly string[], check: RuleCheck): Constraint {
  return {
    kinds: ['BGPFilter'],
    answers,
    check(object, report) {
      for (const [name, family] of LISTS)
        for (const [index, rule] of listAt(object, 'spec', name).entries()) {
          const mapping = mappingAt(rule as Plain);
          if (mapping !== undefined) check(mapping, ['spec', name, index], report, family);
        }
    },
  };
}

function cidrWithOperator(rule: PlainMapping, path: Path, report: Report): void {
  const [present, absent] = isGiven(rule, 'cidr') ? ['cidr', 'matchOperator'] : ['matchOperator', 'cidr'];
  if (!isGiven(rule, present) || !isMissing(rule, absent)) return;
  const value = absent === 'cidr' ? '""' : 'In';
  report(
    [...path, present],
    text(
      `\`${present}\` needs \`${absent}\` beside it: together they say which routes match. Calico refuses one without the other. Add \`${absent}\`.`,
      `\`${present}\` 必须与 \`${absent}\` 成对出现，二者共同决定匹配哪些路由，缺一会被拒绝。请补上 \`${absent}\`。`,
    ),
    { part: 'key', fix: { kind: 'insert', into: path, key: absent, value } },
  );
}

function lengthNeedsCidr(rule: PlainMapping, path: Path, report: Report): void {
  if (!isGiven(rule, 'prefixLength') || !isMissing(rule, 'cidr')) return;
  report(
    [...path, 'prefixLength'],
    text(
      '`prefixLength` narrows `cidr`, so it needs `cidr`. Add it.',
      '`prefixLength` 用于收窄 `cidr`，因此必须写明 `cidr`。请补上。',
    ),
    { part: 'key' },
  );
}

function operationsNeedAccept(rule: PlainMapping, path: Path, report: Report): void {
  const action = textAt(rule, 'action');
  if (!isGiven(rule, 'operations') || action === undefined || action === 'Accept') return;
  report(
    [...path, 'operations'],
    text(
      '`operations` change a route that is accepted; with `action: Reject` there is none left to change. Remove them, or accept the route.',
      '`operations` 用于修改被接受的路由；`action: Reject` 时没有可修改的路由。请删除它们，或改为接受。',
    ),
    { part: 'key', fix: { kind: 'remove' } },
  );
}

function familyOfCidr(rule: PlainMapping, path: Path, report: Report, family: 4 | 6): void {
  const cidr = textAt(rule, 'cidr');
  const read = cidr === undefined ? undefined : cidrOf(cidr);
  if (read === undefined || read.family === family) return;
  const list = String(path[1]);
  const other = list.replace(/V\d$/, `V${read.family}`);
  report(
    [...path, 'cidr'],
    text(
      `\`${cidr}\` is an IPv${read.family} network in a list of IPv${family} rules, so Calico refuses it. Move the rule to \`${other}\`.`,
      `\`${cidr}\` 是 IPv${read.family} 网段，却写在 IPv${family} 规则列表中，会被拒绝。请移到 \`${other}\`。`,
    ),
  );
}

function interfaceName(rule: PlainMapping, path: Path, report: Report): void {
  const name = textAt(rule, 'interface');
  if (name === undefined || name === '' || /^[a-zA-Z0-9_.*-]{1,15}$/.test(name)) return;
  report(
    [...path, 'interface'],
    text(
      `\`${name}\` cannot match an interface: at most 15 letters, digits, \`_\`, \`.\`, \`-\`, with \`*\` as wildcard.`,
      `\`${name}\` 无法匹配接口：最多 15 个字母、数字、\`_\`、\`.\`、\`-\`，可用 \`*\` 通配。`,
    ),
  );
}
