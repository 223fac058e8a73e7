import { itemOf, SPIDER_POOLS, SPIDER_SUBNETS, type SpiderPlan } from '../../assembly/spiderpool.ts';
import type { SpiderReservedIP } from '../../model/spiderpool/reserved-ip.ts';
import { rangesOverlap } from '../../network/range.ts';
import { nodeOf } from '../../syntax/place.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/reserved',
  severity: 'error',
  docs: {
    summary: {
      en: 'A SpiderReservedIP is empty, mixes address families, or reserves nothing that any pool could give out.',
      'zh-cn': 'SpiderReservedIP 为空、混用地址族，或保留了任何地址池都不会分配的地址。',
    },
    why: {
      en: 'One object has one family, that of its first range; the webhook refuses the rest. A reservation outside every pool protects nothing and is often a slip.',
      'zh-cn':
        '一个对象只有一个地址族，即首个范围的地址族，其余会被 Webhook 拒绝。不在任何地址池内的保留不起作用，往往是笔误。',
    },
    source: 'spidernet-io/spiderpool reservedip_validate.go (spiderpool.md R1–R7)',
  },
  check({ site, report }) {
    const plans = [...site.derive(SPIDER_POOLS), ...site.derive(SPIDER_SUBNETS)];
    for (const reserved of site.all('spiderpool/SpiderReservedIP')) judge(reserved, plans, report);
  },
});

function judge(reserved: SpiderReservedIP, plans: readonly SpiderPlan[], report: Report): void {
  const items = reserved.ips.map(itemOf);
  if (isEmpty(reserved)) {
    report(reserved.name?.place ?? { doc: reserved.doc, path: reserved.path }, {
      en: 'A SpiderReservedIP without `ips` has no address family, and the webhook refuses it. Name at least one address.',
      'zh-cn': '没有 `ips` 的 SpiderReservedIP 无法确定地址族，会被 Webhook 拒绝。请至少填写一个地址。',
    });
    return;
  }
  const first = items[0]?.read?.range;
  const declared = reserved.ipVersion?.value;
  const family = declared === 4 || declared === 6 ? declared : first?.family;
  const known = plans.length > 0 && plans.every(({ total }) => total !== undefined);
  const sameFamily = plans.filter((plan) => plan.family === family);
  for (const { field, read } of items) {
    const range = read?.range;
    if (range === undefined || family === undefined) continue;
    if (range.family !== family)
      report(field.place, {
        en: `\`${field.value}\` is IPv${range.family}, and this object is IPv${family}: the webhook refuses it. One object reserves one family; put the rest into another.`,
        'zh-cn': `\`${field.value}\` 为 IPv${range.family}，而此对象为 IPv${family}，Webhook 会拒绝。一个对象只保留一个地址族，其余请写入另一个对象。`,
      });
    else if (
      known &&
      sameFamily.length > 0 &&
      !sameFamily.some((plan) => plan.total!.some((one) => rangesOverlap(one, range)))
    )
      report(
        field.place,
        {
          en: `No SpiderIPPool of these files holds an address of \`${field.value}\`, so nothing is kept back by it. Check the address, or remove it.`,
          'zh-cn': `这些文件中没有任何 SpiderIPPool 含有 \`${field.value}\` 中的地址，因此该保留不起作用。请核对地址，或将其删除。`,
        },
        { severity: 'hint' },
      );
  }
}

/** `spec` is there and names no address at all. */
function isEmpty({ doc, path }: SpiderReservedIP): boolean {
  const spec = nodeOf({ doc, path: [...path, 'spec'] });
  if (spec?.kind !== 'mapping') return false;
  const ips = nodeOf({ doc, path: [...path, 'spec', 'ips'] });
  return ips === undefined || (ips.kind === 'sequence' && ips.items.length === 0);
}
