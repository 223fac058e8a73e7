import { itemOf, nameOf, rangesOf, SPIDER_POOLS, type SpiderPlan, without } from '../../assembly/spiderpool.ts';
import { isWildcard, POOL_USES, type PoolUse } from '../../assembly/spiderpool-uses.ts';
import type { Workload } from '../../model/kubernetes/workload.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import { type Range, rangeSize } from '../../network/range.ts';
import type { Place } from '../../syntax/document.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

/** One workload that takes addresses from one pool and no other. */
interface Demand {
  readonly workload: Workload;
  readonly place: Place;
  readonly addresses: number;
}

export default defineRule({
  id: 'spiderpool/pool-too-small',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A SpiderIPPool has fewer addresses than the Pods that are bound to it.',
      'zh-cn': 'SpiderIPPool 的地址数少于绑定到它的 Pod 数。',
    },
    why: {
      en: 'The last Pods stay in ContainerCreating. Reserved addresses count as taken, and a rolling update needs spare ones.',
      'zh-cn': '最后的 Pod 会停在 ContainerCreating。被保留的地址视为已占用，滚动更新还需要额外的空闲地址。',
    },
    source: 'spidernet-io/spiderpool pkg/ipam allocate.go, docs reserved-ip (spiderpool.md S64, K26)',
  },
  check({ site, report }) {
    const pools = site.derive(SPIDER_POOLS);
    if (pools.length === 0) return;
    const reserved = reservedRanges(site);
    if (reserved === undefined) return;
    const demands = demandsByPool(site);
    for (const plan of pools) {
      const name = plan.resource.name?.value;
      const wanted = name === undefined ? undefined : demands.get(name);
      if (wanted === undefined || plan.total === undefined || plan.resource.subnet === undefined) continue;
      // Several texts of the pool: nobody knows which one is in force.
      if (pools.filter((other) => other.resource.name?.value === name).length > 1) continue;
      judge(plan, without(plan.total, reserved), wanted, report);
    }
  },
});

function reservedRanges(site: Site): readonly Range[] | undefined {
  return rangesOf(site.all('spiderpool/SpiderReservedIP').flatMap(({ ips }) => ips.map(itemOf)));
}

/** What Deployments, StatefulSets and the like ask of pools that are their only choice. */
function demandsByPool(site: Site): ReadonlyMap<string, readonly Demand[]> {
  const byList = new Map<string, PoolUse[]>();
  for (const use of site.derive(POOL_USES)) {
    const { doc, path } = use.place;
    const key = `${doc.file} ${doc.base} ${doc.hostPath?.join()} ${path?.slice(0, -1).join()}`;
    byList.set(key, [...(byList.get(key) ?? []), use]);
  }
  const demands = new Map<string, Demand[]>();
  const seen = new Set<string>();
  for (const [use, ...others] of byList.values()) {
    if (use === undefined || others.length > 0 || isWildcard(use.name) || use.by?.kind !== 'kubernetes/Workload')
      continue;
    const workload = use.by as Workload;
    const addresses = podsOf(workload);
    const identity = `${use.name} ${workload.workloadKind?.value} ${workload.namespace?.value} ${workload.name?.value} ${use.place.path?.join()}`;
    if (addresses === undefined || seen.has(identity)) continue;
    seen.add(identity);
    demands.set(use.name, [...(demands.get(use.name) ?? []), { workload, place: use.place, addresses }]);
  }
  return demands;
}

/** How many Pods a workload has at once; undefined where the number is not in the file. */
function podsOf({ workloadKind, replicas }: Workload): number | undefined {
  switch (workloadKind?.value) {
    case 'Pod':
      return 1;
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
    case 'ReplicationController':
      return replicas === undefined ? 1 : replicas.value;
    default:
      return undefined;
  }
}

function judge(
  plan: SpiderPlan<SpiderIPPool>,
  free: readonly Range[],
  demands: readonly Demand[],
  report: Report,
): void {
  const size = free.reduce((sum, range) => sum + rangeSize(range), 0n);
  let sum = 0;
  const crossing = demands.find((demand) => {
    sum += demand.addresses;
    return BigInt(sum) > size;
  });
  if (crossing === undefined) return;
  const all = demands.reduce((total, demand) => total + demand.addresses, 0);
  const terms = demands.map(({ workload, addresses }) => `${nameOf(workload)} ${addresses}`).join(' + ');
  const { resource } = plan;
  report(
    crossing.place,
    {
      en: `SpiderIPPool \`${nameOf(resource)}\` has ${size} free ${size === 1n ? 'address' : 'addresses'}, and ${all} Pods are bound to it (${terms}). The rest stays in ContainerCreating. Enlarge the pool or name a second one.`,
      'zh-cn': `SpiderIPPool \`${nameOf(resource)}\` 有 ${size} 个可用地址，而绑定到它的 Pod 有 ${all} 个（${terms}），其余 Pod 会停在 ContainerCreating。请扩大地址池，或再指定一个地址池。`,
    },
    {
      related: [
        {
          place: { doc: resource.doc, path: [...resource.path, 'spec', 'ips'] },
          message: { en: size === 1n ? 'Its only address.' : `Its ${size} addresses.`, 'zh-cn': `其 ${size} 个地址。` },
        },
        ...demands
          .filter((demand) => demand !== crossing)
          .map((demand) => ({
            place: demand.place,
            message: {
              en: `\`${nameOf(demand.workload)}\` takes ${demand.addresses}.`,
              'zh-cn': `\`${nameOf(demand.workload)}\` 占用 ${demand.addresses} 个。`,
            },
          })),
      ],
    },
  );
}
