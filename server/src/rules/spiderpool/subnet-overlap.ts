import {
  areAppliedTogether,
  isSameObject,
  nameOf,
  namesNetwork,
  SPIDER_POOLS,
  SPIDER_SUBNETS,
  type SpiderPlan,
} from '../../assembly/spiderpool.ts';
import { overlappingPairs } from '../../network/overlap.ts';
import { formatPrefix } from '../../network/prefix.ts';
import { rangeOf } from '../../network/range.ts';
import type { Severity } from '../../workspace/settings.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/subnet-overlap',
  severity: 'error',
  docs: {
    summary: {
      en: 'The subnets of two SpiderIPPools or SpiderSubnets overlap without being the same.',
      'zh-cn': '两个 SpiderIPPool 或 SpiderSubnet 的子网部分重叠而不相同。',
    },
    why: {
      en: 'Several pools may share one subnet, but not parts of it under different masks: the webhook refuses the second. Two SpiderSubnets may not even be the same.',
      'zh-cn':
        '多个地址池可以共用同一子网，但不能以不同掩码各占一部分：Webhook 会拒绝后者。两个 SpiderSubnet 连相同也不允许。',
    },
    source: 'spidernet-io/spiderpool webhooks (spiderpool.md P8, N8, N9)',
  },
  check({ site, report }) {
    const pools = firstOfEach(site.derive(SPIDER_POOLS));
    const subnets = site.derive(SPIDER_SUBNETS).filter(namesNetwork);
    const order = [...subnets, ...pools];
    // One finding for each object, and rather the one with an object that is applied together with it.
    const found = new Map<SpiderPlan, { readonly first: SpiderPlan; readonly together: boolean }>();
    for (const [one, other] of overlappingPairs(order.map((owner) => ({ owner, range: rangeOf(owner.network!) })))) {
      const [first, second] =
        order.indexOf(one.owner) < order.indexOf(other.owner) ? [one.owner, other.owner] : [other.owner, one.owner];
      if (!conflict(first, second)) continue;
      const together = areAppliedTogether(first.resource, second.resource);
      const known = found.get(second);
      if (known === undefined || (together && !known.together)) found.set(second, { first, together });
    }
    for (const [second, { first, together }] of found) judge(first, second, together ? 'error' : 'hint', report);
  },
});

/** One pool for each subnet: those that share one do not conflict among themselves. */
function firstOfEach(plans: readonly SpiderPlan[]): readonly SpiderPlan[] {
  const found = new Map<string, SpiderPlan>();
  for (const plan of plans) {
    if (!namesNetwork(plan)) continue;
    const key = formatPrefix(plan.network!);
    if (!found.has(key)) found.set(key, plan);
  }
  return [...found.values()];
}

function conflict(one: SpiderPlan, other: SpiderPlan): boolean {
  const sameKind = one.resource.kind === other.resource.kind;
  if (sameKind && isSameObject(one.resource, other.resource)) return false;
  if (formatPrefix(one.network!) !== formatPrefix(other.network!)) return true;
  return sameKind && one.resource.kind === 'spiderpool/SpiderSubnet';
}

function judge(first: SpiderPlan, second: SpiderPlan, severity: Severity, report: Report): void {
  const [here, there] = [second.resource.subnet!, first.resource.subnet!];
  const [kind, otherKind] = [kindOf(second), kindOf(first)];
  const same = formatPrefix(first.network!) === formatPrefix(second.network!);
  report(
    here.place,
    {
      en: `${kind} \`${nameOf(second.resource)}\` (${here.value}) ${same ? 'has the subnet of' : 'overlaps'} ${otherKind} \`${nameOf(first.resource)}\` (${there.value}). The webhook refuses the one that comes second. ${same ? 'Keep one of them.' : 'Use the same subnet for both, or separate ones.'}`,
      'zh-cn': `${kind} \`${nameOf(second.resource)}\`（${here.value}）与 ${otherKind} \`${nameOf(first.resource)}\`（${there.value}）${same ? '使用相同子网' : '重叠'}，Webhook 会拒绝后创建者。${same ? '请只保留一个。' : '请使用完全相同的子网，或互不重叠的子网。'}`,
    },
    {
      severity,
      related: [
        {
          place: there.place,
          message: {
            en: `${otherKind} \`${nameOf(first.resource)}\` is ${there.value}.`,
            'zh-cn': `${otherKind} \`${nameOf(first.resource)}\` 为 ${there.value}。`,
          },
        },
      ],
    },
  );
}

function kindOf({ resource }: SpiderPlan): string {
  return resource.kind.slice(resource.kind.indexOf('/') + 1);
}
