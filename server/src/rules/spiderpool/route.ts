import { planOf } from '../../assembly/spiderpool.ts';
import type { SpiderRanges } from '../../model/spiderpool/ip-pool.ts';
import type { SpiderRoute } from '../../model/spiderpool/route.ts';
import { type Family, parseAddress } from '../../network/address.ts';
import { containsAddress, type Prefix, parsePrefix } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/route',
  severity: 'error',
  docs: {
    summary: {
      en: 'A route of a SpiderIPPool or SpiderSubnet is a default route, stands twice, or has a next hop that is not in the subnet.',
      'zh-cn': 'SpiderIPPool 或 SpiderSubnet 的路由是默认路由、重复，或下一跳不在子网内。',
    },
    why: {
      en: 'Spiderpool writes these routes into the Pod. It refuses those that the Pod’s kernel could not use, and takes the default route from `gateway` only.',
      'zh-cn': 'Spiderpool 会把这些路由写入 Pod。内核无法使用的路由会被拒绝，默认路由只取自 `gateway`。',
    },
    source: 'spidernet-io/spiderpool webhooks (spiderpool.md P15–P18, N15–N18)',
  },
  each: {
    'spiderpool/SpiderIPPool': (pool, { report }) => judge(pool, report),
    'spiderpool/SpiderSubnet': (subnet, { report }) => judge(subnet, report),
  },
});

function judge(resource: SpiderRanges, report: Report): void {
  const { network, family } = planOf(resource);
  const seen = new Map<string, Field<string>>();
  for (const route of resource.routes) {
    judgeTarget(route, family, report);
    const { dst } = route;
    const earlier = dst?.value === undefined ? undefined : seen.get(dst.value);
    if (dst?.value !== undefined && earlier === undefined) seen.set(dst.value, dst);
    else if (dst !== undefined && earlier !== undefined)
      report(
        dst.place,
        {
          en: `A route to ${dst.value} stands in this list already; the webhook refuses the second. Remove one.`,
          'zh-cn': `列表中已有到 ${dst.value} 的路由，Webhook 会拒绝重复项。请删除其一。`,
        },
        { related: [{ place: earlier.place, message: { en: 'The first one.', 'zh-cn': '第一处。' } }] },
      );
    judgeGateway(route, network, resource, report);
  }
}

function judgeTarget({ dst }: SpiderRoute, family: Family | undefined, report: Report): void {
  if (dst?.value === undefined) return;
  const prefix = parsePrefix(dst.value);
  if (prefix === undefined || (family !== undefined && prefix.family !== family)) {
    const wanted = family === undefined ? '' : `IPv${family} `;
    report(
      dst.place,
      {
        en: `\`${dst.value}\` is no ${wanted}CIDR, and the webhook refuses the object. A single host is written with its length, such as \`10.0.0.1/32\`.`,
        'zh-cn': `\`${dst.value}\` 不是 ${wanted}CIDR，Webhook 会拒绝该对象。单个主机也要写明长度，例如 \`10.0.0.1/32\`。`,
      },
      { fixes: withLength(dst, family) },
    );
  } else if (prefix.length === 0 && prefix.address === 0n)
    report(dst.place, {
      en: `The default route is not a route of this list: the webhook refuses \`${dst.value}\`. Put its next hop into \`gateway\`.`,
      'zh-cn': `默认路由不能写在此列表中，Webhook 会拒绝 \`${dst.value}\`。请把下一跳写入 \`gateway\`。`,
    });
}

function withLength(dst: Field<string>, family: Family | undefined): readonly Fix[] {
  const host = parseAddress(dst.value!);
  if (host === undefined || (family !== undefined && host.family !== family)) return [];
  const text = `${dst.value}/${host.family === 4 ? 32 : 128}`;
  return [
    {
      title: { en: `Write \`${text}\``, 'zh-cn': `改为 \`${text}\`` },
      kind: 'pick',
      edits: () => replaceScalar(dst.place, text),
    },
  ];
}

function judgeGateway(
  { gw }: SpiderRoute,
  network: Prefix | undefined,
  { subnet }: SpiderRanges,
  report: Report,
): void {
  if (gw?.value === undefined || network === undefined || subnet?.value === undefined) return;
  const address = parseAddress(gw.value);
  if (address !== undefined && containsAddress(network, address)) return;
  report(
    gw.place,
    {
      en: `The next hop \`${gw.value}\` is no address in the subnet ${subnet.value}, so a Pod of this pool cannot reach it. The webhook refuses the object.`,
      'zh-cn': `下一跳 \`${gw.value}\` 不是子网 ${subnet.value} 内的地址，此地址池的 Pod 无法到达它，Webhook 会拒绝该对象。`,
    },
    {
      related: [
        { place: subnet.place, message: { en: `The subnet is ${subnet.value}.`, 'zh-cn': `子网为 ${subnet.value}。` } },
      ],
    },
  );
}
