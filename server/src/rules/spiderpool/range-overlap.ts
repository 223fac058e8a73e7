import {
  areAppliedTogether,
  isSameObject,
  nameOf,
  namesNetwork,
  type RangeItem,
  SPIDER_POOLS,
  type SpiderPlan,
} from '../../assembly/spiderpool.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import { overlappingPairs } from '../../network/overlap.ts';
import { formatPrefix } from '../../network/prefix.ts';
import { formatRange, type Range, rangesOverlap } from '../../network/range.ts';
import type { Severity } from '../../workspace/settings.ts';
import { defineRule, type Report } from '../rule.ts';

type Plan = SpiderPlan<SpiderIPPool>;

export default defineRule({
  id: 'spiderpool/range-overlap',
  severity: 'error',
  docs: {
    summary: {
      en: 'Two SpiderIPPools of one subnet hold the same addresses, or two ranges of one pool do.',
      'zh-cn': '同一子网的两个 SpiderIPPool 含有相同地址，或同一地址池的两个范围重叠。',
    },
    why: {
      en: 'Each pool keeps its own list of what it gave out, so the webhook refuses a pool that shares an address with another one of its subnet. Ranges of one pool are merged.',
      'zh-cn':
        '每个地址池各自记录已分配的地址，因此 Webhook 会拒绝与同子网其他地址池共享地址的地址池。同一地址池内的范围会被合并。',
    },
    source: 'spidernet-io/spiderpool ippool_validate.go (spiderpool.md P11, P12)',
  },
  check({ site, report }) {
    const plans = site.derive(SPIDER_POOLS);
    for (const plan of plans) judgeItself(plan, report);
    const bySubnet = new Map<string, Plan[]>();
    for (const plan of plans) {
      if (plan.network === undefined || plan.total === undefined || !namesNetwork(plan)) continue;
      const key = formatPrefix(plan.network);
      bySubnet.set(key, [...(bySubnet.get(key) ?? []), plan]);
    }
    for (const group of bySubnet.values()) if (group.length > 1) judgeGroup(group, report);
  },
});

function judgeItself(plan: Plan, report: Report): void {
  const items = plan.ips.flatMap((owner) => (owner.read?.range ? [{ owner, range: owner.read.range }] : []));
  const said = new Set<RangeItem>();
  for (const [one, other] of overlappingPairs(items)) {
    const [first, second] =
      plan.ips.indexOf(one.owner) < plan.ips.indexOf(other.owner) ? [one.owner, other.owner] : [other.owner, one.owner];
    if (said.has(second)) continue;
    said.add(second);
    report(
      second.field.place,
      {
        en: `\`${second.field.value}\` and \`${first.field.value}\` share addresses. Spiderpool merges them, so the object in the cluster will read otherwise than this file.`,
        'zh-cn': `\`${second.field.value}\` 与 \`${first.field.value}\` 含有相同地址。Spiderpool 会将其合并，集群中的对象将与此文件不同。`,
      },
      {
        severity: 'hint',
        related: [{ place: first.field.place, message: { en: 'The other range.', 'zh-cn': '另一个范围。' } }],
      },
    );
  }
}

function judgeGroup(group: readonly Plan[], report: Report): void {
  const owned = group.flatMap((owner) => owner.total!.map((range) => ({ owner, range })));
  // One finding for each pool, and rather the one with a pool that is applied together with it.
  const found = new Map<Plan, { readonly first: Plan; readonly shared: Range; readonly together: boolean }>();
  for (const [one, other] of overlappingPairs(owned)) {
    if (isSameObject(one.owner.resource, other.owner.resource)) continue;
    const [first, second] =
      group.indexOf(one.owner) < group.indexOf(other.owner) ? [one.owner, other.owner] : [other.owner, one.owner];
    const together = areAppliedTogether(first.resource, second.resource);
    const known = found.get(second);
    if (known !== undefined && (known.together || !together)) continue;
    const last = other.range.last < one.range.last ? other.range.last : one.range.last;
    found.set(second, { first, together, shared: { family: one.range.family, first: other.range.first, last } });
  }
  for (const [second, { first, shared, together }] of found)
    judgePair(first, second, shared, together ? 'error' : 'hint', report);
}

function judgePair(first: Plan, second: Plan, shared: Range, severity: Severity, report: Report): void {
  const [here, there] = [itemWith(second, shared), itemWith(first, shared)];
  if (here === undefined || there === undefined) return;
  report(
    here.field.place,
    {
      en: `${formatRange(shared)} is in SpiderIPPool \`${nameOf(first.resource)}\` too (\`${there.field.value}\`). The webhook refuses the pool that comes second. Each address belongs to one pool.`,
      'zh-cn': `${formatRange(shared)} 也在 SpiderIPPool \`${nameOf(first.resource)}\` 中（\`${there.field.value}\`），Webhook 会拒绝后创建的地址池。每个地址只能属于一个地址池。`,
    },
    {
      severity,
      related: [
        {
          place: there.field.place,
          message: {
            en: `\`${nameOf(first.resource)}\` holds ${there.field.value}.`,
            'zh-cn': `\`${nameOf(first.resource)}\` 含有 ${there.field.value}。`,
          },
        },
      ],
    },
  );
}

function itemWith(plan: Plan, range: Range): RangeItem | undefined {
  return plan.ips.find(({ read }) => read?.range !== undefined && rangesOverlap(read.range, range));
}
