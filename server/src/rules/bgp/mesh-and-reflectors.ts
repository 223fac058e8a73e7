import { BGP } from '../../assembly/bgp.ts';
import { meshOf, meshPlace, switchMesh } from '../../assembly/bgp-mesh.ts';
import { neighbourOrigin } from '../../assembly/bgp-origins.ts';
import { listed } from '../../assembly/bgp-reflectors.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/mesh-and-reflectors',
  severity: 'warning',
  docs: {
    summary: {
      en: 'The node-to-node mesh is on although route reflectors serve the nodes.',
      'zh-cn': '已经有路由反射器为节点服务，但节点全互联仍然开启。',
    },
    why: {
      en: 'Every node keeps its sessions with every other node beside those with the reflectors: the number of sessions grows with the square of the nodes. Between racks with an AS each, the mesh becomes eBGP, its shorter path wins, and its next hop may not be reachable.',
      'zh-cn':
        '每个节点除了与反射器的会话之外，还保留与其他所有节点的会话，会话数随节点数平方增长。若各机架 AS 不同，全互联会变成 eBGP，其更短的路径会胜出，而下一跳可能不可达。',
    },
    source: 'observed on BIRD (lab C7, B7); users.md M18',
  },
  yieldsTo: ['bgp/next-hop-unreachable'],
  check({ site, report }) {
    const mesh = meshOf(site);
    const place = meshPlace(mesh);
    if (mesh.state !== 'on' || place === undefined) return;
    const served = new Map<string, string>();
    const meshed = new Set<string>();
    const places = new Map<string, Parameters<typeof report>[0]>();
    const { stated, topology } = site.derive(BGP).prediction;
    for (const { router, neighbour, peer, peerNeighbour } of stated) {
      if (router.kind !== 'calico') continue;
      if (topology.isMeshed(router)) meshed.add(router.name);
      const isClient = Object.values(peerNeighbour?.families ?? {}).some(({ reflectorClient }) => reflectorClient);
      if (peer === undefined || !isClient) continue;
      served.set(router.name, peer.name);
      const origin = neighbourOrigin(neighbour);
      const target = origin.kind === 'BGPPeer' ? (origin.peer.peerSelector ?? origin.peer.peerIP) : undefined;
      if (target !== undefined)
        places.set(origin.kind === 'BGPPeer' ? (origin.peer.name?.value ?? '') : '', target.place);
    }
    const both = [...served.keys()].filter((name) => meshed.has(name));
    if (both.length < 2) return;
    const reflectors = listed([...new Set(both.map((name) => served.get(name)!))]);
    report(
      place,
      {
        en: `The mesh is on, and ${reflectors} reflects the routes of ${listed(both)} as well: each of them has sessions with every other node besides. Switch the mesh off once the peers with the reflectors are up.`,
        'zh-cn': `全互联处于开启状态，而 ${reflectors} 已经在为 ${listed(both)} 反射路由：这些节点还与其他每个节点保持会话。待与反射器的会话建立后，请关闭全互联。`,
      },
      {
        related: [...places.values()].slice(0, 4).map((at) => ({
          place: at,
          message: { en: 'This peers the nodes with a reflector.', 'zh-cn': '此处让节点与反射器建立会话。' },
        })),
        fixes: [
          {
            title: { en: 'Switch the mesh off', 'zh-cn': '关闭全互联' },
            kind: 'pick',
            edits: () => switchMesh(mesh, 'off'),
          },
        ],
      },
    );
  },
});
