import { BGP } from '../../assembly/bgp.ts';
import { neighbourOrigin, routerOrigin } from '../../assembly/bgp-origins.ts';
import { clusterIdField } from '../../assembly/bgp-reflectors.ts';
import { selectorOf } from '../../assembly/selectors.ts';
import type { BGPPeer } from '../../model/calico/bgp-peer.ts';
import type { Router } from '../../network/bgp/types.ts';
import { type Edit, setField } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/cluster-id-without-peers',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A node has a cluster id, but no BGPPeer makes other nodes peer with it.',
      'zh-cn': '节点设置了 cluster id，但没有 BGPPeer 让其他节点与其建立会话。',
    },
    why: {
      en: 'A reflector is chosen by a label that `peerSelector` asks for. Without it the node is a client like any other, and the redundancy that it was meant to bring does not exist.',
      'zh-cn': '反射器由 `peerSelector` 所要求的标签选出。缺少该标签时，该节点只是普通客户端，预期的冗余并不存在。',
    },
    source: 'observed on BIRD (lab C6c)',
  },
  check({ site, report }) {
    const { expansion, prediction } = site.derive(BGP);
    if (expansion === undefined || expansion.undecided.length > 0 || expansion.routers.length < 3) return;
    const selecting = site.all('calico/BGPPeer').filter(({ peerSelector }) => peerSelector?.value !== undefined);
    if (selecting.length === 0) return;
    const chosen = new Set<Router>();
    for (const { peer, neighbour } of prediction.stated)
      if (peer !== undefined && neighbour.peering !== 'reverse' && neighbourOrigin(neighbour).kind === 'BGPPeer')
        chosen.add(peer);
    for (const router of expansion.routers) {
      const field = clusterIdField(router);
      if (router.clusterId === undefined || field === undefined || chosen.has(router)) continue;
      // Without any session it is isolated, which is another rule's; with a router outside it may reflect for that one.
      if (router.neighbours.length === 0 || peersOutside(router)) continue;
      report(
        field.place,
        {
          en: `\`${router.name}\` has a cluster id, but no BGPPeer’s \`peerSelector\` selects it: nobody is its client and it reflects nothing. Give it the label that the reflectors have, or remove the cluster id.`,
          'zh-cn': `\`${router.name}\` 设置了 cluster id，但没有 BGPPeer 的 \`peerSelector\` 选中它：没有节点是它的客户端，它不反射任何路由。请为其加上反射器的标签，或删除 cluster id。`,
        },
        {
          related: selecting.slice(0, 4).map((peer) => ({
            place: peer.peerSelector!.place,
            message: { en: 'This selects the reflectors.', 'zh-cn': '此处选择反射器。' },
          })),
          fixes: labelFixes(router, selecting),
        },
      );
    }
  },
});

function peersOutside(router: Router): boolean {
  return router.neighbours.some((neighbour) => {
    const origin = neighbourOrigin(neighbour);
    return origin.kind === 'BGPPeer' && origin.peer.peerIP !== undefined;
  });
}

/** The label that a plain selector asks for: `has(x)` or `x == 'y'`. */
function labelFixes(router: Router, peers: readonly BGPPeer[]): readonly Fix[] {
  const node = routerOrigin(router).calicoNodes[0];
  if (node === undefined) return [];
  const wanted = new Map<string, string>();
  for (const { peerSelector } of peers) {
    const { tree } = selectorOf(peerSelector!.value!);
    if (tree?.op === 'has') wanted.set(tree.label, 'true');
    if (tree?.op === 'equals') wanted.set(tree.label, tree.value);
  }
  return [...wanted].map(([label, value]) => ({
    title: { en: `Label the node \`${label}: "${value}"\``, 'zh-cn': `为该节点添加标签 \`${label}: "${value}"\`` },
    kind: 'pick',
    edits: (): readonly Edit[] => setField(node.doc, [...node.path, 'metadata', 'labels', label], value),
  }));
}
