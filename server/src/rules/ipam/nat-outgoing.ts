import { POOLS, type Pool } from '../../assembly/pools.ts';
import { ANNOUNCED_POOLS, IS_CUT_OFF, type OutsideRoute } from '../../assembly/pools-outside.ts';
import { replaceScalar, setField } from '../../syntax/edit.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'ipam/nat-outgoing',
  severity: 'warning',
  docs: {
    summary: {
      en: 'natOutgoing hides the pods from a router that knows the way to them, or is off where nobody knows the way back.',
      'zh-cn': 'natOutgoing 使已知 Pod 路由的路由器看不到 Pod 地址，或在无人知道回程路由时被关闭。',
    },
    why: {
      en: 'With natOutgoing a packet that leaves the cluster carries its node’s address: the router that learned the pods’ routes sees nodes only, and rules for pod addresses never match. Without it and without a route back, answers to pods are dropped at the first router.',
      'zh-cn':
        '启用 natOutgoing 时，离开集群的报文带的是节点地址：学到 Pod 路由的路由器只看得到节点，针对 Pod 地址的规则永远不会匹配。若关闭且没有回程路由，返回 Pod 的报文会在第一个路由器处被丢弃。',
    },
    source: 'Calico: natOutgoing; spiderpool.md S12, users.md M11',
  },
  yieldsTo: ['spiderpool/pool-mode'],
  check({ site, report }) {
    const announced = site.derive(ANNOUNCED_POOLS);
    for (const pool of site.derive(POOLS).enabled) {
      const outside = announced.get(pool);
      if (outside !== undefined && pool.natOutgoing === true) hidden(pool, outside, report);
      else if (outside === undefined && pool.natOutgoing === false && site.derive(IS_CUT_OFF)(pool))
        cutOff(pool, report);
    }
  },
});

function hidden(pool: Pool, { router, place }: OutsideRoute, report: Report): void {
  const { origin } = pool;
  const nat = origin.pool.natOutgoing;
  if (nat === undefined) return;
  const off = origin.kind === 'IPPool' ? false : 'Disabled';
  report(
    nat.place,
    {
      en: `\`${router}\` learns the routes to ${pool.cidr.value}, and yet every packet from these pods reaches it with a node’s address, so it cannot tell pods apart. Set natOutgoing to ${off}, unless the way further out needs the translation.`,
      'zh-cn': `\`${router}\` 已学到 ${pool.cidr.value} 的路由，但这些 Pod 发出的报文到达时带的都是节点地址，无法区分 Pod。请将 natOutgoing 设为 ${off}，除非更外层的网络需要地址转换。`,
    },
    {
      related: [{ place, message: { en: 'The routes go out here.', 'zh-cn': '路由由此通告出去。' } }],
      fixes: [
        {
          title: { en: `Set natOutgoing to ${off}`, 'zh-cn': `将 natOutgoing 设为 ${off}` },
          kind: 'pick',
          edits: () => replaceScalar(nat.place, off),
        },
      ],
    },
  );
}

function cutOff(pool: Pool, report: Report): void {
  report(
    pool.origin.pool.natOutgoing?.place ?? pool.cidr.place,
    {
      en: `No router of this network learns a route to ${pool.cidr.value}, and packets leave with pod addresses: no answer from outside comes back. Turn natOutgoing on, or announce the pool to the routers.`,
      'zh-cn': `此网络中没有路由器学到 ${pool.cidr.value} 的路由，而报文以 Pod 地址发出：外部的应答无法返回。请启用 natOutgoing，或将地址池通告给路由器。`,
    },
    { fixes: [natOn(pool)] },
  );
}

function natOn({ origin }: Pool): Fix {
  const title = { en: 'Turn natOutgoing on', 'zh-cn': '启用 natOutgoing' };
  const { pool } = origin;
  if (pool.natOutgoing !== undefined) {
    const { place } = pool.natOutgoing;
    return { title, kind: 'pick', edits: () => replaceScalar(place, origin.kind === 'IPPool' ? true : 'Enabled') };
  }
  if (origin.kind === 'IPPool')
    return {
      title,
      kind: 'pick',
      edits: () => setField(origin.pool.doc, [...origin.pool.path, 'spec', 'natOutgoing'], true),
    };
  return {
    title,
    kind: 'pick',
    edits: () => setField(origin.installation.doc, [...(origin.pool.place.path ?? []), 'natOutgoing'], 'Enabled'),
  };
}
