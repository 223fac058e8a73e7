/** Policies as a whole: flags that exclude each other, staged deletions, what belongs in which direction. */
import type { Plain, PlainMapping } from '../../syntax/plain.ts';
import { type Report, text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { isName } from './metadata.ts';
import { booleanAt, get, isGiven, isMissing, isPresent, listAt, textAt, textsAt } from './read.ts';

const GLOBAL = ['GlobalNetworkPolicy', 'StagedGlobalNetworkPolicy'];
const POLICIES = ['NetworkPolicy', 'StagedNetworkPolicy', ...GLOBAL];

export const policyConstraints: readonly Constraint[] = [
  { kinds: GLOBAL, answers: ['207de069031c'], check: untrackedBeforeNat },
  { kinds: GLOBAL, answers: ['ba84f2e7ac3a', '47cc81606d6a'], check: egressBeforeNat },
  { kinds: GLOBAL, answers: ['cc861c910d86'], check: needsForward },
  { kinds: GLOBAL, check: serviceNamespaces },
  { kinds: POLICIES, check: repeatedTypes },
  { kinds: POLICIES, check: repeatedHints },
  { kinds: POLICIES, check: servicesOnTheWrongSide },
  { kinds: POLICIES, check: egressHttp },
  { kinds: POLICIES, check: tierName },
  { kinds: ['StagedNetworkPolicy', 'StagedGlobalNetworkPolicy'], check: stagedDeletion(['stagedAction', 'tier']) },
  { kinds: ['StagedKubernetesNetworkPolicy'], check: stagedDeletion(['stagedAction']) },
];

function untrackedBeforeNat(object: PlainMapping, report: Report): void {
  if (booleanAt(object, 'spec', 'doNotTrack') !== true || booleanAt(object, 'spec', 'preDNAT') !== true) return;
  report(
    ['spec', 'preDNAT'],
    text(
      'A policy acts either before NAT (`preDNAT`) or outside connection tracking (`doNotTrack`), not both. Turn one off.',
      '策略只能二选一：在 NAT 之前生效（`preDNAT`），或绕过连接跟踪（`doNotTrack`）。请关闭其中之一。',
    ),
  );
}

function egressBeforeNat(object: PlainMapping, report: Report): void {
  if (booleanAt(object, 'spec', 'preDNAT') !== true) return;
  if (isGiven(object, 'spec', 'egress'))
    report(
      ['spec', 'egress'],
      text(
        '`preDNAT` looks at traffic as it arrives, so it takes no egress rules. Move them to a policy of their own.',
        '`preDNAT` 只检查进入的流量，不能包含出站规则。请移到单独的策略。',
      ),
      { part: 'key' },
    );
  for (const [index, type] of textsAt(object, 'spec', 'types'))
    if (type === 'Egress')
      report(
        ['spec', 'types', index],
        text(
          '`preDNAT` looks at traffic as it arrives, so `types` cannot hold `Egress`.',
          '`preDNAT` 只检查进入的流量，`types` 中不能有 `Egress`。',
        ),
        { fix: { kind: 'remove' } },
      );
}

function needsForward(object: PlainMapping, report: Report): void {
  const flag = ['preDNAT', 'doNotTrack'].find((field) => booleanAt(object, 'spec', field) === true);
  if (flag === undefined) return;
  const forward = get(object, 'spec', 'applyOnForward');
  if (forward !== undefined && forward !== false) return;
  const message = text(
    `\`${flag}: true\` also meets forwarded traffic, so Calico wants \`applyOnForward: true\` with it. Add it.`,
    `\`${flag}: true\` 也会作用于转发流量，因此必须同时设 \`applyOnForward: true\`。请补上。`,
  );
  if (forward === false) {
    report(['spec', 'applyOnForward'], message, { fix: { kind: 'replace-value', to: 'true' } });
    return;
  }
  report(['spec', flag], message, {
    part: 'key',
    fix: { kind: 'insert', into: ['spec'], key: 'applyOnForward', value: 'true' },
  });
}

function serviceNamespaces(object: PlainMapping, report: Report): void {
  for (const [direction, side] of [
    ['ingress', 'source'],
    ['egress', 'destination'],
  ] as const)
    for (const [index, rule] of listAt(object, 'spec', direction).entries()) {
      if (!isPresent(rule as Plain, side, 'services') || !isMissing(rule as Plain, side, 'services', 'namespace'))
        continue;
      const path = ['spec', direction, index, side, 'services'];
      report(
        path,
        text(
          'A global policy has no namespace of its own, so `services` needs `namespace`. Add it.',
          '全局策略不属于任何命名空间，因此 `services` 必须写明 `namespace`。请补上。',
        ),
        { part: 'key', fix: { kind: 'insert', into: path, key: 'namespace', value: '""' } },
      );
    }
}

function repeatedTypes(object: PlainMapping, report: Report): void {
  repeated('types', object, report);
}

function repeatedHints(object: PlainMapping, report: Report): void {
  repeated('performanceHints', object, report);
}

function repeated(field: string, object: PlainMapping, report: Report): void {
  const seen = new Set<string>();
  for (const [index, value] of textsAt(object, 'spec', field)) {
    if (seen.has(value))
      report(
        ['spec', field, index],
        text(
          `\`${value}\` stands twice in \`${field}\`. Calico refuses the policy. Remove one.`,
          `\`${field}\` 中重复出现 \`${value}\`，Calico 会拒绝该策略。请删除一个。`,
        ),
        { fix: { kind: 'remove' } },
      );
    seen.add(value);
  }
}

function servicesOnTheWrongSide(object: PlainMapping, report: Report): void {
  for (const [direction, side, other] of [
    ['ingress', 'destination', 'source'],
    ['egress', 'source', 'destination'],
  ] as const)
    for (const [index, rule] of listAt(object, 'spec', direction).entries())
      if (isPresent(rule as Plain, side, 'services'))
        report(
          ['spec', direction, index, side, 'services'],
          text(
            `An ${direction} rule may name services only as its \`${other}\`: the ${side} is the endpoint that the policy selects.`,
            `${direction} 规则只能在 \`${other}\` 中引用服务，因为 ${side} 就是策略所选的端点。`,
          ),
          { part: 'key' },
        );
}

function egressHttp(object: PlainMapping, report: Report): void {
  for (const [index, rule] of listAt(object, 'spec', 'egress').entries())
    if (isPresent(rule as Plain, 'http'))
      report(
        ['spec', 'egress', index, 'http'],
        text(
          'HTTP is matched where a request arrives: `http` stands only in ingress rules. Remove it.',
          'HTTP 匹配只在请求到达时进行：`http` 只能用于 ingress 规则。请删除它。',
        ),
        { part: 'key', fix: { kind: 'remove' } },
      );
}

function tierName(object: PlainMapping, report: Report): void {
  const tier = textAt(object, 'spec', 'tier');
  if (tier === undefined || tier === '' || isName(tier)) return;
  report(
    ['spec', 'tier'],
    text(
      `\`${tier}\` cannot be a tier: lower-case letters, digits and \`-\` only.`,
      `\`${tier}\` 不可能是层级名：只能使用小写字母、数字与 \`-\`。`,
    ),
  );
}

function stagedDeletion(allowed: readonly string[]): (object: PlainMapping, report: Report) => void {
  return (object, report) => {
    if (textAt(object, 'spec', 'stagedAction') !== 'Delete') return;
    const spec = get(object, 'spec');
    for (const field of Object.keys(spec as PlainMapping))
      if (!allowed.includes(field) && isGiven(object, 'spec', field) && booleanAt(object, 'spec', field) !== false)
        report(
          ['spec', field],
          text(
            `\`stagedAction: Delete\` previews a deletion, so the policy must be empty otherwise. Remove \`${field}\`.`,
            `\`stagedAction: Delete\` 表示预览删除，策略不能再包含其他内容。请删除 \`${field}\`。`,
          ),
          { part: 'key', fix: { kind: 'remove' } },
        );
  };
}
