import type { Resource } from '../../model/resource.ts';
import type { SpiderRanges } from '../../model/spiderpool/ip-pool.ts';
import { formatPrefix, hasHostBits, type Prefix, parsePrefix } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import { removeField, replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'spiderpool/subnet',
  severity: 'error',
  docs: {
    summary: {
      en: 'The subnet of a SpiderIPPool or SpiderSubnet is no CIDR, of the other family, or not in its canonical form.',
      'zh-cn': 'SpiderIPPool 或 SpiderSubnet 的子网不是 CIDR、地址族不符，或不是规范写法。',
    },
    why: {
      en: 'The webhook compares the text with the network’s canonical text: also `FD00::/64` and `fd00:0::/64` are refused, and no Pod gets an address.',
      'zh-cn': 'Webhook 会把文本与网络的规范写法逐字比较：`FD00::/64` 与 `fd00:0::/64` 同样会被拒绝，Pod 得不到地址。',
    },
    source: 'spidernet-io/spiderpool webhooks (spiderpool.md P5, P6, N5, N6)',
  },
  yieldsTo: ['ipam/host-bits'],
  each: {
    'spiderpool/SpiderIPPool': (pool, { report }) => judge(pool, report),
    'spiderpool/SpiderSubnet': (subnet, { report }) => judge(subnet, report),
  },
});

function judge(resource: SpiderRanges & Resource, report: Report): void {
  const { subnet } = resource;
  if (subnet?.value === undefined) return;
  const prefix = parsePrefix(subnet.value);
  if (prefix === undefined) {
    report(subnet.place, {
      en: `\`${subnet.value}\` is no CIDR such as \`10.6.0.0/16\`. The webhook refuses the object and no Pod gets an address from it.`,
      'zh-cn': `\`${subnet.value}\` 不是 CIDR（例如 \`10.6.0.0/16\`）。Webhook 会拒绝该对象，Pod 无法从中获得地址。`,
    });
    return;
  }
  judgeForm(subnet, prefix, report);
  judgeFamily(resource, prefix, report);
}

function judgeForm(subnet: Field<string>, prefix: Prefix, report: Report): void {
  const canonical = formatPrefix(prefix);
  if (canonical === subnet.value || hasHostBits(prefix)) return;
  report(
    subnet.place,
    {
      en: `Spiderpool takes a subnet in its canonical form only and refuses \`${subnet.value}\`. Write \`${canonical}\`.`,
      'zh-cn': `Spiderpool 只接受规范写法的子网，会拒绝 \`${subnet.value}\`。请写成 \`${canonical}\`。`,
    },
    {
      fixes: [
        {
          title: { en: `Write \`${canonical}\``, 'zh-cn': `改为 \`${canonical}\`` },
          kind: 'safe',
          edits: () => replaceScalar(subnet.place, canonical),
        },
      ],
    },
  );
}

function judgeFamily(resource: SpiderRanges & Resource, prefix: Prefix, report: Report): void {
  const version = resource.ipVersion;
  if (version?.value === undefined || version.value === prefix.family) return;
  if (version.value !== 4 && version.value !== 6) return;
  report(
    version.place,
    {
      en: `ipVersion is ${version.value}, and the subnet ${resource.subnet!.value} is IPv${prefix.family}. The webhook refuses the object. Leave ipVersion out: it is taken from the subnet.`,
      'zh-cn': `ipVersion 为 ${version.value}，而子网 ${resource.subnet!.value} 是 IPv${prefix.family}，Webhook 会拒绝该对象。可省略 ipVersion，它会由子网推导。`,
    },
    {
      related: [
        {
          place: resource.subnet!.place,
          message: { en: `The subnet is IPv${prefix.family}.`, 'zh-cn': `子网为 IPv${prefix.family}。` },
        },
      ],
      fixes: [
        {
          title: { en: 'Remove ipVersion', 'zh-cn': '删除 ipVersion' },
          kind: 'safe',
          edits: () => removeField(resource.doc, [...resource.path, 'spec', 'ipVersion']),
        },
      ],
    },
  );
}
