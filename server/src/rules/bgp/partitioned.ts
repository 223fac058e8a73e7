import { BGP } from '../../assembly/bgp.ts';
import { LOSS_CAUSES } from '../../assembly/bgp-losses.ts';
import { meshOf, switchMesh } from '../../assembly/bgp-mesh.ts';
import { neighbourOrigin, routerOrigin } from '../../assembly/bgp-origins.ts';
import { listed } from '../../assembly/bgp-reflectors.ts';
import { BGP_SAMPLE } from '../../assembly/bgp-sample.ts';
import { REFLECTOR_CLIENT, setForNeighbours } from '../../assembly/router-lines.ts';
import type { RouteStop } from '../../network/bgp/explain.ts';
import type { Loss } from '../../network/bgp/losses.ts';
import type { Router } from '../../network/bgp/types.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'bgp/partitioned',
  severity: 'error',
  docs: {
    summary: {
      en: 'Nodes never learn each other’s blocks, although their sessions are up.',
      'zh-cn': '节点的会话都已建立，却学不到彼此的地址块。',
    },
    why: {
      en: 'iBGP hands nothing from one peer to the next unless a reflector does, and without a chain of sessions nothing is handed on at all. Nothing shows an error: the routes are simply not there.',
      'zh-cn':
        '除非由路由反射器转发，否则 iBGP 不会把从一个对等体学到的路由传给另一个；没有会话链路时更不会传递任何路由。没有任何报错，路由只是不存在。',
    },
    source: 'observed on FRR and BIRD (lab B2, B2c, C6); users.md M18',
  },
  check({ site, report }) {
    const { notReflected, apart } = site.derive(LOSS_CAUSES);
    const sample = site.derive(BGP_SAMPLE);
    if (sample === undefined) return;
    const { alike, original } = sample;
    const byKeeper = new Map<Router, { losses: Loss[]; stops: RouteStop[] }>();
    for (const { loss, stops } of notReflected) {
      const keeper = stops[0]!.from;
      const known = byKeeper.get(keeper) ?? { losses: [], stops: [] };
      byKeeper.set(keeper, known);
      known.losses.push(loss);
      known.stops.push(...stops);
    }
    for (const [keeper, { losses }] of byKeeper) {
      const receivers = [...new Set(losses.flatMap(({ receiver }) => alike(receiver)))];
      if (keeper.kind === 'calico') tellNode(keeper, losses, report);
      else tellRouter(site, original(keeper), receivers, losses, report);
    }
    const [first] = apart;
    if (first !== undefined) tellApart(site, apart, alike, report);
  },
});

function pair({ receiver, origin }: Loss): Text {
  return {
    en: `\`${receiver.name}\` never learns the pods of \`${origin.name}\``,
    'zh-cn': `\`${receiver.name}\` 永远学不到 \`${origin.name}\` 的 Pod`,
  };
}

/** A switch that peers with the nodes of a rack by iBGP and reflects nothing. */
function tellRouter(
  site: Site,
  keeper: Router,
  receivers: readonly Router[],
  losses: readonly Loss[],
  report: Report,
): void {
  const origins = site
    .derive(BGP)
    .prediction.sessionsOf(keeper)
    .flatMap(({ peer, neighbour }) => {
      const origin = neighbourOrigin(neighbour);
      return peer !== undefined && receivers.includes(peer) && origin.kind === 'router' ? [origin] : [];
    });
  const [first, ...others] = origins;
  if (first === undefined) return;
  const { en, 'zh-cn': zh } = pair(losses[0]!);
  // With a default route through the switch the packets make a detour, and nobody notices (lab B2).
  const isHidden = losses.every(({ arrives }) => arrives !== false);
  report(
    first.neighbor.peer.place,
    {
      en: `${en}: both peer with ${keeper.name} in AS ${keeper.asn}, and it reflects nothing.${isHidden ? ' Only a default route can hide this.' : ''} Make the nodes its route-reflector-clients.`,
      'zh-cn': `${zh}：二者都与 AS ${keeper.asn} 中的 ${keeper.name} 建立会话，而它不反射任何路由。${isHidden ? '只有默认路由能掩盖这一问题。' : ''}请将这些节点设为其路由反射客户端。`,
    },
    {
      ...(isHidden && { severity: 'warning' as const }),
      related: others.slice(0, 4).map(({ neighbor }) => ({
        place: neighbor.peer.place,
        message: { en: 'This node is in the same place.', 'zh-cn': '此节点处于相同的情况。' },
      })),
      fixes: [
        {
          title: { en: 'Make them route-reflector-clients', 'zh-cn': '将它们设为 route-reflector-client' },
          kind: 'pick',
          edits: () =>
            setForNeighbours(
              first.config,
              first.bgp,
              origins.filter(({ bgp }) => bgp === first.bgp).map(({ neighbor }) => neighbor),
              'ipv4',
              REFLECTOR_CLIENT,
            ),
        },
      ],
    },
  );
}

/** A node in the middle that is no reflector. */
function tellNode(keeper: Router, losses: readonly Loss[], report: Report): void {
  const node = routerOrigin(keeper).calicoNodes[0];
  if (node?.name === undefined) return;
  const { en, 'zh-cn': zh } = pair(losses[0]!);
  report(node.name.place, {
    en: `${en}: the only way is through \`${keeper.name}\`, which is no reflector and passes nothing on. Peer the two with each other, or with a reflector.`,
    'zh-cn': `${zh}：唯一的途径经过 \`${keeper.name}\`，而它不是反射器，不会转发任何路由。请让二者直接建立会话，或与反射器建立会话。`,
  });
}

/** Groups of nodes with no chain of sessions between them. With two clusters in one folder that is as it should be. */
function tellApart(
  site: Site,
  losses: readonly Loss[],
  alike: (node: Router) => readonly Router[],
  report: Report,
): void {
  const mesh = meshOf(site);
  const defaults = site.all('calico/BGPConfiguration').filter(({ name }) => name?.value === 'default');
  if (mesh.state !== 'off' || mesh.field === undefined || defaults.length > 1) return;
  const { receiver, origin } = losses[0]!;
  const one = listed(alike(receiver).map(({ name }) => name));
  const other = listed(alike(origin).map(({ name }) => name));
  report(
    mesh.field.place,
    {
      en: `The mesh is off, and no chain of sessions leads from ${other} to ${one}: they never learn each other’s pods. Peer both with the same reflectors or routers.`,
      'zh-cn': `全互联已关闭，而 ${other} 与 ${one} 之间没有会话链路：它们永远学不到彼此的 Pod。请让二者与相同的反射器或路由器建立会话。`,
    },
    {
      fixes: [
        {
          title: { en: 'Switch the mesh on', 'zh-cn': '开启全互联' },
          kind: 'pick',
          edits: () => switchMesh(mesh, 'on'),
        },
      ],
    },
  );
}
