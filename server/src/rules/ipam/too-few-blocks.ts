import { IS_ONE_CLUSTER, POOLS, type Pool } from '../../assembly/pools.ts';
import { NODE_SERVICE } from '../../assembly/pools-nodes.ts';
import type { Field } from '../../syntax/document.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ipam/too-few-blocks',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A pool has fewer blocks than nodes that take their addresses from it alone.',
      'zh-cn': '地址池的块数少于只能从该池取地址的节点数。',
    },
    why: {
      en: 'Each node takes whole blocks. The node that finds none left borrows single addresses from other nodes’ blocks, each with a route of its own; under strictAffinity it may not, and its pods get no address.',
      'zh-cn':
        '每个节点按整块取用地址。没有剩余块的节点会从其他节点的块中借用单个地址，每个地址需要一条独立路由；启用 strictAffinity 时不能借用，其 Pod 得不到地址。',
    },
    source: 'projectcalico/calico libcalico-go/lib/ipam (users.md M12)',
  },
  yieldsTo: ['ipam/block-size'],
  check({ site, report }) {
    const { complete } = site.derive(POOLS);
    if (!complete || !site.derive(IS_ONE_CLUSTER)) return;
    const strict = strictAffinity(site);
    for (const [pool, nodes] of dependants(site)) {
      const blocks = blocksOf(pool);
      if (blocks === undefined || nodes <= blocks) continue;
      const lacking = nodes - blocks;
      report(
        pool.origin.pool.blockSize?.place ?? pool.cidr.place,
        {
          en: `${pool.cidr.value} holds ${blocks} block${blocks === 1 ? '' : 's'} of /${pool.blockSize}, and ${nodes} nodes take their addresses from it: ${lacking} of them ${strict === undefined ? 'can only borrow single addresses' : 'get none under strictAffinity'}. Use smaller blocks or a larger pool.`,
          'zh-cn': `${pool.cidr.value} 只有 ${blocks} 个 /${pool.blockSize} 块，而有 ${nodes} 个节点从中取地址：其中 ${lacking} 个${strict === undefined ? '只能借用单个地址' : '在 strictAffinity 下得不到地址'}。请缩小块或扩大地址池。`,
        },
        strict && {
          severity: 'error',
          related: [
            { place: strict.place, message: { en: 'Nodes may not borrow.', 'zh-cn': '此处禁止节点借用地址。' } },
          ],
        },
      );
    }
  },
});

/** How many nodes have no pool but this one. */
function dependants(site: Site): ReadonlyMap<Pool, number> {
  const counts = new Map<Pool, number>();
  for (const services of site.derive(NODE_SERVICE).values())
    for (const { pool, pools, undecided } of services)
      if (pool !== undefined && pools === 1 && !undecided) counts.set(pool, (counts.get(pool) ?? 0) + 1);
  return counts;
}

/** How many blocks a pool is cut into; undefined for an unknown size, and for a pool smaller than a block. */
function blocksOf({ network, blockSize }: Pool): number | undefined {
  const longest = network.family === 4 ? 32 : 128;
  if (blockSize === undefined || blockSize < network.length || blockSize > longest) return undefined;
  return 2 ** (blockSize - network.length);
}

function strictAffinity(site: Site): Field<boolean> | undefined {
  return site
    .all('calico/IPAMConfiguration')
    .map((configuration) => configuration.strictAffinity)
    .find((field) => field?.value === true);
}
