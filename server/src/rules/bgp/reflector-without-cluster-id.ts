import { BGP } from '../../assembly/bgp.ts';
import { routerOrigin } from '../../assembly/bgp-origins.ts';
import { REFLECTORS } from '../../assembly/bgp-reflectors.ts';
import { setField } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/reflector-without-cluster-id',
  severity: 'error',
  docs: {
    summary: {
      en: 'A node that others peer with as a route reflector has no cluster id.',
      'zh-cn': '被其他节点当作路由反射器的节点没有 cluster id。',
    },
    why: {
      en: 'Without routeReflectorClusterID the node is an ordinary iBGP speaker: every session comes up, and its clients still never learn each other’s blocks.',
      'zh-cn':
        '没有 routeReflectorClusterID 的节点只是普通的 iBGP 路由器：所有会话都会建立，但其客户端永远学不到彼此的地址块。',
    },
    source: 'observed on BIRD (lab C5, C5b)',
  },
  check({ site, report }) {
    const bgp = site.derive(BGP);
    const meshIsOff = site
      .all('calico/BGPConfiguration')
      .some(({ name, nodeToNodeMeshEnabled }) => name?.value === 'default' && nodeToNodeMeshEnabled?.value === false);
    // With the mesh on, clients have each other anyway.
    if (!meshIsOff || bgp.expansion === undefined || bgp.expansion.undecided.length > 0) return;
    const reflectors = site.derive(REFLECTORS);
    const ids = bgp.expansion.routers.flatMap(({ clusterId }) => clusterId ?? []);
    for (const router of bgp.expansion.routers) {
      if (router.clusterId !== undefined) continue;
      const { clients = [], peers = [] } = reflectors.get(router) ?? {};
      if (clients.length < 2) continue;
      const node = routerOrigin(router).calicoNodes[0];
      if (node === undefined) continue;
      const place = node.hasBgp
        ? { doc: node.doc, path: [...node.path, 'spec', 'bgp'], part: 'key' as const }
        : node.name?.place;
      if (place === undefined) continue;
      report(
        place,
        {
          en: `${clients.length} nodes peer with \`${router.name}\` as their reflector (${clients.slice(0, 4).join(', ')}), but it has no routeReflectorClusterID: it hands no route from one to another, and they lose each other’s pods. Set one.`,
          'zh-cn': `有 ${clients.length} 个节点将 \`${router.name}\` 作为反射器（${clients.slice(0, 4).join('、')}），但它没有 routeReflectorClusterID：它不会在它们之间传递路由，彼此的 Pod 会失联。请设置该值。`,
        },
        {
          related: peers.flatMap((peer) =>
            peer.peerSelector === undefined
              ? []
              : [
                  {
                    place: peer.peerSelector.place,
                    message: { en: 'This selects it as a reflector.', 'zh-cn': '此处将其选为反射器。' },
                  },
                ],
          ),
          fixes: clusterIdFixes(node, ids),
        },
      );
    }
  },
});

/** An id that the site's other reflectors use, and one of its own: either is right when every client has all reflectors. */
function clusterIdFixes(
  node: { readonly doc: Parameters<typeof setField>[0]; readonly path: Parameters<typeof setField>[1] },
  used: readonly string[],
): readonly Fix[] {
  const fresh = [1, 2, 3, 4].map((last) => `244.0.0.${last}`).find((id) => !used.includes(id)) ?? '244.0.0.9';
  return [...new Set([...used.slice(0, 1), fresh])].map((id) => ({
    title: { en: `Set routeReflectorClusterID to ${id}`, 'zh-cn': `将 routeReflectorClusterID 设为 ${id}` },
    kind: 'pick',
    edits: () => setField(node.doc, [...node.path, 'spec', 'bgp', 'routeReflectorClusterID'], id),
  }));
}
