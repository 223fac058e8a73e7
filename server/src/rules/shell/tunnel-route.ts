import { defineRule } from '../rule.ts';
import { insertAfterWord } from './words.ts';

export default defineRule({
  id: 'shell/tunnel-route',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A route through a tunnel device without `onlink`.',
      'zh-cn': '经隧道设备的路由缺少 `onlink`。',
    },
    why: {
      en: 'Calico’s tunnel devices carry a /32: no next hop is in a connected network of theirs, so the kernel refuses the route as unreachable. `onlink` tells it not to look.',
      'zh-cn':
        'Calico 的隧道设备使用 /32 地址：任何下一跳都不在其直连网络中，内核会以不可达为由拒绝该路由。`onlink` 告诉内核不必检查。',
    },
    source: 'iproute2 ip-route(8) onlink; Calico’s own routes carry it',
  },
  each: {
    'shell/Script'(script, { report }) {
      for (const route of script.routes) {
        if (route.action !== 'add' || route.form !== 'ip' || route.onlink || route.via.length !== 1) continue;
        const device = route.device;
        if (device?.value === undefined || !/^(tunl0|vxlan\.calico|vxlan-v6\.calico)$/.test(device.value)) continue;
        report(
          device.place,
          {
            en: `\`${device.value}\` has a /32 and no connected network, so the kernel refuses ${route.via[0]?.value ?? 'this'} as a next hop. Add \`onlink\`.`,
            'zh-cn': `\`${device.value}\` 使用 /32 地址，没有直连网络，内核会拒绝下一跳 ${route.via[0]?.value ?? ''}。请添加 \`onlink\`。`,
          },
          {
            fixes: [
              {
                title: { en: 'Add `onlink`', 'zh-cn': '添加 `onlink`' },
                kind: 'safe',
                edits: () => insertAfterWord(device.place, 'onlink'),
              },
            ],
          },
        );
      }
    },
  },
});
