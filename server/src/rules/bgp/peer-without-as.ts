import { parseAddress, sameAddress } from '../../network/address.ts';
import { setField } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/peer-without-as',
  severity: 'error',
  docs: {
    summary: { en: 'A BGPPeer has a peerIP and no asNumber.', 'zh-cn': 'BGPPeer 有 peerIP 却没有 asNumber。' },
    why: {
      en: 'Calico renders the neighbour with AS 0. BIRD refuses such a configuration, and calico-node keeps its old one: not only this session fails, later changes do not arrive either.',
      'zh-cn':
        'Calico 会将该邻居渲染为 AS 0。BIRD 拒绝这样的配置，calico-node 只能沿用旧配置：不仅此会话失败，之后的更改也无法生效。',
    },
    source: 'projectcalico/calico confd: asNumber is printed as given, 0 when absent',
  },
  check({ site, report }) {
    for (const peer of site.all('calico/BGPPeer')) {
      if (peer.peerIP?.value === undefined || peer.asNumber !== undefined) continue;
      // A node's own address: the others' sessions to it take the AS of the cluster, and that is what is meant.
      if (isNodeAddress(site, peer.peerIP.value)) continue;
      const known = asNumberOf(site, peer.peerIP.value);
      report(
        peer.peerIP.place,
        {
          en: `${peer.peerIP.value} has no asNumber, so Calico renders AS 0 and the session never comes up. Set the AS number of that router${known === undefined ? '' : `: it is ${known}`}.`,
          'zh-cn': `${peer.peerIP.value} 没有 asNumber，Calico 会渲染为 AS 0，会话不会建立。请填写该路由器的 AS 号${known === undefined ? '' : `：${known}`}。`,
        },
        {
          fixes:
            known === undefined
              ? []
              : [
                  {
                    title: { en: `Set asNumber to ${known}`, 'zh-cn': `将 asNumber 设为 ${known}` },
                    kind: 'pick',
                    edits: () => setField(peer.doc, [...peer.path, 'spec', 'asNumber'], known),
                  },
                ],
        },
      );
    }
  },
});

function isNodeAddress(site: Site, peer: string): boolean {
  const address = parseAddress(peer);
  return (
    address !== undefined &&
    site.all('calico/Node').some((node) =>
      [node.ipv4Address, node.ipv6Address].some((field) => {
        const own = field?.value === undefined ? undefined : parseAddress(field.value.replace(/\/.*/, ''));
        return own !== undefined && sameAddress(own, address);
      }),
    )
  );
}

/** The AS number of the router or node that owns an address, where one is known. */
function asNumberOf(site: Site, peer: string): number | undefined {
  const address = parseAddress(peer.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1'));
  if (address === undefined) return undefined;
  for (const router of site.all('router/Config'))
    for (const { addresses } of router.interfaces)
      for (const { value } of addresses) {
        const own = value === undefined ? undefined : parseAddress(value.replace(/\/.*/, ''));
        if (own !== undefined && sameAddress(own, address)) return router.bgp[0]?.asn?.value;
      }
  return undefined;
}
