import type { CoordinatorSettings } from '../../model/spiderpool/coordinator.ts';
import type { SpiderRoute } from '../../model/spiderpool/route.ts';
import { parseAddress } from '../../network/address.ts';
import { parsePrefixOrAddress } from '../../network/prefix.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/coordinator',
  severity: 'error',
  docs: {
    summary: {
      en: 'A setting of the coordinator is not what its webhook takes.',
      'zh-cn': 'coordinator 的某项设置不被其 Webhook 接受。',
    },
    why: {
      en: 'The coordinator writes routes, rules and MAC addresses into every Pod of a second network. What it cannot read is refused as a whole, and the old settings stay in force.',
      'zh-cn':
        'coordinator 为第二网络的每个 Pod 写入路由、规则与 MAC 地址。无法识别的设置会被整体拒绝，旧设置继续生效。',
    },
    source: 'spidernet-io/spiderpool coordinator_validate.go (spiderpool.md C1–C13, X24)',
  },
  yieldsTo: ['schema/constraint', 'schema/enum', 'schema/type', 'schema/required'],
  each: {
    'spiderpool/SpiderCoordinator': (coordinator, { report }) => judge(coordinator.settings, report),
    'spiderpool/SpiderMultusConfig'(config, { report }) {
      if (config.coordinator !== undefined) judge(config.coordinator, report);
    },
  },
});

function judge(settings: CoordinatorSettings, report: Report): void {
  for (const { value, place } of settings.hijackCIDR)
    if (value !== undefined && parsePrefixOrAddress(value) === undefined) report(place, neither(value));
  for (const route of settings.policyRoutes) judgeRoute(route, report);
  judgePrefix(settings, report);
  judgeNumbers(settings, report);
  const link = settings.vethLinkAddress;
  if (link?.value === undefined || link.value === '' || parseAddress(link.value) !== undefined) return;
  const bare = link.value.split('/')[0]!;
  report(
    link.place,
    {
      en: `vethLinkAddress is one address without a prefix length; \`${link.value}\` is refused.`,
      'zh-cn': `vethLinkAddress 应为不带前缀长度的单个地址；\`${link.value}\` 会被拒绝。`,
    },
    parseAddress(bare) === undefined
      ? {}
      : {
          fixes: [
            {
              title: { en: `Write \`${bare}\``, 'zh-cn': `改为 \`${bare}\`` },
              kind: 'pick',
              edits: () => replaceScalar(link.place, bare),
            },
          ],
        },
  );
}

function neither(text: string): Text {
  return {
    en: `\`${text}\` is neither an address nor a CIDR. The webhook refuses the object.`,
    'zh-cn': `\`${text}\` 既不是地址也不是 CIDR，Webhook 会拒绝该对象。`,
  };
}

function judgeRoute({ dst, gw }: SpiderRoute, report: Report): void {
  const target = dst?.value === undefined ? undefined : parsePrefixOrAddress(dst.value);
  const gateway = gw?.value === undefined ? undefined : parseAddress(gw.value);
  if (dst?.value !== undefined && target === undefined) report(dst.place, neither(dst.value));
  if (gw?.value !== undefined && gateway === undefined)
    report(gw.place, {
      en: `The next hop \`${gw.value}\` is no address. The webhook refuses the object.`,
      'zh-cn': `下一跳 \`${gw.value}\` 不是地址，Webhook 会拒绝该对象。`,
    });
  else if (target !== undefined && gateway !== undefined && target.family !== gateway.family)
    report(gw!.place, {
      en: `\`${dst!.value}\` is IPv${target.family} and its next hop \`${gw!.value}\` is IPv${gateway.family}: no packet can go that way. The webhook refuses the object.`,
      'zh-cn': `\`${dst!.value}\` 为 IPv${target.family}，而下一跳 \`${gw!.value}\` 为 IPv${gateway.family}，报文无法这样转发，Webhook 会拒绝该对象。`,
    });
}

function judgePrefix({ podMACPrefix }: CoordinatorSettings, report: Report): void {
  const text = podMACPrefix?.value;
  if (podMACPrefix === undefined || text === undefined || text === '') return;
  if (!/^[0-9a-f]{2}:[0-9a-f]{2}$/i.test(text)) {
    report(podMACPrefix.place, {
      en: `podMACPrefix is the first two bytes of a MAC address, such as \`0a:1b\`; \`${text}\` is refused.`,
      'zh-cn': `podMACPrefix 是 MAC 地址的前两个字节，例如 \`0a:1b\`；\`${text}\` 会被拒绝。`,
    });
    return;
  }
  if (Number.parseInt(text.slice(0, 2), 16) % 2 === 0) return;
  report(podMACPrefix.place, {
    en: `A MAC address that begins with \`${text}\` is a multicast address: the lowest bit of the first byte is set. Switches would flood it, and the webhook refuses it. Take an even first byte.`,
    'zh-cn': `以 \`${text}\` 开头的 MAC 是组播地址：首字节最低位为 1。交换机会泛洪，Webhook 也会拒绝。请使用偶数首字节。`,
  });
}

function judgeNumbers({ podRPFilter, txQueueLen, vethMTU }: CoordinatorSettings, report: Report): void {
  if (podRPFilter?.value !== undefined && podRPFilter.value > 2)
    report(podRPFilter.place, {
      en: `rp_filter is 0, 1 or 2; a negative number leaves it alone. ${podRPFilter.value} is refused.`,
      'zh-cn': `rp_filter 只能为 0、1 或 2；负数表示不修改。${podRPFilter.value} 会被拒绝。`,
    });
  if (txQueueLen?.value !== undefined && txQueueLen.value < 0)
    report(txQueueLen.place, {
      en: 'txQueueLen cannot be negative. The webhook refuses the object.',
      'zh-cn': 'txQueueLen 不能为负数，Webhook 会拒绝该对象。',
    });
  if (vethMTU?.value !== undefined && vethMTU.value <= 0)
    report(vethMTU.place, {
      en: 'vethMTU must be more than 0. The webhook refuses the object.',
      'zh-cn': 'vethMTU 必须大于 0，Webhook 会拒绝该对象。',
    });
}
