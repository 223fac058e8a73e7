import { failuresOf, targetPlace } from '../../assembly/bgp-failures.ts';
import { HOSTS } from '../../assembly/hosts.ts';
import { parseAddress, sameAddress } from '../../network/address.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'bgp/own-address',
  severity: 'error',
  docs: {
    summary: { en: 'A router is told to peer with its own address.', 'zh-cn': '路由器被配置为与自己的地址建立会话。' },
    why: {
      en: 'The address was copied from the other side. FRR refuses the neighbour, VyOS the commit, and Calico leaves the session out without a word.',
      'zh-cn': '地址多半是从对端配置中复制来的。FRR 会拒绝该邻居，VyOS 会拒绝提交，Calico 则会默默忽略该会话。',
    },
    source: 'users.md M42; FRR bgpd, projectcalico/calico confd (own address skipped)',
  },
  check({ site, report }) {
    for (const { origin, sessions } of failuresOf(site, 'own-address')) {
      const { router, peerAddress } = sessions[0]!;
      report(targetPlace(origin), {
        en: `${peerAddress} is ${router.name}’s own address: it would peer with itself, and the neighbour is refused. Use the address of the other side.`,
        'zh-cn': `${peerAddress} 是 ${router.name} 自己的地址：等于与自己建立会话，该邻居会被拒绝。请使用对端的地址。`,
      });
    }
    peersWithItself(site, report);
  },
});

/** A BGPPeer of one node. One of all nodes may name a node's address: that one is left out on purpose. */
function peersWithItself(site: Site, report: Report): void {
  const hosts = site.derive(HOSTS);
  for (const { node, peerIP } of site.all('calico/BGPPeer')) {
    const address = peerIP?.value === undefined ? undefined : parseAddress(peerIP.value);
    const host = node?.value === undefined ? undefined : hosts.ofNode(node.value);
    if (address === undefined || host === undefined) continue;
    const owns = host.calicoNodes.some(({ ipv4Address, ipv6Address }) =>
      [ipv4Address, ipv6Address].some((field) => {
        const own = field?.value === undefined ? undefined : parseAddress(field.value.replace(/\/.*/, ''));
        return own !== undefined && sameAddress(own, address);
      }),
    );
    if (!owns) continue;
    report(peerIP!.place, {
      en: `${peerIP!.value} is the address of \`${host.name}\` itself, the only node that this BGPPeer is for. Calico leaves the session out. Use the address of the other side.`,
      'zh-cn': `${peerIP!.value} 就是此 BGPPeer 唯一针对的节点 \`${host.name}\` 自己的地址，Calico 会忽略该会话。请使用对端的地址。`,
    });
  }
}
