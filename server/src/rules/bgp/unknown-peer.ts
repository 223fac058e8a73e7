import { BGP } from '../../assembly/bgp.ts';
import { namesOf, strangersOf, targetPlace } from '../../assembly/bgp-failures.ts';
import type { Session } from '../../network/bgp/types.ts';
import { nearest } from '../../network/near.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/unknown-peer',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A neighbour’s address belongs to no router, node or link of the network, all of which are known.',
      'zh-cn': '邻居地址不属于网络中任何已知的路由器、节点或链路。',
    },
    why: {
      en: 'Nobody answers there: the session stays in Active or Connect for ever.',
      'zh-cn': '该地址无人应答：会话会一直停留在 Active 或 Connect 状态。',
    },
    source: 'observed on FRR and BIRD (lab B4)',
  },
  check({ site, report }) {
    for (const { origin, sessions } of strangersOf(site)) {
      const address = sessions[0]!.peerAddress;
      const near = nearest(address, addressesOfOthers(site, sessions), 1);
      const place = targetPlace(origin);
      report(
        place,
        {
          en: `No router, node or link here has the address ${address}${near === undefined ? '' : `; ${near} is one`}. Nobody answers ${namesOf(sessions)} there, and the session never comes up. Correct the address.`,
          'zh-cn': `这里没有任何路由器、节点或链路使用地址 ${address}${near === undefined ? '' : `；已知的相近地址是 ${near}`}。${namesOf(sessions)} 得不到应答，会话不会建立。请更正地址。`,
        },
        {
          fixes:
            near === undefined
              ? []
              : [
                  {
                    title: { en: `Change to ${near}`, 'zh-cn': `改为 ${near}` },
                    kind: 'pick',
                    edits: () => replaceScalar(place, near),
                  },
                ],
        },
      );
    }
  },
});

/** Addresses of everybody but the routers that ask. */
function addressesOfOthers(site: Site, sessions: readonly Session[]): ReadonlySet<string> {
  const asking = new Set(sessions.map(({ router }) => router));
  const { routers } = site.derive(BGP).prediction.fabric;
  const others = routers.filter((router) => !asking.has(router));
  return new Set(
    others.flatMap(({ interfaces }) =>
      interfaces.flatMap(({ addresses }) => addresses.map((text) => text.replace(/\/.*/, ''))),
    ),
  );
}
