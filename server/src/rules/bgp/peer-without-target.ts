import { nodeOf } from '../../syntax/place.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/peer-without-target',
  severity: 'error',
  docs: {
    summary: {
      en: 'A BGPPeer says neither peerIP nor peerSelector nor localWorkloadSelector.',
      'zh-cn': 'BGPPeer 既没有 peerIP，也没有 peerSelector 或 localWorkloadSelector。',
    },
    why: {
      en: 'Calico accepts the object and then renders no neighbour for it: the session that was meant never exists, and only a line in the log of calico-node tells.',
      'zh-cn':
        'Calico 会接受该对象，但不会为其生成任何邻居：预期的会话根本不存在，只有 calico-node 日志中的一行会提示。',
    },
    source: 'projectcalico/calico confd: a malformed peer address is logged and ignored',
  },
  each: {
    'calico/BGPPeer'(peer, { report }) {
      if (peer.peerIP ?? peer.peerSelector ?? peer.localWorkloadSelector) return;
      // Without a spec it only names an object, as files for `calicoctl delete -f` do.
      if (nodeOf({ doc: peer.doc, path: [...peer.path, 'spec'] }) === undefined) return;
      report(peer.name?.place ?? { doc: peer.doc, path: peer.path }, {
        en: 'This BGPPeer names nobody to peer with. Calico renders no session for it. Set `peerIP` with `asNumber`, or `peerSelector`.',
        'zh-cn':
          '此 BGPPeer 没有指明对端，Calico 不会为其建立会话。请设置 `peerIP` 与 `asNumber`，或设置 `peerSelector`。',
      });
    },
  },
});
