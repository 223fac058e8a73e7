import { nameOf, SPIDER_POOLS, type SpiderPlan } from '../../assembly/spiderpool.ts';
import { CALICO_RANGES, type CalicoRange, coverOf, SPEAKS_BGP } from '../../assembly/spiderpool-announcement.ts';
import { HAS_UNDERLAY } from '../../assembly/spiderpool-cni.ts';
import type { IPPool } from '../../model/calico/ip-pool.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import { sameNetwork } from '../../network/prefix.ts';
import { matches } from '../../network/selector.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar, setField } from '../../syntax/edit.ts';
import { parseSelector } from '../../syntax/selector.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix, type Related, type Report } from '../rule.ts';

type Plan = SpiderPlan<SpiderIPPool>;

export default defineRule({
  id: 'spiderpool/pool-mode',
  severity: 'error',
  docs: {
    summary: {
      en: 'The Calico IPPool of a SpiderIPPool’s subnet wraps, masquerades or holds back what should be routed as it is.',
      'zh-cn': 'SpiderIPPool 子网对应的 Calico IPPool 启用了封装、地址伪装或禁止通告，而这些流量本应直接路由。',
    },
    why: {
      en: 'Fixed addresses are meant to be seen outside. IPIP and VXLAN hide them inside node addresses, natOutgoing replaces them, and disableBGPExport keeps the routes from every router.',
      'zh-cn':
        '固定地址就是为了在外部可见。IPIP 与 VXLAN 会将其藏在节点地址之内，natOutgoing 会将其替换，disableBGPExport 则使任何路由器都学不到路由。',
    },
    source: 'Spiderpool’s Calico guide; projectcalico/calico confd bgp_processor.go (spiderpool.md S55, K6)',
  },
  check({ site, report }) {
    const pools = site.derive(SPIDER_POOLS);
    if (pools.length === 0 || !site.derive(SPEAKS_BGP) || site.derive(HAS_UNDERLAY)) return;
    const ranges = site.derive(CALICO_RANGES);
    const served = new Map<CalicoRange, Plan[]>();
    for (const plan of pools) {
      if (plan.network === undefined || plan.resource.disable?.value === true || plan.resource.multusName.length > 0)
        continue;
      const cover = coverOf(ranges, plan.network);
      if (cover?.pool === undefined) continue;
      served.set(cover, [...(served.get(cover) ?? []), plan]);
    }
    for (const [range, plans] of served) judge(range, range.pool!, plans, site, report);
  },
});

function judge(range: CalicoRange, pool: IPPool, plans: readonly Plan[], site: Site, report: Report): void {
  const exact = plans.some((plan) => sameNetwork(plan.network!, range.network));
  const who = plans.map((plan) => `\`${nameOf(plan.resource)}\``).join(', ');
  const related = plans.map(subnetOf);
  judgeEncapsulation(pool, exact, who, related, report);
  if (!exact) return;
  if (pool.natOutgoing?.value === true)
    report(
      pool.natOutgoing.place,
      {
        en: `natOutgoing replaces the address of ${who}'s Pods by the node's on the way out of the cluster: the network never sees the fixed addresses. Set it to false.`,
        'zh-cn': `natOutgoing 会在出集群时把 ${who} 的 Pod 地址换成节点地址：外部网络看不到固定地址。请设为 false。`,
      },
      { severity: 'warning', related, fixes: [setTo(pool.natOutgoing, 'natOutgoing', false)] },
    );
  if (pool.disableBGPExport?.value === true)
    report(
      pool.disableBGPExport.place,
      {
        en: `disableBGPExport keeps every route of this pool to itself: no router learns a way to ${who}'s Pods. Set it to false.`,
        'zh-cn': `disableBGPExport 使该地址池的路由都不对外通告：没有路由器能学到去往 ${who} 的 Pod 的路由。请设为 false。`,
      },
      { severity: 'warning', related, fixes: [setTo(pool.disableBGPExport, 'disableBGPExport', false)] },
    );
  judgeNodes(pool, who, related, site, report);
}

function judgeEncapsulation(
  pool: IPPool,
  exact: boolean,
  who: string,
  related: readonly Related[],
  report: Report,
): void {
  for (const [name, mode] of [
    ['ipipMode', pool.ipipMode],
    ['vxlanMode', pool.vxlanMode],
  ] as const) {
    if (mode?.value !== 'Always' && mode?.value !== 'CrossSubnet') continue;
    const across = mode.value === 'CrossSubnet';
    report(
      mode.place,
      {
        en: `${name} ${mode.value} wraps packets of ${who}'s Pods in node addresses${across ? ' between subnets' : ''}, so the network outside does not route the Pods themselves. Fixed addresses need ${name} Never.`,
        'zh-cn': `${name} 为 ${mode.value} 时，${who} 的 Pod 报文${across ? '在跨子网时' : ''}会封装在节点地址之内，外部网络无法直接路由 Pod。固定地址需要将 ${name} 设为 Never。`,
      },
      {
        related,
        severity: exact ? 'error' : 'warning',
        fixes: [{ ...setTo(mode, name, 'Never'), kind: exact ? 'safe' : 'pick' }],
      },
    );
  }
}

/** BIRD's export filter does not ask for the nodeSelector, so this is a difference in intention only. */
function judgeNodes(pool: IPPool, who: string, related: readonly Related[], site: Site, report: Report): void {
  const text = pool.nodeSelector?.value;
  const tree = text === undefined ? undefined : parseSelector(text).tree;
  if (tree === undefined) return;
  const missed = site.all('calico/Node').filter((node) => {
    const labels = new Map([...node.labels].map(([key, { value }]) => [key, value]));
    return node.name?.value !== undefined && matches(tree, labels) === false;
  });
  if (missed.length === 0) return;
  const names = missed.slice(0, 3).map((node) => `\`${node.name!.value}\``);
  const some = missed.length > 3 ? `${names.join(', ')}, …` : names.join(', ');
  report(
    pool.nodeSelector!.place,
    {
      en: `This selector leaves out ${some}. It limits only what Calico itself allocates: Spiderpool gives addresses of ${who} on those nodes too, and BIRD announces them. Write \`all()\`.`,
      'zh-cn': `该选择器不包含 ${some}。它只限制 Calico 自身的分配：Spiderpool 在这些节点上同样会分配 ${who} 的地址，BIRD 也会通告。请写 \`all()\`。`,
    },
    {
      severity: 'hint',
      related,
      fixes: [
        {
          title: { en: 'Set nodeSelector to all()', 'zh-cn': '将 nodeSelector 设为 all()' },
          kind: 'pick',
          edits: () => setField(pool.doc, [...pool.path, 'spec', 'nodeSelector'], 'all()'),
        },
      ],
    },
  );
}

function setTo(field: Field<unknown>, name: string, value: string | boolean): Fix {
  return {
    title: { en: `Set ${name} to ${value}`, 'zh-cn': `将 ${name} 设为 ${value}` },
    kind: 'safe',
    edits: () => replaceScalar(field.place, value),
  };
}

function subnetOf({ resource }: Plan): Related {
  return {
    place: resource.subnet!.place,
    message: {
      en: `SpiderIPPool \`${nameOf(resource)}\` is ${resource.subnet!.value}.`,
      'zh-cn': `SpiderIPPool \`${nameOf(resource)}\` 为 ${resource.subnet!.value}。`,
    },
  };
}
