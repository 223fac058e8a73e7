import type { IPPool } from '../../model/calico/ip-pool.ts';
import { overlappingPairs } from '../../network/overlap.ts';
import { parsePrefix } from '../../network/prefix.ts';
import { rangeOf } from '../../network/range.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ipam/pool-overlap',
  severity: 'error',
  docs: {
    summary: { en: 'Two Calico IPPools overlap.', 'zh-cn': '两个 Calico IPPool 的网段重叠。' },
    why: {
      en: 'Calico refuses to create the second pool, also when one of them is disabled. Where it slipped in, two nodes can give one address to two pods.',
      'zh-cn': 'Calico 会拒绝创建第二个地址池，即使其中之一已禁用。若已混入，两个节点可能把同一地址分配给两个 Pod。',
    },
    source: 'projectcalico/calico libcalico-go clientv3: the overlap check when a pool is created (calico.md I24)',
  },
  check({ site, report }) {
    const pools = site.all('calico/IPPool').flatMap((pool) => {
      const prefix = pool.cidr?.value === undefined ? undefined : parsePrefix(pool.cidr.value);
      return prefix === undefined ? [] : [{ owner: pool, range: rangeOf(prefix) }];
    });
    const said = new Set<IPPool>();
    for (const [one, other] of overlappingPairs(pools)) {
      const [first, second] = inOrder(pools, one, other);
      if (sameObject(first.owner, second.owner) || said.has(second.owner)) continue;
      said.add(second.owner);
      const here = second.owner.cidr!;
      const there = first.owner.cidr!;
      report(
        here.place,
        {
          en: `Pool \`${nameOf(second.owner)}\` (${here.value}) overlaps pool \`${nameOf(first.owner)}\` (${there.value}). Calico refuses the second one. Give it a range of its own.`,
          'zh-cn': `地址池 \`${nameOf(second.owner)}\`（${here.value}）与 \`${nameOf(first.owner)}\`（${there.value}）重叠，Calico 会拒绝后者。请为其使用独立网段。`,
        },
        {
          related: [
            {
              place: there.place,
              message: {
                en: `Pool \`${nameOf(first.owner)}\` has ${there.value}.`,
                'zh-cn': `地址池 \`${nameOf(first.owner)}\` 为 ${there.value}。`,
              },
            },
          ],
        },
      );
    }
  },
});

function inOrder<T>(all: readonly T[], one: T, other: T): readonly [T, T] {
  return all.indexOf(one) < all.indexOf(other) ? [one, other] : [other, one];
}

/** Two texts of one pool are two versions of it, not two pools. */
function sameObject(one: IPPool, other: IPPool): boolean {
  return one.name?.value === undefined || other.name?.value === undefined || one.name.value === other.name.value;
}

function nameOf(pool: IPPool): string {
  return pool.name?.value ?? '?';
}
