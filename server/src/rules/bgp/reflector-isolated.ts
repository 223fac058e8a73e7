import { BGP } from '../../assembly/bgp.ts';
import { meshOf, meshPlace } from '../../assembly/bgp-mesh.ts';
import { clusterIdField } from '../../assembly/bgp-reflectors.ts';
import { removeField } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/reflector-isolated',
  severity: 'error',
  docs: {
    summary: {
      en: 'A node has a cluster id, and no BGPPeer gives it a session.',
      'zh-cn': '节点设置了 cluster id，却没有任何 BGPPeer 为其建立会话。',
    },
    why: {
      en: 'A node with routeReflectorClusterID takes no part in the mesh, on either side. Until a BGPPeer selects it, it has no session at all and its pods are cut off.',
      'zh-cn':
        '设置了 routeReflectorClusterID 的节点不参与全互联，双方都会跳过它。在有 BGPPeer 选中它之前，它没有任何会话，其 Pod 与外界隔绝。',
    },
    source: 'observed on BIRD (lab C7b); projectcalico/calico confd: the mesh skips reflectors',
  },
  check({ site, report }) {
    const mesh = meshOf(site);
    const { expansion } = site.derive(BGP);
    // With the mesh off a node without sessions is bgp/no-sessions.
    if (mesh.state !== 'on' || expansion === undefined || expansion.routers.length < 2) return;
    // Nodes alone, exported from a cluster: the peers are somewhere else.
    if (expansion.undecided.length > 0) return;
    if (mesh.configuration === undefined && site.all('calico/BGPPeer').length === 0) return;
    const switchedOn = meshPlace(mesh);
    for (const router of expansion.routers) {
      const field = clusterIdField(router);
      if (router.clusterId === undefined || router.neighbours.length > 0 || field === undefined) continue;
      if (Object.keys(router.nodeAddress ?? {}).length === 0) continue;
      const { doc, path } = field.place;
      report(
        field.place,
        {
          en: `With a cluster id \`${router.name}\` leaves the mesh, and no BGPPeer selects it: it has no BGP session, so its pods are reachable from nowhere. Add BGPPeers between the nodes and this reflector first.`,
          'zh-cn': `设置 cluster id 后 \`${router.name}\` 即退出全互联，又没有 BGPPeer 选中它：它没有任何 BGP 会话，其 Pod 从任何地方都不可达。请先添加节点与该反射器之间的 BGPPeer。`,
        },
        {
          ...(switchedOn !== undefined && {
            related: [
              {
                place: switchedOn,
                message: { en: 'The mesh that it leaves.', 'zh-cn': '它所退出的全互联。' },
              },
            ],
          }),
          fixes:
            path === undefined
              ? []
              : [
                  {
                    title: { en: 'Remove the cluster id for now', 'zh-cn': '暂时删除 cluster id' },
                    kind: 'pick',
                    edits: () => removeField(doc, path),
                  },
                ],
        },
      );
    }
  },
});
