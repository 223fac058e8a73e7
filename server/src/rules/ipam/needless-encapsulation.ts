import { IS_ONE_CLUSTER, POOLS } from '../../assembly/pools.ts';
import { NODE_SUBNET } from '../../assembly/pools-subnets.ts';
import { formatPrefix } from '../../network/prefix.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ipam/needless-encapsulation',
  severity: 'hint',
  docs: {
    summary: {
      en: 'ipipMode is Always, and all nodes are in one subnet.',
      'zh-cn': 'ipipMode 为 Always，而所有节点都在同一子网。',
    },
    why: {
      en: 'Nodes of one subnet reach each other directly, so the tunnel costs 20 bytes a packet and the work of wrapping for nothing. CrossSubnet does without it there and keeps it for nodes that are added elsewhere. (A cloud that drops packets with foreign addresses needs it.)',
      'zh-cn':
        '同一子网的节点可以直接互达，隧道只会白白占用每个报文 20 字节和封装的开销。CrossSubnet 在同一子网内不封装，并为以后加入其他子网的节点保留封装。（会丢弃陌生源地址报文的云环境除外。）',
    },
    source: 'Calico: IPIP modes (spiderpool.md S32)',
  },
  yieldsTo: ['ipam/ipip-hides-source', 'ipam/encapsulation', 'spiderpool/pool-mode'],
  check({ site, report }) {
    if (!site.derive(POOLS).enabled.some(({ ipip }) => ipip === 'Always')) return;
    const subnet = site.derive(IS_ONE_CLUSTER) ? site.derive(NODE_SUBNET) : undefined;
    if (subnet === undefined) return;
    for (const { ipip, origin } of site.derive(POOLS).enabled) {
      if (ipip !== 'Always') continue;
      const mode = origin.kind === 'IPPool' ? origin.pool.ipipMode : origin.pool.encapsulation;
      const gentle = origin.kind === 'IPPool' ? 'CrossSubnet' : 'IPIPCrossSubnet';
      if (mode === undefined) continue;
      report(
        mode.place,
        {
          en: `All nodes known here are in ${formatPrefix(subnet)} and reach each other directly: wrapping every packet costs 20 bytes of each and brings nothing. ${gentle} wraps only where it is needed.`,
          'zh-cn': `这里已知的所有节点都在 ${formatPrefix(subnet)} 内，可以直接互达：封装每个报文只会多占 20 字节。${gentle} 仅在需要时封装。`,
        },
        {
          fixes: [
            {
              title: { en: `Set it to ${gentle}`, 'zh-cn': `设为 ${gentle}` },
              kind: 'pick',
              edits: () => replaceScalar(mode.place, gentle),
            },
          ],
        },
      );
    }
  },
});
