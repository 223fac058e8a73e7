import { HOSTS } from '../../assembly/hosts.ts';
import { IS_ONE_CLUSTER, POOLS } from '../../assembly/pools.ts';
import { NODE_SERVICE, type NodeService, POOL_LABELS_ARE_WRITTEN } from '../../assembly/pools-nodes.ts';
import type { Family } from '../../network/address.ts';
import type { Place } from '../../syntax/document.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Related } from '../rule.ts';

export default defineRule({
  id: 'ipam/node-without-pool',
  severity: 'error',
  docs: {
    summary: {
      en: 'A node is selected by none of the enabled pools, while other nodes have one.',
      'zh-cn': '某个节点未被任何已启用的地址池选中，而其他节点有可用的地址池。',
    },
    why: {
      en: 'Calico takes a Pod’s address from a pool whose nodeSelector matches the node. Where none does, every Pod on that node stays in ContainerCreating with “no configured Calico pools”.',
      'zh-cn':
        'Calico 从 nodeSelector 匹配该节点的地址池中为 Pod 分配地址。若没有匹配的地址池，该节点上的所有 Pod 都会停在 ContainerCreating，并提示 “no configured Calico pools”。',
    },
    source: 'projectcalico/calico libcalico-go/lib/ipam: selection of pools by node (users.md M24)',
  },
  yieldsTo: ['bgp/no-sessions'],
  check({ site, report }) {
    const { complete, whole } = site.derive(POOLS);
    if (!complete || !site.derive(IS_ONE_CLUSTER) || !site.derive(POOL_LABELS_ARE_WRITTEN)) return;
    for (const [family, services] of site.derive(NODE_SERVICE)) {
      const without = services.filter(({ pools, undecided }) => pools === 0 && !undecided);
      const served = services.filter(({ pools }) => pools > 0);
      // A pool that no file shows may serve the rest, unless the pools plainly divide the nodes among them.
      if (served.length === 0 || (!whole && !divideNodes(served, without))) continue;
      for (const { node } of without) {
        const place = placeOf(site, node.name);
        if (place === undefined) continue;
        report(
          place,
          {
            en: `No enabled IPv${family} pool selects \`${node.name}\`: its Pods get no address and stay in ContainerCreating. Label it as a pool’s nodeSelector asks, or widen a selector.`,
            'zh-cn': `没有已启用的 IPv${family} 地址池选中 \`${node.name}\`：其上的 Pod 得不到地址，会停在 ContainerCreating。请按地址池的 nodeSelector 打标签，或放宽选择器。`,
          },
          { related: selectorsOf(site, family) },
        );
      }
    }
  },
});

/** Whether several pools serve all but a few. */
function divideNodes(served: readonly NodeService[], without: readonly NodeService[]): boolean {
  return new Set(served.map(({ pool }) => pool)).size > 1 && served.length >= 2 * without.length;
}

function placeOf(site: Site, name: string): Place | undefined {
  const host = site.derive(HOSTS).ofNode(name);
  const field = host?.calicoNodes[0]?.name ?? host?.kubernetesNodes[0]?.name ?? host?.kindNodes[0]?.node?.role;
  return field?.place;
}

/** What the pools ask for, the first few. */
function selectorsOf(site: Site, family: Family): readonly Related[] {
  return site
    .derive(POOLS)
    .enabled.filter(({ network }) => network.family === family)
    .flatMap(({ name, nodeSelector }): readonly Related[] =>
      nodeSelector === undefined
        ? []
        : [
            {
              place: nodeSelector.place,
              message: { en: `Pool \`${name}\` serves these nodes.`, 'zh-cn': `地址池 \`${name}\` 服务于这些节点。` },
            },
          ],
    )
    .slice(0, 5);
}
