import { planOf } from '../../assembly/spiderpool.ts';
import { addressPart } from '../../assembly/spiderpool-range.ts';
import type { SpiderRanges } from '../../model/spiderpool/ip-pool.ts';
import { parseAddress } from '../../network/address.ts';
import { containsAddress, type Prefix } from '../../network/prefix.ts';
import { rangeOf, rangeWithin } from '../../network/range.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Related, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/outside-subnet',
  severity: 'error',
  docs: {
    summary: {
      en: 'A range or the gateway of a SpiderIPPool or SpiderSubnet lies outside its subnet.',
      'zh-cn': 'SpiderIPPool 或 SpiderSubnet 的地址范围或网关不在其子网内。',
    },
    why: {
      en: 'The webhook refuses the object. Such an address could not be answered either: neither ARP nor a route would find it in that network.',
      'zh-cn': 'Webhook 会拒绝该对象。即使放行，这样的地址在该网络中也无法通过 ARP 或路由到达。',
    },
    source: 'spidernet-io/spiderpool webhooks (spiderpool.md P10, P13, N11–N13)',
  },
  each: {
    'spiderpool/SpiderIPPool': (pool, { report }) => judge(pool, report),
    'spiderpool/SpiderSubnet': (subnet, { report }) => judge(subnet, report),
  },
});

function judge(resource: SpiderRanges, report: Report): void {
  const { network, ips, excludeIPs } = planOf(resource);
  if (network === undefined || resource.subnet?.value === undefined) return;
  const related = subnetHere(resource.subnet);
  for (const { field, read } of [...ips, ...excludeIPs]) {
    const range = read?.range;
    if (range === undefined || range.family !== network.family || rangeWithin(range, rangeOf(network))) continue;
    report(
      field.place,
      {
        en: `\`${field.value}\` is not inside the subnet ${resource.subnet.value}. The webhook refuses the object. Mend the range or the subnet.`,
        'zh-cn': `\`${field.value}\` 不在子网 ${resource.subnet.value} 内，Webhook 会拒绝该对象。请修正范围或子网。`,
      },
      { related },
    );
  }
  judgeGateway(resource.gateway, network, resource.subnet.value, related, report);
}

function judgeGateway(
  gateway: Field<string> | undefined,
  network: Prefix,
  subnet: string,
  related: readonly Related[],
  report: Report,
): void {
  if (gateway?.value === undefined) return;
  const address = parseAddress(gateway.value);
  if (address !== undefined && containsAddress(network, address)) return;
  const bare = addressPart(gateway.value);
  report(gateway.place, gatewayMessage(gateway.value, address === undefined, bare, network, subnet), {
    related,
    ...(bare !== undefined && {
      fixes: [
        {
          title: { en: `Write \`${bare}\``, 'zh-cn': `改为 \`${bare}\`` },
          kind: 'pick',
          edits: () => replaceScalar(gateway.place, bare),
        },
      ],
    }),
  });
}

function gatewayMessage(
  text: string,
  unreadable: boolean,
  bare: string | undefined,
  network: Prefix,
  subnet: string,
): Text {
  if (bare !== undefined)
    return {
      en: `The gateway is an address without a prefix length; the webhook refuses \`${text}\`. Write \`${bare}\`.`,
      'zh-cn': `网关是不带前缀长度的地址，Webhook 会拒绝 \`${text}\`。请写成 \`${bare}\`。`,
    };
  if (unreadable)
    return {
      en: `\`${text}\` is no IPv${network.family} address, so it cannot be the gateway of ${subnet}. The webhook refuses the object.`,
      'zh-cn': `\`${text}\` 不是 IPv${network.family} 地址，不能作为 ${subnet} 的网关，Webhook 会拒绝该对象。`,
    };
  return {
    en: `The gateway \`${text}\` is not inside the subnet ${subnet}: no Pod of this subnet could reach it. The webhook refuses the object.`,
    'zh-cn': `网关 \`${text}\` 不在子网 ${subnet} 内，该子网的 Pod 无法到达它，Webhook 会拒绝该对象。`,
  };
}

function subnetHere(subnet: Field<string>): readonly Related[] {
  return [
    {
      place: subnet.place,
      message: { en: `The subnet is ${subnet.value}.`, 'zh-cn': `子网为 ${subnet.value}。` },
    },
  ];
}
