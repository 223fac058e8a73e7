import { BGP } from '../../assembly/bgp.ts';
import { type Failure, failuresOf, namesOf, targetPlace } from '../../assembly/bgp-failures.ts';
import { routerOrigin } from '../../assembly/bgp-origins.ts';
import { ownAs } from '../../assembly/bgp-own-as.ts';
import { insertionText } from '../../model/router/config.ts';
import type { Session } from '../../network/bgp/types.ts';
import type { Edit } from '../../syntax/edit.ts';
import { defineRule, type Fix, type Related } from '../rule.ts';

export default defineRule({
  id: 'bgp/half-open',
  severity: 'error',
  docs: {
    summary: {
      en: 'One side of a session has no neighbour statement for the other.',
      'zh-cn': '会话的一端没有针对另一端的邻居配置。',
    },
    why: {
      en: 'A router refuses connections from addresses that it does not know as neighbours. The session stays down however long one waits.',
      'zh-cn': '路由器会拒绝来自未配置为邻居的地址的连接。无论等待多久，会话都不会建立。',
    },
    source: 'observed on FRR and BIRD (lab B10); users.md M42',
  },
  check({ site, report }) {
    const { topology } = site.derive(BGP).prediction;
    for (const failure of failuresOf(site, 'half-open')) {
      // A node that nobody peers with at all has that one cause, and another rule tells it.
      const sessions = failure.sessions.filter(
        ({ peer }) => peer !== undefined && (peer.kind !== 'calico' || topology.hasNeighbours(peer)),
      );
      const [first] = sessions;
      if (first?.peer === undefined) continue;
      const peers = [...new Set(sessions.map(({ peer }) => peer!.name))].join(', ');
      // A session on an interface has no address to tell.
      const addresses = [...new Set(sessions.flatMap(({ localAddress }) => localAddress ?? []))].join(', ');
      const names = namesOf(sessions);
      report(
        targetPlace(failure.origin),
        {
          en: `${peers} has no neighbour statement for ${addresses === '' ? names : `${addresses} (${names})`} and refuses the connection. Add it there, or remove it here.`,
          'zh-cn': `${peers} 没有针对 ${addresses === '' ? ` ${names} ` : ` ${addresses}（${names}）`}的邻居配置，会拒绝连接。请在对端添加，或在此处删除。`,
        },
        { related: sessions.flatMap(otherEnd).slice(0, 4), fixes: statementFixes(failure, sessions) },
      );
    }
  },
});

/** Where the missing statement belongs. */
function otherEnd({ peer, router }: Session): readonly Related[] {
  const place = peer === undefined ? undefined : ownAs(peer)?.place;
  if (place === undefined) return [];
  return [
    {
      place,
      message: {
        en: `A neighbour statement for ${router.name} belongs here.`,
        'zh-cn': `此处应有针对 ${router.name} 的邻居配置。`,
      },
    },
  ];
}

function statementFixes(_failure: Failure, sessions: readonly Session[]): readonly Fix[] {
  const [first] = sessions;
  const bgp =
    first?.peer === undefined ? undefined : routerOrigin(first.peer).routerConfigs.flatMap((config) => config.bgp)[0];
  const config = first?.peer === undefined ? undefined : routerOrigin(first.peer).routerConfigs[0];
  const target = bgp?.insertion;
  if (config === undefined || target === undefined) return [];
  const lines = sessions.flatMap(({ localAddress, localAs }) => {
    if (localAddress === undefined || localAs === undefined) return [];
    return config.software === 'frr'
      ? [`neighbor ${localAddress} remote-as ${localAs}`]
      : [
          `neighbor ${localAddress} {`,
          '    address-family {',
          '        ipv4-unicast {',
          '        }',
          '    }',
          `    remote-as ${localAs}`,
          '}',
        ];
  });
  if (lines.length === 0) return [];
  const edits = (): readonly Edit[] => [
    { doc: config.doc, span: target.place.span ?? [0, 0], text: insertionText(target, lines) },
  ];
  return [
    {
      title: {
        en: `Add the neighbour statement to ${first!.peer!.name}`,
        'zh-cn': `在 ${first!.peer!.name} 上添加邻居配置`,
      },
      kind: 'pick',
      edits,
    },
  ];
}
