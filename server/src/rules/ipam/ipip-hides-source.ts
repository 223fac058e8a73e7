import { POOLS } from '../../assembly/pools.ts';
import { type OutsideRoute, ROUTED_POOLS } from '../../assembly/pools-outside.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'ipam/ipip-hides-source',
  severity: 'warning',
  docs: {
    summary: {
      en: 'ipipMode is Always on a pool that a router outside the cluster sends packets to.',
      'zh-cn': '集群外的路由器会向该地址池发送报文，而其 ipipMode 为 Always。',
    },
    why: {
      en: 'Always wraps every packet between nodes, also what a router handed to one node for a pod of another. On the wire there are only node addresses: no filter, flow record or capture sees the pods, and answers take another way than requests.',
      'zh-cn':
        'Always 会封装节点之间的每个报文，包括路由器交给某个节点、目的 Pod 却在另一节点上的报文。线路上只有节点地址：过滤规则、流量记录和抓包都看不到 Pod，应答与请求走的路径也不相同。',
    },
    source: 'Calico: IPIP modes; spiderpool.md S11, from an article on reflectors inside the cluster',
  },
  yieldsTo: ['spiderpool/pool-mode', 'ipam/encapsulation'],
  check({ site, report }) {
    for (const pool of site.derive(POOLS).enabled) {
      if (pool.ipip !== 'Always') continue;
      const outside = site.derive(ROUTED_POOLS).get(pool);
      if (outside === undefined) continue;
      const { origin } = pool;
      const mode = origin.kind === 'IPPool' ? origin.pool.ipipMode : origin.pool.encapsulation;
      if (mode === undefined) continue;
      const isOperators = origin.kind === 'Installation';
      const gentle = isOperators ? 'IPIPCrossSubnet' : 'CrossSubnet';
      report(
        mode.place,
        {
          en: `${who(outside).en} sends packets for ${pool.cidr.value} to the nodes, and between nodes they all travel wrapped in node addresses: outside, nobody sees which pod speaks. Use ${gentle}, which wraps only between subnets.`,
          'zh-cn': `${who(outside)['zh-cn']}会把发往 ${pool.cidr.value} 的报文交给节点，而节点之间的报文全部封装在节点地址之内：外部无法看出是哪个 Pod。请使用 ${gentle}，仅在跨子网时封装。`,
        },
        {
          related: [
            {
              place: outside.place,
              message: { en: 'This leads it here.', 'zh-cn': '由此处引入。' },
            },
          ],
          fixes: [setTo(mode, gentle), setTo(mode, isOperators ? 'None' : 'Never')],
        },
      );
    }
  },
});

function who({ router }: OutsideRoute): Text {
  return router === undefined
    ? { en: 'A machine outside the cluster', 'zh-cn': '集群外的机器' }
    : { en: `\`${router}\``, 'zh-cn': `\`${router}\` ` };
}

function setTo(mode: Field<string>, value: string): Fix {
  return {
    title: { en: `Set it to ${value}`, 'zh-cn': `设为 ${value}` },
    kind: 'pick',
    edits: () => replaceScalar(mode.place, value),
  };
}
