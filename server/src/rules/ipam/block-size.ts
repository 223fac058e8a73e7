import type { IPPool } from '../../model/calico/ip-pool.ts';
import { parsePrefix } from '../../network/prefix.ts';
import { setField } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

const LIMITS = { 4: { smallest: 20, largest: 32, usual: 26 }, 6: { smallest: 116, largest: 128, usual: 122 } } as const;

export default defineRule({
  id: 'ipam/block-size',
  severity: 'error',
  docs: {
    summary: {
      en: 'A pool’s blockSize is out of range, or its blocks are larger than the pool.',
      'zh-cn': '地址池的 blockSize 超出范围，或块比地址池本身还大。',
    },
    why: {
      en: 'Calico hands out addresses in blocks and announces one route a block. A pool that holds no whole block is refused, and no pod gets an address from it.',
      'zh-cn':
        'Calico 以块为单位分配地址，并为每块通告一条路由。容不下一个完整块的地址池会被拒绝，任何 Pod 都无法从中获得地址。',
    },
    source: 'calico.md I07, I08, I09: IPPool validation (IPv4 20–32, IPv6 116–128, not shorter than the pool)',
  },
  each: {
    'calico/IPPool'(pool, { report }) {
      if (pool.cidr?.value === undefined || (pool.blockSize !== undefined && pool.blockSize.value === undefined))
        return;
      const prefix = parsePrefix(pool.cidr.value);
      if (prefix === undefined) return;
      const limits = LIMITS[prefix.family];
      const size =
        pool.blockSize?.value === undefined || pool.blockSize.value === 0 ? limits.usual : pool.blockSize.value;
      const place = pool.blockSize?.place ?? pool.cidr.place;
      if (size < limits.smallest || size > limits.largest) {
        report(
          place,
          {
            en: `An IPv${prefix.family} block is /${limits.smallest} to /${limits.largest}, not /${size}. Calico refuses the pool.`,
            'zh-cn': `IPv${prefix.family} 块的前缀长度须在 /${limits.smallest} 到 /${limits.largest} 之间，而不是 /${size}。Calico 会拒绝该地址池。`,
          },
          { fixes: offers(pool, [Math.max(limits.usual, prefix.length)]) },
        );
        return;
      }
      if (
        prefix.length <= size ||
        pool.disabled?.value === true ||
        (pool.disabled !== undefined && pool.disabled.value === undefined)
      )
        return;
      report(
        place,
        {
          en: `The pool is a /${prefix.length} and its blocks are /${size}: it does not hold a single block, so Calico refuses it. Use a larger pool or smaller blocks.`,
          'zh-cn': `地址池为 /${prefix.length}，而块为 /${size}：一个完整的块都放不下，Calico 会拒绝该地址池。请扩大地址池或缩小块。`,
        },
        { fixes: offers(pool, [Math.min(limits.largest, Math.max(prefix.length + 2, limits.usual)), prefix.length]) },
      );
    },
  },
});

function offers(pool: IPPool, sizes: readonly number[]): readonly Fix[] {
  return [...new Set(sizes)].map((size) => ({
    title: { en: `Set blockSize to ${size}`, 'zh-cn': `将 blockSize 设为 ${size}` },
    kind: 'pick',
    edits: () => setField(pool.doc, [...pool.path, 'spec', 'blockSize'], size),
  }));
}
