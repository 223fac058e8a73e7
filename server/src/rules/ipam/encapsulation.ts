import type { IPPool } from '../../model/calico/ip-pool.ts';
import { parsePrefix } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'ipam/encapsulation',
  severity: 'error',
  docs: {
    summary: {
      en: 'A pool asks for IPIP and VXLAN at once, or for IPIP on IPv6.',
      'zh-cn': '地址池同时启用了 IPIP 与 VXLAN，或在 IPv6 上启用了 IPIP。',
    },
    why: {
      en: 'A packet leaves through one tunnel only, and IPIP carries IPv4 only. Calico refuses the pool, so its pods get no address.',
      'zh-cn': '报文只能经由一种隧道发出，且 IPIP 只承载 IPv4。Calico 会拒绝该地址池，其 Pod 得不到地址。',
    },
    source: 'calico.md I10, I11: IPPool validation',
  },
  each: {
    'calico/IPPool'(pool, { report }) {
      const ipip = pool.ipipMode;
      const vxlan = pool.vxlanMode;
      if (isOn(ipip) && isOn(vxlan)) {
        report(
          vxlan!.place,
          {
            en: `ipipMode is ${ipip!.value} and vxlanMode is ${vxlan!.value}: a pool has one encapsulation, and Calico refuses both. Set one of them to Never.`,
            'zh-cn': `ipipMode 为 ${ipip!.value}，vxlanMode 为 ${vxlan!.value}：地址池只能使用一种封装，Calico 会拒绝同时启用。请将其中之一设为 Never。`,
          },
          {
            related: [
              {
                place: ipip!.place,
                message: { en: `ipipMode is ${ipip!.value}.`, 'zh-cn': `ipipMode 为 ${ipip!.value}。` },
              },
            ],
            fixes: [never('vxlanMode', vxlan!), never('ipipMode', ipip!)],
          },
        );
        return;
      }
      if (!isOn(ipip) || !isIPv6(pool)) return;
      report(
        ipip!.place,
        {
          en: 'IPIP carries IPv4 only, and this pool is IPv6. Calico refuses it. Use vxlanMode, or Never for plain routing.',
          'zh-cn': 'IPIP 只承载 IPv4，而此地址池为 IPv6，Calico 会拒绝。请使用 vxlanMode，或设为 Never 以直接路由。',
        },
        { fixes: [never('ipipMode', ipip!)] },
      );
    },
  },
});

function isOn(mode: Field<string> | undefined): boolean {
  return mode?.value !== undefined && (mode.value === 'Always' || mode.value === 'CrossSubnet');
}

function isIPv6(pool: IPPool): boolean {
  return pool.cidr?.value !== undefined && parsePrefix(pool.cidr.value)?.family === 6;
}

function never(name: string, mode: Field<string>): Fix {
  return {
    title: { en: `Set ${name} to Never`, 'zh-cn': `将 ${name} 设为 Never` },
    kind: 'pick',
    edits: () => replaceScalar(mode.place, 'Never'),
  };
}
