import { BGP } from '../../assembly/bgp.ts';
import { meshOf, meshPlace } from '../../assembly/bgp-mesh.ts';
import { neighbourOrigin } from '../../assembly/bgp-origins.ts';
import { listed } from '../../assembly/bgp-reflectors.ts';
import type { BGPPeer } from '../../model/calico/bgp-peer.ts';
import type { Place } from '../../syntax/document.ts';
import { defineRule } from '../rule.ts';

interface Twice {
  readonly dropped: BGPPeer;
  readonly kept: BGPPeer | 'mesh';
  readonly nodes: Set<string>;
  readonly addresses: Set<string>;
}

export default defineRule({
  id: 'bgp/duplicate-peer',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Two statements give one node the same session twice.',
      'zh-cn': '两处配置为同一节点生成了相同的会话。',
    },
    why: {
      en: 'Calico renders one of them. Between two BGPPeers it is not certain which, so a password, a filter or an AS number may be the one or the other after each restart.',
      'zh-cn':
        'Calico 只会采用其中之一。若是两个 BGPPeer，采用哪一个并不确定：每次重启后，密码、过滤器或 AS 号可能来自任意一方。',
    },
    source: 'projectcalico/calico confd: the first of a path wins, over a Go map (calico.md §4)',
  },
  check({ site, report }) {
    const { expansion } = site.derive(BGP);
    const found = new Map<string, Twice>();
    const ids = new Map<BGPPeer, number>();
    const idOf = (peer: BGPPeer) => ids.get(peer) ?? ids.set(peer, ids.size).get(peer)!;
    for (const { node, address, kept, dropped } of expansion?.duplicates ?? []) {
      const lost = neighbourOrigin(dropped);
      const used = neighbourOrigin(kept);
      if (lost.kind !== 'BGPPeer' || used.kind === 'router') continue;
      // Two files with one object each are two versions of it, not two peers.
      if (used.kind === 'BGPPeer' && used.peer.name?.value === lost.peer.name?.value) continue;
      const key = `${idOf(lost.peer)} ${used.kind === 'mesh' ? 'mesh' : idOf(used.peer)}`;
      const twice = found.get(key) ?? {
        dropped: lost.peer,
        kept: used.kind === 'mesh' ? 'mesh' : used.peer,
        nodes: new Set(),
        addresses: new Set(),
      };
      found.set(key, twice);
      twice.nodes.add(node.name);
      twice.addresses.add(address);
    }
    for (const { dropped, kept, nodes, addresses } of found.values()) {
      const place = targetOf(dropped);
      const other = kept === 'mesh' ? meshPlace(meshOf(site)) : targetOf(kept);
      const who = listed([...nodes]);
      const whom = listed([...addresses]);
      report(
        place,
        kept === 'mesh'
          ? {
              en: `${who} has a session with ${whom} by the mesh already; this BGPPeer gives it a second one to the same address. Switch the mesh off, or leave these nodes out of the selector.`,
              'zh-cn': `${who} 已通过全互联与 ${whom} 建立会话，此 BGPPeer 又为同一地址生成第二个会话。请关闭全互联，或在选择器中排除这些节点。`,
            }
          : {
              en: `${who} peers with ${whom} by the BGPPeer \`${kept.name?.value}\` already. Calico uses one of the two, and which one is not certain. Remove one, or make their selectors exclude each other.`,
              'zh-cn': `${who} 已通过 BGPPeer \`${kept.name?.value}\` 与 ${whom} 建立会话。Calico 只会采用其中之一，且不确定是哪一个。请删除其一，或让两者的选择器互斥。`,
            },
        {
          ...(other !== undefined && {
            related: [
              { place: other, message: { en: 'The same session is made here.', 'zh-cn': '此处生成了相同的会话。' } },
            ],
          }),
        },
      );
    }
  },
});

function targetOf(peer: BGPPeer): Place {
  return (peer.peerIP ?? peer.peerSelector ?? peer.name)?.place ?? { doc: peer.doc, path: peer.path };
}
