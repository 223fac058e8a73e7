import { nameOf, SPIDER_POOLS, type SpiderPlan } from '../../assembly/spiderpool.ts';
import {
  CALICO_RANGES,
  type CalicoRange,
  coverOf,
  HAS_UNKNOWN_RANGE,
  LAN_ADDRESSES,
  POD_SUBNETS,
  SPEAKS_BGP,
} from '../../assembly/spiderpool-announcement.ts';
import { HAS_UNDERLAY } from '../../assembly/spiderpool-cni.ts';
import type { SpiderIPPool } from '../../model/spiderpool/ip-pool.ts';
import {
  containsAddress,
  containsPrefix,
  formatPrefix,
  type Prefix,
  prefixesOverlap,
  sameNetwork,
} from '../../network/prefix.ts';
import { rangeOf, rangeWithin } from '../../network/range.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Related, type Report } from '../rule.ts';
import { insertCalicoPool } from './calico-pool.ts';

type Plan = SpiderPlan<SpiderIPPool> & { readonly network: Prefix };

export default defineRule({
  id: 'spiderpool/not-advertised',
  severity: 'error',
  docs: {
    summary: {
      en: 'Calico announces the Pods of a SpiderIPPool to nobody, because no Calico IPPool covers its subnet.',
      'zh-cn': '没有 Calico IPPool 覆盖 SpiderIPPool 的子网，因此 Calico 不会向任何对端通告这些 Pod。',
    },
    why: {
      en: 'The export filter of Calico’s BIRD lets out only routes inside the CIDR of an IPPool. The Pods get addresses, sessions are up, and no router learns a way to them. A pool that is `disabled: true` counts: it is announced, and Calico allocates nothing from it.',
      'zh-cn':
        'Calico 的 BIRD 导出过滤器只放行位于某个 IPPool CIDR 内的路由。Pod 能获得地址，BGP 会话也正常，但没有路由器学到去往它们的路由。`disabled: true` 的 IPPool 同样有效：会被通告，但 Calico 不从中分配地址。',
    },
    source: 'projectcalico/calico confd bgp_processor.go; Spiderpool’s Calico guide (spiderpool.md S54, K5, K12–K14)',
  },
  yieldsTo: ['spiderpool/double-allocation'],
  check({ site, report }) {
    const said: Plan[] = [];
    for (const plan of announceable(site)) {
      if (said.some((other) => sameNetwork(other.network, plan.network))) continue;
      said.push(plan);
      judge(plan, site, report);
    }
  },
});

/** Pools whose Pods nothing but Calico could announce. */
function announceable(site: Site): readonly Plan[] {
  const pools = site.derive(SPIDER_POOLS);
  if (pools.length === 0 || !site.derive(SPEAKS_BGP) || site.derive(HAS_UNDERLAY)) return [];
  const lans = site.derive(LAN_ADDRESSES);
  return pools.filter((plan): plan is Plan => {
    const { network, resource } = plan;
    if (network === undefined || resource.disable?.value === true || resource.multusName.length > 0) return false;
    return !lans.some((address) => containsAddress(network, address));
  });
}

function judge(plan: Plan, site: Site, report: Report): void {
  const ranges = site.derive(CALICO_RANGES);
  const subnet = plan.resource.subnet!;
  const cover = coverOf(ranges, plan.network);
  if (cover !== undefined) {
    if (sameNetwork(cover.network, plan.network) || !isPlain(cover)) return;
    report(subnet.place, larger(subnet.value!, cover), { severity: 'hint', related: [cidrOf(cover)] });
    return;
  }
  if (site.derive(HAS_UNKNOWN_RANGE)) return;
  // Calico made its first pool from the pod range, and nobody wrote it down.
  if (ranges.length === 0 && site.derive(POD_SUBNETS).some((pods) => containsPrefix(pods, plan.network))) return;
  const parts = ranges.filter((range) => prefixesOverlap(range.network, plan.network));
  const used = plan.total;
  const covered =
    used !== undefined &&
    used.length > 0 &&
    used.every((one) => parts.some((part) => rangeWithin(one, rangeOf(part.network))));
  // A gateway is what an underlay CNI asks of a pool; Calico has no use for one.
  const certain = plan.resource.gateway === undefined;
  report(subnet.place, covered ? coveredSoFar(subnet.value!) : messageOf(plan, parts[0], certain), {
    severity: certain && !covered ? 'error' : 'hint',
    related: [...parts.map(cidrOf), ...evidence(site)],
    fixes: parts.length > 0 ? [] : insertCalicoPool(site, plan),
  });
}

function messageOf(plan: Plan, part: CalicoRange | undefined, certain: boolean): Text {
  const message = part === undefined ? uncovered(plan) : partly(plan.resource.subnet!.value!, part);
  if (certain) return message;
  return {
    en: `If it is Calico that attaches these Pods: ${message.en}`,
    'zh-cn': `如果这些 Pod 由 Calico 接入：${message['zh-cn']}`,
  };
}

function coveredSoFar(subnet: string): Text {
  return {
    en: `Calico's IPPools hold every range of this pool, but not the whole subnet ${subnet}: an address that is added outside them will be announced to nobody.`,
    'zh-cn': `Calico IPPool 覆盖了此地址池的所有范围，但未覆盖整个子网 ${subnet}：以后若添加其外的地址，将不会被通告。`,
  };
}

function isPlain({ pool, installed }: CalicoRange): boolean {
  if (pool !== undefined) return off(pool.ipipMode?.value) && off(pool.vxlanMode?.value);
  return installed !== undefined && installed.pool.encapsulation?.value === 'None';
}

function off(mode: string | undefined): boolean {
  return mode === undefined || mode === 'Never' || mode === '';
}

function uncovered(plan: Plan): Text {
  const cidr = formatPrefix(plan.network);
  return {
    en: `No Calico IPPool covers ${cidr}, and BIRD exports only what a pool covers: every route to the Pods of \`${nameOf(plan.resource)}\` stays inside its node. Add an IPPool with cidr ${cidr}, ipipMode and vxlanMode Never; with \`disabled: true\` Calico allocates nothing from it.`,
    'zh-cn': `没有 Calico IPPool 覆盖 ${cidr}，而 BIRD 只导出 IPPool 覆盖的路由：\`${nameOf(plan.resource)}\` 的 Pod 路由不会离开所在节点。请添加 cidr 为 ${cidr}、ipipMode 与 vxlanMode 均为 Never 的 IPPool；加上 \`disabled: true\` 后 Calico 不会从中分配地址。`,
  };
}

function partly(subnet: string, range: CalicoRange): Text {
  return {
    en: `Calico's IPPool \`${range.name}\` (${range.cidr.value}) covers only a part of ${subnet}; BIRD drops the routes to all other Pods. Calico allows no second pool that overlaps it: make this one as large as the subnet, or the subnet as small as the pool.`,
    'zh-cn': `Calico IPPool \`${range.name}\`（${range.cidr.value}）只覆盖 ${subnet} 的一部分，BIRD 会丢弃其余 Pod 的路由。Calico 不允许再建与之重叠的地址池：请扩大该地址池至整个子网，或缩小子网。`,
  };
}

function larger(subnet: string, range: CalicoRange): Text {
  return {
    en: `${subnet} is announced only because Calico's larger IPPool \`${range.name}\` (${range.cidr.value}) holds it. That works; Spiderpool's guide asks for a pool of the same CIDR, so that Calico allocates nothing from it.`,
    'zh-cn': `${subnet} 能被通告，只是因为 Calico 更大的 IPPool \`${range.name}\`（${range.cidr.value}）包含它。这样可以工作；Spiderpool 的指南要求使用相同 CIDR 的地址池，以免 Calico 从中分配地址。`,
  };
}

function cidrOf(range: CalicoRange): Related {
  return {
    place: range.cidr.place,
    message: {
      en: `Calico's pool \`${range.name}\` is ${range.cidr.value}.`,
      'zh-cn': `Calico 地址池 \`${range.name}\` 为 ${range.cidr.value}。`,
    },
  };
}

/** What shows that Calico speaks BGP here. */
function evidence(site: Site): readonly Related[] {
  const peer = site.all('calico/BGPPeer')[0] ?? site.all('calico/BGPConfiguration')[0];
  if (peer?.name === undefined) return [];
  return [
    {
      place: peer.name.place,
      message: { en: 'Calico speaks BGP in this network.', 'zh-cn': '该网络中的 Calico 使用 BGP。' },
    },
  ];
}
