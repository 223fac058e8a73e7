import { nameOf, SPIDER_POOLS, type SpiderPlan } from '../../assembly/spiderpool.ts';
import { CHART_POOLS, isWildcard, matchesWildcard, POOL_USES, type PoolUse } from '../../assembly/spiderpool-uses.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import { nearest } from '../../network/near.ts';
import { replaceScalar, replaceText } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix, type Related } from '../rule.ts';

type Pools = readonly SpiderPlan<SpiderIPPool>[];

export default defineRule({
  id: 'spiderpool/unknown-pool',
  severity: 'error',
  docs: {
    summary: {
      en: 'A SpiderIPPool is named that does not exist, is disabled, or is of the other address family.',
      'zh-cn': '引用的 SpiderIPPool 不存在、已禁用或属于另一地址族。',
    },
    why: {
      en: 'The Pod asks for an address of exactly these pools. When none of them can give one, it stays in ContainerCreating, and no other pool is tried.',
      'zh-cn': 'Pod 只会向这些地址池申请地址。若都无法分配，Pod 会停在 ContainerCreating，且不会尝试其他地址池。',
    },
    source: 'spidernet-io/spiderpool pkg/ipam allocate.go, pool_selections.go (spiderpool.md T3, T5, T6)',
  },
  check({ site, report }) {
    const pools = site.derive(SPIDER_POOLS);
    // A pool whose name is a template may be any pool.
    if (pools.length === 0 || pools.some(({ resource }) => resource.name?.value === undefined)) return;
    const chart = site.derive(CHART_POOLS);
    for (const use of site.derive(POOL_USES)) {
      if (use.name === '' || chart.has(use.name) || /^auto[46]-/.test(use.name)) continue;
      const named = isWildcard(use.name)
        ? matching(use.name, pools)
        : pools.filter((one) => nameOf(one.resource) === use.name);
      if (named === undefined) continue;
      if (named.length === 0) {
        report(use.place, unknown(use), { fixes: isWildcard(use.name) ? [] : offers(use, pools) });
        continue;
      }
      if (named.some((pool) => fits(pool, use))) continue;
      const other = named.find((pool) => pool.family !== undefined && pool.family !== use.family);
      const culprit = named.find((pool) => pool.family === undefined || pool.family === use.family) ?? other!;
      const disabled = culprit.family === undefined || culprit.family === use.family;
      report(use.place, disabled ? switchedOff(use, culprit) : foreign(use, culprit), {
        related: [here(culprit, disabled)],
        fixes: disabled ? [] : offers(use, pools),
      });
    }
  },
});

function matching(pattern: string, pools: Pools): Pools | undefined {
  const verdicts = pools.map((pool) => matchesWildcard(pattern, nameOf(pool.resource)));
  return verdicts.includes(undefined) ? undefined : pools.filter((_, index) => verdicts[index]);
}

/** Whether a pool may serve: unknown is not wrong. */
function fits(pool: SpiderPlan<SpiderIPPool>, use: PoolUse): boolean {
  if (pool.resource.disable?.value === true) return false;
  return pool.family === undefined || pool.family === use.family;
}

function offers(use: PoolUse, pools: Pools): readonly Fix[] {
  const names = pools.filter((pool) => fits(pool, use)).map((pool) => nameOf(pool.resource));
  const close = nearest(use.name, names);
  const only = close ?? (new Set(names).size === 1 && names[0] !== use.name ? names[0] : undefined);
  if (only === undefined) return [];
  return [
    {
      title: { en: `Change it to \`${only}\``, 'zh-cn': `改为 \`${only}\`` },
      kind: 'pick',
      edits: () => (use.json ? replaceText(use.place, JSON.stringify(only)) : replaceScalar(use.place, only)),
    },
  ];
}

function unknown({ name }: PoolUse): Text {
  if (isWildcard(name))
    return {
      en: `No SpiderIPPool has a name that \`${name}\` matches, so no address can be given out.`,
      'zh-cn': `没有任何 SpiderIPPool 的名称匹配 \`${name}\`，因此无法分配地址。`,
    };
  return {
    en: `There is no SpiderIPPool \`${name}\`: the Pod never gets an address and stays in ContainerCreating.`,
    'zh-cn': `不存在名为 \`${name}\` 的 SpiderIPPool：Pod 永远得不到地址，会停在 ContainerCreating。`,
  };
}

function switchedOff({ name }: PoolUse, pool: SpiderPlan<SpiderIPPool>): Text {
  const who = nameOf(pool.resource);
  return {
    en: `The SpiderIPPool \`${who}\` that \`${name}\` names is disabled and gives out no address. Enable it or name another.`,
    'zh-cn': `\`${name}\` 引用的 SpiderIPPool \`${who}\` 已禁用，不会分配地址。请启用它或改用其他地址池。`,
  };
}

function foreign({ name, family }: PoolUse, pool: SpiderPlan<SpiderIPPool>): Text {
  return {
    en: `\`${name}\` is named as an IPv${family} pool, and SpiderIPPool \`${nameOf(pool.resource)}\` holds IPv${pool.family} addresses: Spiderpool refuses the request. Name it in the other list.`,
    'zh-cn': `\`${name}\` 被写作 IPv${family} 地址池，而 SpiderIPPool \`${nameOf(pool.resource)}\` 是 IPv${pool.family} 的：Spiderpool 会拒绝请求。请写入另一个列表。`,
  };
}

function here({ resource, family }: SpiderPlan<SpiderIPPool>, disabled: boolean): Related {
  if (disabled)
    return {
      place: resource.disable?.place ?? resource.name!.place,
      message: { en: 'It is disabled here.', 'zh-cn': '在此处被禁用。' },
    };
  return {
    place: resource.subnet?.place ?? resource.name!.place,
    message: { en: `Its subnet is IPv${family}.`, 'zh-cn': `其子网为 IPv${family}。` },
  };
}
