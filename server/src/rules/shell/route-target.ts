import { ADDRESS_PLAN } from '../../assembly/address-plan.ts';
import { NODE_ADDRESSES, SCRIPT_ROUTES } from '../../assembly/shell.ts';
import { sameAddress } from '../../network/address.ts';
import { nearest } from '../../network/near.ts';
import { rangeOf } from '../../network/range.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'shell/route-target',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A static route through a node to a network that the cluster does not have.',
      'zh-cn': '经由节点的静态路由指向集群中不存在的网络。',
    },
    why: {
      en: 'The node gets packets for addresses that neither Calico nor kube-proxy knows and sends them on by its default route, often back to where they came from.',
      'zh-cn': '节点会收到 Calico 和 kube-proxy 都不认识的目的地址，并按默认路由转发，往往又回到来处。',
    },
    source: 'Linux forwarding; Calico IPPool and Service ranges',
  },
  check({ site, report }) {
    const routes = site.derive(SCRIPT_ROUTES);
    if (routes.length === 0) return;
    const plan = site.derive(ADDRESS_PLAN);
    const nodes = site.derive(NODE_ADDRESSES);
    for (const { line, destination, hops } of routes) {
      if (line.action !== 'add' || destination === undefined || destination.length === 0) continue;
      if (!hops.some(({ address }) => nodes.some((node) => sameAddress(node, address)))) continue;
      const range = rangeOf(destination);
      const ofFamily = plan.filter((one) => one.range.family === range.family);
      // Without both ranges of the cluster, this may be the one that is not known.
      if (!(['pods', 'services'] as const).every((use) => ofFamily.some((one) => one.use === use))) continue;
      if (ofFamily.some((one) => one.range.first <= range.last && range.first <= one.range.last)) continue;
      const written = line.destination.value ?? '';
      const meant = nearest(
        written,
        ofFamily.filter(({ use }) => use === 'pods' || use === 'services').map(({ text }) => text),
        2,
      );
      report(
        line.destination.place,
        {
          en: `${written} is no pool, Service range or other known network, so the node has nowhere to send these packets.${meant === undefined ? ' Correct the range, or name it in `selvage.yaml`.' : ` Did you mean ${meant}?`}`,
          'zh-cn': `${written} 不是地址池、Service 网段或其他已知网络，节点无处转发这些报文。${meant === undefined ? '请更正网段，或在 `selvage.yaml` 中命名它。' : `是否应为 ${meant}？`}`,
        },
        {
          fixes:
            meant === undefined
              ? []
              : [
                  {
                    title: { en: `Change to ${meant}`, 'zh-cn': `改为 ${meant}` },
                    kind: 'pick',
                    edits: () => [
                      { doc: line.destination.place.doc, span: line.destination.place.span ?? [0, 0], text: meant },
                    ],
                  },
                ],
        },
      );
    }
  },
});
