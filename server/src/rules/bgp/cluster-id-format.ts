import { parseAddress } from '../../network/address.ts';
import type { Field } from '../../syntax/document.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'bgp/cluster-id-format',
  severity: 'error',
  docs: {
    summary: {
      en: 'A routeReflectorClusterID is not written like an IPv4 address.',
      'zh-cn': 'routeReflectorClusterID 不是 IPv4 地址的形式。',
    },
    why: {
      en: 'Calico prints it as it is into BIRD’s configuration. BIRD refuses what is no IPv4-form id, and calico-node then keeps its old configuration: this change and all later ones never take effect.',
      'zh-cn':
        'Calico 会将其原样写入 BIRD 配置。BIRD 会拒绝不是 IPv4 形式的 id，calico-node 只能沿用旧配置：此更改及之后的更改都不会生效。',
    },
    source: 'spiderpool.md S7; projectcalico/calico confd templates (`rr cluster id`)',
  },
  each: {
    'calico/Node'(node, { report }) {
      checkId(node.routeReflectorClusterID, report);
    },
    'kubernetes/Node'(node, { report }) {
      checkId(node.annotations.get('projectcalico.org/RouteReflectorClusterID'), report);
    },
  },
});

function checkId(id: Field<string> | undefined, report: Report): void {
  if (id?.value === undefined || id.value === '' || parseAddress(id.value)?.family === 4) return;
  report(id.place, {
    en: `\`${id.value}\` is no cluster id: it is four numbers such as \`244.0.0.1\`. BIRD refuses the configuration, and calico-node goes on with the old one. Use an IPv4-form id that no machine has as its address.`,
    'zh-cn': `\`${id.value}\` 不是 cluster id：应为四段数字，例如 \`244.0.0.1\`。BIRD 会拒绝该配置，calico-node 继续使用旧配置。请使用未被任何机器用作地址的 IPv4 形式 id。`,
  });
}
