import { BGP } from '../../assembly/bgp.ts';
import { routerOrigin } from '../../assembly/bgp-origins.ts';
import type { Place } from '../../syntax/document.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/no-sessions',
  severity: 'error',
  docs: {
    summary: {
      en: 'The mesh is off and a node ends up without any BGP session.',
      'zh-cn': '全互联已关闭，而某个节点没有任何 BGP 会话。',
    },
    why: {
      en: 'Nobody learns the node’s pod routes and it learns nobody’s: its pods are cut off, while everything on the node looks healthy.',
      'zh-cn': '没有人能学到该节点的 Pod 路由，它也学不到其他节点的：其上的 Pod 与外界隔绝，而节点本身看起来一切正常。',
    },
    source: 'observed on BIRD (lab C9); users.md M18',
  },
  check({ site, report }) {
    const off = site
      .all('calico/BGPConfiguration')
      .find(
        (configuration) =>
          configuration.name?.value === 'default' && configuration.nodeToNodeMeshEnabled?.value === false,
      );
    // VXLAN carries pod traffic without BGP.
    if (off?.nodeToNodeMeshEnabled === undefined || carriesWithoutBgp(site)) return;
    const mesh = off.nodeToNodeMeshEnabled.place;
    const meshOn: Fix = {
      title: { en: 'Switch the mesh on', 'zh-cn': '开启全互联' },
      kind: 'pick',
      edits: () => replaceScalar(mesh, true),
    };
    const { expansion } = site.derive(BGP);
    if (site.all('calico/BGPPeer').length === 0) {
      const hasRouters = site.all('router/Config').some(({ bgp }) => bgp.length > 0);
      if ((expansion?.routers.length ?? 0) < 2 && !hasRouters) return;
      report(
        mesh,
        {
          en: 'The node-to-node mesh is off and there is no BGPPeer: no node has a session, and pods on different nodes lose each other. Create the BGPPeers first, or leave the mesh on.',
          'zh-cn':
            '节点全互联已关闭，而且没有任何 BGPPeer：所有节点都没有会话，不同节点上的 Pod 无法互通。请先创建 BGPPeer，或保持全互联开启。',
        },
        { fixes: [meshOn] },
      );
      return;
    }
    if (expansion === undefined || expansion.undecided.length > 0) return;
    // What pods announce to their node may well lead to the other nodes, too.
    if (site.all('calico/BGPPeer').some(({ localWorkloadSelector }) => localWorkloadSelector)) return;
    // One Node exported out of many: those that it peers with by selector are not here.
    if (expansion.routers.length < 2 && site.all('calico/BGPPeer').some(({ peerSelector }) => peerSelector)) return;
    for (const router of expansion.routers) {
      const host = routerOrigin(router);
      if (
        router.neighbours.length > 0 ||
        router.nodeAddress === undefined ||
        Object.keys(router.nodeAddress).length === 0
      )
        continue;
      const name = host.calicoNodes[0]?.name ?? host.kubernetesNodes[0]?.name;
      const place: Place | undefined = name?.place;
      if (place === undefined) continue;
      report(
        place,
        {
          en: `No BGPPeer selects \`${router.name}\` and the mesh is off: it has no BGP session, so its pods are reachable from nowhere. Label it so that a BGPPeer selects it, or add a BGPPeer.`,
          'zh-cn': `没有 BGPPeer 选中 \`${router.name}\`，且全互联已关闭：它没有任何 BGP 会话，其 Pod 从任何地方都不可达。请为其打上能被 BGPPeer 选中的标签，或添加 BGPPeer。`,
        },
        {
          related: [{ place: mesh, message: { en: 'The mesh is switched off here.', 'zh-cn': '全互联在此关闭。' } }],
          fixes: [meshOn],
        },
      );
    }
  },
});

function carriesWithoutBgp(site: Site): boolean {
  const pools = site.all('calico/IPPool').filter((pool) => pool.disabled?.value !== true);
  return pools.length > 0 && pools.every((pool) => pool.vxlanMode !== undefined && pool.vxlanMode.value !== 'Never');
}
