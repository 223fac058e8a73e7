import { ADDRESS_CLAIMS } from '../../assembly/addresses.ts';
import { type Failure, failuresOf, namesOf, targetPlace } from '../../assembly/bgp-failures.ts';
import { routerOrigin } from '../../assembly/bgp-origins.ts';
import { sameAddress } from '../../network/address.ts';
import type { Neighbour, Router } from '../../network/bgp/types.ts';
import { setField } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'bgp/wrong-source',
  severity: 'error',
  docs: {
    summary: {
      en: 'The peer expects the session from another address than it comes from.',
      'zh-cn': '会话的源地址不是对端所期望的地址。',
    },
    why: {
      en: 'A router takes connections only from addresses that it knows as neighbours. Calico sends from the node’s address whatever card the packet leaves by; FRR sends from the address on the link unless `update-source` says otherwise.',
      'zh-cn':
        '路由器只接受来自已配置邻居地址的连接。无论报文从哪块网卡发出，Calico 都使用节点地址作为源地址；FRR 使用链路上的地址，除非 `update-source` 另有指定。',
    },
    source: 'observed on FRR and BIRD (lab B6); users.md M20',
  },
  check({ site, report }) {
    const told = new Set<Neighbour>();
    for (const failure of failuresOf(site, 'wrong-source')) {
      const sessions = failure.sessions.filter(({ router }) => !contradictsItself(site, router));
      const [first] = sessions;
      if (first?.peer === undefined || contradictsItself(site, first.peer)) continue;
      // Often both ends are to blame: the session is told once.
      for (const { neighbour } of sessions) told.add(neighbour);
      if (first.peerNeighbour !== undefined && told.has(first.peerNeighbour)) continue;
      const source = first.localAddress;
      report(
        targetPlace(failure.origin),
        {
          en: `${namesOf(sessions)} speaks to ${first.peer.name}${source === undefined ? '' : ` from ${source}`}, and ${first.peer.name} expects another address${first.peerNeighbour?.address === undefined ? '' : ` (${first.peerNeighbour.address})`}: the connection is refused. Set the source here, or the neighbour there.`,
          'zh-cn': `${namesOf(sessions)} ${source === undefined ? '' : `以 ${source} 为源地址`}连接 ${first.peer.name}，而 ${first.peer.name} 期望的是另一个地址${first.peerNeighbour?.address === undefined ? '' : `（${first.peerNeighbour.address}）`}：连接会被拒绝。请在此处设置源地址，或在对端更正邻居地址。`,
        },
        {
          related:
            first.peerNeighbour === undefined
              ? []
              : [
                  {
                    place: targetPlace(first.peerNeighbour.origin as Failure['origin']),
                    message: { en: 'The address that is expected.', 'zh-cn': '对端所期望的地址。' },
                  },
                ],
          fixes: sourceFix(failure),
        },
      );
    }
  },
});

/** Calico's Node says an address that no card has: fabric/address-disagreement tells that. */
function contradictsItself(site: Site, router: Router): boolean {
  const claims = site.derive(ADDRESS_CLAIMS).get(routerOrigin(router)) ?? [];
  const cards = claims.filter(({ source }) => source === 'exec' || source === 'router');
  return (
    cards.length > 0 &&
    claims.some(
      (claim) =>
        claim.source === 'calico' &&
        cards.some(({ address }) => address.family === claim.address.family) &&
        !cards.some(({ address }) => sameAddress(address, claim.address)),
    )
  );
}

/** On a node with several cards the kernel chooses the address of the card that leads to the peer. */
function sourceFix({ origin }: Failure): readonly Fix[] {
  if (origin.kind !== 'BGPPeer' || origin.peer.sourceAddress !== undefined) return [];
  const { doc, path } = origin.peer;
  return [
    {
      title: { en: 'Set sourceAddress to None', 'zh-cn': '将 sourceAddress 设为 None' },
      kind: 'pick',
      edits: () => setField(doc, [...path, 'spec', 'sourceAddress'], 'None'),
    },
  ];
}
