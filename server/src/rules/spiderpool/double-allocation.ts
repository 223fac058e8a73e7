import { nameOf, SPIDER_POOLS, type SpiderPlan } from '../../assembly/spiderpool.ts';
import { CNI_PLUGINS, type CniPlugin } from '../../assembly/spiderpool-cni.ts';
import type { IPPool } from '../../model/calico/ip-pool.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import { networkOf, type Prefix, parsePrefix, sameNetwork } from '../../network/prefix.ts';
import { rangeOf, rangesOverlap } from '../../network/range.ts';
import { setField } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/double-allocation',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A SpiderIPPool holds addresses that calico-ipam gives out as well.',
      'zh-cn': 'SpiderIPPool 中的地址也会被 calico-ipam 分配。',
    },
    why: {
      en: 'The two keep separate books. Sooner or later both give one address to two Pods, and traffic goes now to one, now to the other.',
      'zh-cn': '两者各自记账，迟早会把同一地址分配给两个 Pod，流量会时而到达一个、时而到达另一个。',
    },
    source: 'projectcalico/calico libcalico-go ipam; spiderpool.md S70, K12',
  },
  check({ site, report }) {
    const evidence = calicoIpam(site);
    if (evidence === undefined) return;
    const pools = site.all('calico/IPPool').flatMap((pool) => {
      const prefix = pool.cidr?.value === undefined ? undefined : parsePrefix(pool.cidr.value);
      return prefix === undefined || !allocates(pool) ? [] : [{ pool, network: networkOf(prefix) }];
    });
    for (const plan of site.derive(SPIDER_POOLS)) {
      if (plan.resource.disable?.value === true || plan.resource.subnet === undefined) continue;
      const shared = pools.find(({ network }) => plan.total?.some((range) => rangesOverlap(range, rangeOf(network))));
      if (shared !== undefined) judge(plan, shared.pool, shared.network, evidence, report);
    }
  },
});

/** A configuration that makes Calico allocate by itself, unless another one hands that to Spiderpool. */
function calicoIpam(site: Site): CniPlugin | undefined {
  const calico = site.derive(CNI_PLUGINS).filter(({ type }) => type.value === 'calico');
  if (calico.some(({ ipam }) => ipam === undefined || ipam.value === undefined || ipam.value === 'spiderpool'))
    return undefined;
  return calico.find(({ ipam }) => ipam?.value === 'calico-ipam');
}

/** Whether calico-ipam gives addresses of a pool to Pods by itself. */
function allocates(pool: IPPool): boolean {
  if (pool.disabled !== undefined && pool.disabled.value !== false) return false;
  if (pool.assignmentMode !== undefined && pool.assignmentMode.value !== 'Automatic') return false;
  if (pool.nodeSelector?.value?.replace(/\s/g, '') === '!all()') return false;
  return pool.allowedUses.length === 0 || pool.allowedUses.some(({ value }) => value === 'Workload');
}

function judge(
  { resource, network }: SpiderPlan<SpiderIPPool>,
  pool: IPPool,
  range: Prefix,
  evidence: CniPlugin,
  report: Report,
): void {
  const same = network !== undefined && sameNetwork(network, range);
  report(
    resource.subnet!.place,
    {
      en: `Calico's IPPool \`${nameOf(pool)}\` (${pool.cidr!.value}) is in use by calico-ipam and holds addresses of \`${nameOf(resource)}\`: two Pods can get the same one. ${same ? 'Set `disabled: true` on it; it is announced all the same.' : 'Use a range of its own for Spiderpool.'}`,
      'zh-cn': `Calico IPPool \`${nameOf(pool)}\`（${pool.cidr!.value}）正由 calico-ipam 使用，且包含 \`${nameOf(resource)}\` 的地址：两个 Pod 可能得到同一地址。${same ? '请对其设置 `disabled: true`，它仍会被通告。' : '请为 Spiderpool 使用独立的网段。'}`,
    },
    {
      related: [
        {
          place: pool.cidr!.place,
          message: { en: `Calico's pool is ${pool.cidr!.value}.`, 'zh-cn': `Calico 地址池为 ${pool.cidr!.value}。` },
        },
        {
          place: evidence.ipam!.place,
          message: { en: 'Calico allocates by itself.', 'zh-cn': 'Calico 自行分配地址。' },
        },
      ],
      fixes: same ? [disable(pool)] : [],
    },
  );
}

function disable(pool: IPPool): Fix {
  return {
    title: { en: `Set disabled on \`${nameOf(pool)}\``, 'zh-cn': `将 \`${nameOf(pool)}\` 设为 disabled` },
    kind: 'pick',
    edits: () => setField(pool.doc, [...pool.path, 'spec', 'disabled'], true),
  };
}
