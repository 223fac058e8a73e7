import { BGP } from '../../assembly/bgp.ts';
import { type Failure, failuresOf, namesOf, targetPlace } from '../../assembly/bgp-failures.ts';
import { insertionText } from '../../model/router/config.ts';
import { parseAddress } from '../../network/address.ts';
import type { Router } from '../../network/bgp/types.ts';
import type { Edit } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/not-connected',
  severity: 'error',
  docs: {
    summary: {
      en: 'An eBGP neighbour is in no connected subnet, and the router is not told to look further.',
      'zh-cn': 'eBGP 邻居不在任何直连子网内，且路由器未被允许跨跳建立会话。',
    },
    why: {
      en: 'Routers start an eBGP session only towards a connected subnet: without `ebgp-multihop` (BIRD: `multihop`) they wait for ever, and the packets would die after one hop. FRR and VyOS also take the address of a neighbour on the link to which their own configuration has a static route.',
      'zh-cn':
        '路由器只会向直连子网发起 eBGP 会话：没有 `ebgp-multihop`（BIRD 为 `multihop`）就会一直等待，报文也会在一跳之后失效。若自身配置中有指向链路邻居的静态路由，FRR 与 VyOS 也接受其目的地址。',
    },
    source:
      'observed on FRR (lab D2, B16, traps/static-is-connected); FRR zebra_rnh.c; BIRD 2 manual, bgp: `direct` is what eBGP does',
  },
  check({ site, report }) {
    for (const failure of failuresOf(site, 'not-connected')) {
      if (failure.origin.kind !== 'router') continue;
      const { peerAddress, router } = failure.sessions[0]!;
      const names = namesOf(failure.sessions);
      const option = router.kind === 'bird' ? 'multihop' : 'ebgp-multihop';
      const port = portTowards(site, router, peerAddress);
      report(
        targetPlace(failure.origin),
        {
          en:
            port !== undefined
              ? `${names} looks for ${peerAddress} on ${port}, and nobody on that link has it: the session never starts. Two links must not share a subnet; give each its own.`
              : `${peerAddress} is in none of ${names}’s connected subnets, and packets do not get there: the session never starts. Use the address on the shared link, or say \`${option}\` where a route leads to it.`,
          'zh-cn':
            port !== undefined
              ? `${names} 会在 ${port} 上寻找 ${peerAddress}，而该链路上没有设备使用此地址，会话不会开始。两条链路不能共用一个子网，请分别分配。`
              : `${peerAddress} 不在 ${names} 的任何直连子网内，报文无法到达，会话不会开始。请使用共享链路上的地址；若有路由可达，则配置 \`${option}\`。`,
        },
        { fixes: [...onTheLink(site, failure), ...multihop(site, failure)] },
      );
    }
  },
});

/** The interface whose subnet holds the address, although the peer is not on its link. */
function portTowards(site: Site, router: Router, peerAddress: string): string | undefined {
  const address = parseAddress(peerAddress);
  if (address === undefined) return undefined;
  return site.derive(BGP).prediction.topology.connected(router, address)?.interface.name;
}

/** The peer's address, of the same family, in a subnet that both are in. */
function onTheLink(site: Site, { origin, sessions }: Failure): readonly Fix[] {
  const { peer, router, peerAddress } = sessions[0]!;
  const { topology } = site.derive(BGP).prediction;
  const address = (peer?.interfaces ?? [])
    .flatMap(({ addresses }) => addresses.map((text) => text.replace(/\/.*/, '')))
    .find((text) => {
      const parsed = parseAddress(text);
      return (
        parsed !== undefined &&
        parsed.family === parseAddress(peerAddress)?.family &&
        text !== peerAddress &&
        topology.connected(router, parsed) !== undefined
      );
    });
  if (address === undefined) return [];
  return [
    {
      title: { en: `Peer with ${address}, on the shared link`, 'zh-cn': `改为与共享链路上的 ${address} 建立会话` },
      kind: 'pick',
      edits: () => replaceEverywhere(origin, address),
    },
  ];
}

/** Every line of the neighbour names it. */
function replaceEverywhere(origin: Failure['origin'], address: string): readonly Edit[] {
  const peer = origin.kind === 'router' ? origin.neighbor.peer.value : undefined;
  if (origin.kind !== 'router' || peer === undefined) return [];
  const { doc } = origin.config;
  const edits: Edit[] = [];
  const pattern = new RegExp(`(?<=\\bneighbor\\s+)${peer.replaceAll('.', '\\.')}(?=\\s)`, 'g');
  for (const match of doc.text.matchAll(pattern))
    edits.push({ doc, span: [match.index, match.index + peer.length], text: address });
  return edits;
}

/** More hops help only where a route leads to the peer. */
function multihop(site: Site, { origin, sessions }: Failure): readonly Fix[] {
  if (origin.kind !== 'router') return [];
  const { router, peerAddress } = sessions[0]!;
  const address = parseAddress(peerAddress);
  const at = origin.neighbor.insertion;
  const peer = origin.neighbor.peer.value;
  if (address === undefined || at === undefined || peer === undefined || origin.neighbor.ebgpMultihop !== undefined)
    return [];
  if (site.derive(BGP).prediction.topology.lookup(router, address).kind !== 'routed') return [];
  const line = router.kind === 'vyos' ? 'ebgp-multihop 2' : `neighbor ${peer} ebgp-multihop 2`;
  return [
    {
      title: { en: `Add \`${line}\``, 'zh-cn': `添加 \`${line}\`` },
      kind: 'pick',
      edits: () => [{ doc: origin.config.doc, span: at.place.span ?? [0, 0], text: insertionText(at, [line]) }],
    },
  ];
}
