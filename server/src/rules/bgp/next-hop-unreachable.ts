import { BGP } from '../../assembly/bgp.ts';
import { targetPlace } from '../../assembly/bgp-failures.ts';
import { LOSS_CAUSES } from '../../assembly/bgp-losses.ts';
import { meshOf, meshPlace, switchMesh } from '../../assembly/bgp-mesh.ts';
import { type NeighbourOrigin, neighbourOrigin, routerOrigin } from '../../assembly/bgp-origins.ts';
import { listed } from '../../assembly/bgp-reflectors.ts';
import { BGP_SAMPLE } from '../../assembly/bgp-sample.ts';
import { NEXT_HOP_SELF, setForNeighbours } from '../../assembly/router-lines.ts';
import type { End } from '../../network/bgp/graph.ts';
import type { Loss } from '../../network/bgp/losses.ts';
import type { Router } from '../../network/bgp/types.ts';
import { setField } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Report } from '../rule.ts';

interface Case {
  readonly loss: Loss;
  /** Who has the path and cannot use it, and the session that it came by, seen from there. */
  readonly at: Router;
  readonly end: End;
  readonly nextHop: string;
}

export default defineRule({
  id: 'bgp/next-hop-unreachable',
  severity: 'error',
  docs: {
    summary: {
      en: 'A route arrives, but its next hop cannot be reached by the router that gets it.',
      'zh-cn': '路由已经到达，但收到它的路由器无法到达其下一跳。',
    },
    why: {
      en: 'iBGP keeps the next hop of the router outside. BIRD does not resolve a next hop through another BGP route: it installs the route as unreachable, which even beats the default route. All sessions are up, and the packets are dropped.',
      'zh-cn':
        'iBGP 会保留外部路由器的下一跳。BIRD 不会通过另一条 BGP 路由解析下一跳，而是将该路由安装为 unreachable，甚至优先于默认路由。所有会话都正常，报文却被丢弃。',
    },
    source: 'observed on FRR and BIRD (lab B5, B6c, B7)',
  },
  check({ site, report }) {
    const told = new Set<unknown>();
    for (const { loss, at, path } of site.derive(LOSS_CAUSES).nextHop) {
      const { end, attributes } = path;
      if (loss.arrives !== false || end === undefined) continue;
      const one: Case = { loss, at, end, nextHop: attributes.nextHop };
      const sender = end.peer.router;
      const theirs = neighbourOrigin(end.reverse.neighbour);
      const key = theirs.kind === 'mesh' ? 'mesh' : sender;
      if (told.has(key)) continue;
      told.add(key);
      if (theirs.kind === 'mesh') tellMesh(site, one, report);
      else if (theirs.kind === 'router') tellRouter(site, one, theirs, report);
      else tellCalico(one, theirs, report);
    }
  },
});

const text = ({ loss, at, nextHop }: Case) => ({
  en: `${at.name} has the route to ${block(loss)}, but no way to its next hop ${nextHop}, and drops what is sent there.`,
  'zh-cn': `${at.name} 有到 ${block(loss)} 的路由，却无法到达其下一跳 ${nextHop}，发往那里的流量会被丢弃。`,
});

/** A symbolic block is told by its owner. */
export function block({ prefix, origin }: Loss): string {
  return prefix.includes('#') ? `${origin.name}’s pods` : `${prefix} (${origin.name})`;
}

/** An FRR or VyOS router that passes on the routes of others to its own AS. */
function tellRouter(
  site: Site,
  one: Case,
  { config, bgp, neighbor }: Extract<NeighbourOrigin, { kind: 'router' }>,
  report: Report,
): void {
  const { end } = one;
  const sender = end.peer.router;
  const message = text(one);
  if (!end.internal || end.reverse.family.nextHop !== undefined) {
    report(neighbor.peer.place, message);
    return;
  }
  const family = familyOf(one.nextHop);
  const lacking = site
    .derive(BGP)
    .prediction.sessionsOf(site.derive(BGP_SAMPLE)?.original(sender) ?? sender)
    .flatMap(({ neighbour, peer }) => {
      const origin = neighbourOrigin(neighbour);
      const settings = neighbour.families[family];
      const isClient = peer?.kind === 'calico' && peer.asn === sender.asn && settings?.nextHop === undefined;
      return isClient && origin.kind === 'router' && origin.bgp === bgp ? [origin.neighbor] : [];
    });
  const names = listed(lacking.flatMap(({ peer }) => peer.value ?? []));
  report(
    (lacking[0] ?? neighbor).peer.place,
    {
      en: `${message.en} ${sender.name} leaves the next hop as it is towards ${names}. Set next-hop-self for them.`,
      'zh-cn': `${message['zh-cn']}${sender.name} 向 ${names} 发送路由时不改变下一跳。请为其设置 next-hop-self。`,
    },
    {
      related: lacking.slice(1, 5).map(({ peer }) => ({
        place: peer.place,
        message: { en: 'Nor is it set here.', 'zh-cn': '此处也没有设置。' },
      })),
      fixes: [
        {
          title: { en: `Set next-hop-self for ${names}`, 'zh-cn': `为 ${names} 设置 next-hop-self` },
          kind: 'pick',
          edits: () => setForNeighbours(config, bgp, lacking, family, NEXT_HOP_SELF),
        },
      ],
    },
  );
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

/** A Calico node that announces itself by an address that nobody reaches, or that passes on another's. */
function tellCalico(one: Case, { peer }: Extract<NeighbourOrigin, { kind: 'BGPPeer' }>, report: Report): void {
  const sender = one.end.peer.router;
  const message = text(one);
  const own = routerOrigin(sender).calicoNodes[0];
  const field = one.nextHop.includes(':') ? own?.ipv6Address : own?.ipv4Address;
  if (sender === one.loss.origin && field !== undefined) {
    report(field.place, {
      en: `${message.en} That is the address ${sender.name} has chosen for itself, and nobody in this network reaches it. Give the node its address in the fabric, or correct the autodetection.`,
      'zh-cn': `${message['zh-cn']}该地址是 ${sender.name} 为自己选择的地址，而网络中没有设备能到达它。请为节点使用其在网络中的地址，或更正地址自动检测。`,
    });
    return;
  }
  report(
    targetPlace({ kind: 'BGPPeer', peer }),
    {
      en: `${message.en} Set \`nextHopMode: Self\` here, so that ${sender.name} names itself.`,
      'zh-cn': `${message['zh-cn']}请在此处设置 \`nextHopMode: Self\`，让 ${sender.name} 以自己为下一跳。`,
    },
    {
      fixes: [
        {
          title: { en: 'Set nextHopMode to Self', 'zh-cn': '将 nextHopMode 设为 Self' },
          kind: 'pick',
          edits: () => setField(peer.doc, [...peer.path, 'spec', 'nextHopMode'], 'Self'),
        },
      ],
    },
  );
}

/** Between racks of different AS the mesh is eBGP, and its short path beats the one through the fabric (lab B7). */
function tellMesh(site: Site, one: Case, report: Report): void {
  const mesh = meshOf(site);
  const place = meshPlace(mesh);
  if (place === undefined) return;
  const message = text(one);
  report(
    place,
    {
      en: `${message.en} The route comes by the node-to-node mesh, whose shorter AS path beats the one through the fabric. Switch the mesh off.`,
      'zh-cn': `${message['zh-cn']}该路由来自节点全互联，其更短的 AS 路径优先于经由网络设备的路径。请关闭全互联。`,
    },
    {
      fixes: [
        {
          title: { en: 'Switch the mesh off', 'zh-cn': '关闭全互联' },
          kind: 'pick',
          edits: () => switchMesh(mesh, 'off'),
        },
      ],
    },
  );
}
