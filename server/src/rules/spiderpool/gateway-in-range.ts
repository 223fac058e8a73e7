import { planOf, rangesOf } from '../../assembly/spiderpool.ts';
import type { Resource } from '../../model/resource.ts';
import type { SpiderRanges } from '../../model/spiderpool/ip-pool.ts';
import { parseAddress } from '../../network/address.ts';
import { containsAddress } from '../../network/prefix.ts';
import { rangeContains } from '../../network/range.ts';
import { appendItem } from '../../syntax/edit.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/gateway-in-range',
  severity: 'error',
  docs: {
    summary: {
      en: 'A SpiderIPPool or SpiderSubnet hands out the address of its own gateway.',
      'zh-cn': 'SpiderIPPool 或 SpiderSubnet 会把自己的网关地址分配出去。',
    },
    why: {
      en: 'The webhook compares the gateway with a single address as text, so `fd00::1` beside `fd00:0::1` slips through; then a Pod answers ARP or ND for the gateway and the subnet loses its way out.',
      'zh-cn':
        'Webhook 对单个地址按文本比较网关，因此 `fd00::1` 与 `fd00:0::1` 会漏过；随后某个 Pod 会替网关应答 ARP/ND，整个子网失去出口。',
    },
    source: 'spidernet-io/spiderpool webhooks (spiderpool.md P14, N14)',
  },
  each: {
    'spiderpool/SpiderIPPool': (pool, { report }) => judge(pool, report),
    'spiderpool/SpiderSubnet': (subnet, { report }) => judge(subnet, report),
  },
});

function judge(resource: SpiderRanges & Resource, report: Report): void {
  const { network, ips, excludeIPs } = planOf(resource);
  const { gateway } = resource;
  const address = gateway?.value === undefined ? undefined : parseAddress(gateway.value);
  const excluded = rangesOf(excludeIPs);
  if (gateway === undefined || address === undefined || excluded === undefined) return;
  if (network !== undefined && !containsAddress(network, address)) return;
  if (excluded.some((range) => rangeContains(range, address))) return;
  const item = ips.find(({ read }) => read?.range !== undefined && rangeContains(read.range, address));
  if (item === undefined) return;
  report(
    item.field.place,
    {
      en: `\`${item.field.value}\` holds the gateway ${gateway.value}. Given to a Pod, it would answer for the gateway and cut the subnet off. Add it to excludeIPs.`,
      'zh-cn': `\`${item.field.value}\` 包含网关 ${gateway.value}。若分配给 Pod，它会替网关应答并切断整个子网。请将其加入 excludeIPs。`,
    },
    {
      related: [
        {
          place: gateway.place,
          message: { en: `The gateway is ${gateway.value}.`, 'zh-cn': `网关为 ${gateway.value}。` },
        },
      ],
      fixes: [
        {
          title: { en: `Exclude ${gateway.value}`, 'zh-cn': `排除 ${gateway.value}` },
          kind: 'safe',
          edits: () => appendItem(resource.doc, [...resource.path, 'spec', 'excludeIPs'], gateway.value!),
        },
      ],
    },
  );
}
