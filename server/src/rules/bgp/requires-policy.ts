import { platformOf } from '../../assembly/platform.ts';
import { familyActive, requiresPolicy } from '../../model/router/defaults.ts';
import { effectiveNeighbor, sessionType } from '../../model/router/effective.ts';
import {
  type BgpInstance,
  type BgpNeighbor,
  type Family,
  insertionText,
  type NeighborFamily,
  type RouterConfig,
} from '../../model/router/router.ts';
import type { Edit } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/requires-policy',
  severity: 'error',
  docs: {
    summary: {
      en: 'An FRR router has eBGP neighbours without a policy while `ebgp-requires-policy` is in force.',
      'zh-cn': 'FRR 路由器在 `ebgp-requires-policy` 生效时，其 eBGP 邻居没有配置策略。',
    },
    why: {
      en: 'FRR follows RFC 8212: the session comes up and is Established, but no route is accepted and none is sent; `show bgp summary` prints `(Policy)`. VyOS, iBGP and `frr defaults datacenter` are not affected.',
      'zh-cn':
        'FRR 遵循 RFC 8212：会话可以建立（Established），但既不接收也不发送任何路由，`show bgp summary` 显示 `(Policy)`。VyOS、iBGP 以及 `frr defaults datacenter` 不受影响。',
    },
    source: 'FRR bgpd/bgp_vty.c; observed on FRR 8.4 and 10.3 (lab A2, A6, A9)',
  },
  check({ site, report }) {
    for (const router of site.all('router/Config')) {
      for (const bgp of router.bgp) {
        const answer = requiresPolicy(router, bgp, platformOf(site, router));
        if (answer === 'no' || (answer === 'unknown' && router.partial && bgp.neighbors.length === 0)) continue;
        const lacking = bgp.neighbors.flatMap((neighbor) => missingPolicy(router, bgp, neighbor) ?? []);
        const [first, ...others] = lacking;
        if (first === undefined) continue;
        const peers = lacking.map(({ neighbor }) => neighbor.peer.value).join(', ');
        report(
          first.neighbor.peer.place,
          {
            en: `This eBGP session comes up and carries no route: FRR wants a policy in both directions (${first.directions} is missing for ${peers}). Add \`no bgp ebgp-requires-policy\`, or route-maps that say what may pass.`,
            'zh-cn': `此 eBGP 会话会建立，但不承载任何路由：FRR 要求两个方向都有策略（${peers} 缺少 ${first.directions}）。请添加 \`no bgp ebgp-requires-policy\`，或用 route-map 指明允许通过的路由。`,
          },
          {
            ...(answer === 'unknown' && { severity: 'warning' as const }),
            related: others.map(({ neighbor }) => ({
              place: neighbor.peer.place,
              message: {
                en: `${neighbor.peer.value} has no policy either.`,
                'zh-cn': `${neighbor.peer.value} 同样没有策略。`,
              },
            })),
            fixes: fixesFor(site, router, bgp, lacking),
          },
        );
      }
    }
  },
});

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

interface Lacking {
  readonly neighbor: BgpNeighbor;
  readonly directions: string;
  readonly in: boolean;
  readonly out: boolean;
}

function missingPolicy(router: RouterConfig, bgp: BgpInstance, neighbor: BgpNeighbor): Lacking | undefined {
  const effective = effectiveNeighbor(bgp, neighbor);
  if (sessionType(bgp, neighbor) !== 'ebgp' || effective.shutdown?.value === true || neighbor.peer.value === undefined)
    return undefined;
  // A group that stands elsewhere may bring the policy.
  if (
    neighbor.peerGroup !== undefined &&
    !bgp.peerGroups.some((group) => group.peer.value === neighbor.peerGroup?.value)
  )
    return undefined;
  // A session for EVPN alone has its policy in a family that is not read here.
  if (FAMILIES.every((family) => familyActive(router, bgp, neighbor, family) === 'no')) return undefined;
  const families = Object.values(effective.families);
  const lacksIn = !families.some(hasIn);
  const lacksOut = !families.some(hasOut);
  if (!lacksIn && !lacksOut) return undefined;
  const directions = lacksIn && lacksOut ? 'in, out' : lacksIn ? 'in' : 'out';
  return { neighbor, directions, in: lacksIn, out: lacksOut };
}

function hasIn(family: NeighborFamily): boolean {
  return (family.routeMapIn ?? family.prefixListIn ?? family.distributeListIn ?? family.filterListIn) !== undefined;
}

function hasOut(family: NeighborFamily): boolean {
  return (family.routeMapOut ?? family.prefixListOut ?? family.distributeListOut ?? family.filterListOut) !== undefined;
}

function fixesFor(site: Site, router: RouterConfig, bgp: BgpInstance, lacking: readonly Lacking[]): readonly Fix[] {
  if (bgp.insertion === undefined || router.software !== 'frr') return [];
  const { insertion } = bgp;
  const off: Fix = {
    title: { en: 'Add `no bgp ebgp-requires-policy`', 'zh-cn': '添加 `no bgp ebgp-requires-policy`' },
    kind: 'pick',
    edits: () => [
      {
        doc: router.doc,
        span: insertion.place.span ?? [0, 0],
        text: insertionText(insertion, ['no bgp ebgp-requires-policy']),
      },
    ],
  };
  const pools = site.all('calico/IPPool').flatMap((pool) => (pool.cidr?.value?.includes('.') ? [pool.cidr.value] : []));
  if (pools.length === 0 || router.partial) return [off];
  const scaffold: Fix = {
    title: {
      en: `Accept and announce only ${pools.join(', ')} by route-maps`,
      'zh-cn': `通过 route-map 只接收和通告 ${pools.join('、')}`,
    },
    kind: 'pick',
    edits: () => routeMaps(router, bgp, lacking, pools),
  };
  return [off, scaffold];
}

/** A prefix-list of the pools, a route-map that permits it, and the neighbours' lines. */
function routeMaps(
  router: RouterConfig,
  bgp: BgpInstance,
  lacking: readonly Lacking[],
  pools: readonly string[],
): readonly Edit[] {
  const target = bgp.families.ipv4?.end ?? bgp.insertion;
  if (target === undefined) return [];
  const lines = lacking.flatMap(({ neighbor, ...missing }) => [
    ...(missing.in ? [`neighbor ${neighbor.peer.value} route-map PODS in`] : []),
    ...(missing.out ? [`neighbor ${neighbor.peer.value} route-map PODS out`] : []),
  ]);
  const { newline } = target;
  const definitions = [
    ...pools.map((pool, index) => `ip prefix-list PODS seq ${(index + 1) * 5} permit ${pool} le 32`),
    'route-map PODS permit 10',
    ' match ip address prefix-list PODS',
    'exit',
  ];
  const end = router.doc.text.trimEnd().length;
  return [
    { doc: router.doc, span: target.place.span ?? [0, 0], text: insertionText(target, lines) },
    { doc: router.doc, span: [end, end], text: definitions.map((line) => newline + line).join('') },
  ];
}
