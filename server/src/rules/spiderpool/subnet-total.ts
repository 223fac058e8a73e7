import {
  areAppliedTogether,
  nameOf,
  SPIDER_POOLS,
  SPIDER_SUBNETS,
  type SpiderPlan,
  without,
} from '../../assembly/spiderpool.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import type { SpiderSubnet } from '../../model/spiderpool/subnet.ts';
import { sameNetwork } from '../../network/prefix.ts';
import { formatRange, type Range, rangesOverlap } from '../../network/range.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/subnet-total',
  severity: 'error',
  docs: {
    summary: {
      en: 'A SpiderIPPool holds addresses that its SpiderSubnet does not hand over.',
      'zh-cn': 'SpiderIPPool 含有其 SpiderSubnet 未提供的地址。',
    },
    why: {
      en: 'A pool with the CIDR of a SpiderSubnet belongs to it: the webhook refuses addresses that are not in the subnet’s ips, or that its excludeIPs take out.',
      'zh-cn':
        '与 SpiderSubnet 具有相同 CIDR 的地址池归其管理：不在其 ips 中或被 excludeIPs 排除的地址会被 Webhook 拒绝。',
    },
    source: 'spidernet-io/spiderpool ippool_subnet_validate.go (spiderpool.md P26, N10, K22)',
  },
  check({ site, report }) {
    const subnets = site.derive(SPIDER_SUBNETS);
    if (subnets.length === 0) return;
    for (const plan of site.derive(SPIDER_POOLS)) {
      if (plan.network === undefined || plan.total === undefined) continue;
      const owners = subnets.filter(({ network }) => network !== undefined && sameNetwork(network, plan.network!));
      // Several texts of the subnet: one that holds the addresses is enough.
      const missing = owners.map((owner) => owner.total && without(plan.total!, owner.total));
      if (owners.length === 0 || missing.some((ranges) => ranges === undefined || ranges.length === 0)) continue;
      judge(plan, owners[0]!, missing[0]![0]!, report);
    }
  },
});

function judge(plan: SpiderPlan<SpiderIPPool>, owner: SpiderPlan<SpiderSubnet>, missing: Range, report: Report): void {
  const item = plan.ips.find(({ read }) => read?.range !== undefined && rangesOverlap(read.range, missing));
  if (item === undefined) return;
  const { resource } = owner;
  report(
    item.field.place,
    {
      en: `${formatRange(missing)} is not among the addresses of SpiderSubnet \`${nameOf(resource)}\`, to which this pool belongs. The webhook refuses the pool. Add the range to the subnet, or take it out here.`,
      'zh-cn': `${formatRange(missing)} 不在该地址池所属 SpiderSubnet \`${nameOf(resource)}\` 的地址中，Webhook 会拒绝该地址池。请将其加入子网，或在此处删除。`,
    },
    {
      severity: areAppliedTogether(plan.resource, resource) ? 'error' : 'hint',
      related: [
        {
          place: { doc: resource.doc, path: [...resource.path, 'spec', 'ips'] },
          message: {
            en: `What SpiderSubnet \`${nameOf(resource)}\` hands over.`,
            'zh-cn': `SpiderSubnet \`${nameOf(resource)}\` 提供的地址。`,
          },
        },
      ],
    },
  );
}
