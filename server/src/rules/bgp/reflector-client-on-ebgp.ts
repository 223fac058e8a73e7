import { failuresOf } from '../../assembly/bgp-failures.ts';
import { effectiveNeighbor, sessionType } from '../../model/router/effective.ts';
import { removeLines } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/reflector-client-on-ebgp',
  severity: 'error',
  docs: {
    summary: {
      en: 'A neighbour of another AS is made a reflector client.',
      'zh-cn': '把其他 AS 的邻居设为路由反射客户端。',
    },
    why: {
      en: 'Reflection is about iBGP: eBGP passes everything on anyway. FRR refuses the line, VyOS the whole commit, and BIRD the whole file.',
      'zh-cn':
        '路由反射只适用于 iBGP；eBGP 本来就会转发所有路由。FRR 会拒绝该行，VyOS 会拒绝整个提交，BIRD 会拒绝整个文件。',
    },
    source: 'FRR bgpd peer_af_flag_modify: “Not an internal neighbor”; spiderpool.md S77',
  },
  check({ site, report }) {
    // Where the AS number of the neighbour is the slip, that is told.
    const mistaken = new Set(
      failuresOf(site, 'as-mismatch').flatMap(({ origin }) => (origin.kind === 'router' ? [origin.neighbor] : [])),
    );
    for (const { bgp: instances, software } of site.all('router/Config'))
      for (const bgp of instances)
        for (const neighbor of bgp.neighbors) {
          if (sessionType(bgp, neighbor) !== 'ebgp' || mistaken.has(neighbor)) continue;
          if (bgp.confederationId !== undefined) continue;
          const { remoteAs } = effectiveNeighbor(bgp, neighbor);
          for (const family of Object.values(neighbor.families)) {
            const client = family.routeReflectorClient;
            if (client?.value !== true) continue;
            const theirs = typeof remoteAs?.value === 'number' ? ` ${remoteAs.value}` : '';
            report(
              client.place,
              {
                en: `${neighbor.peer.value} is in another AS${theirs} than this router (${bgp.asn?.value}), so it cannot be a reflector client. ${REFUSAL[software].en} Remove it, or correct the AS number.`,
                'zh-cn': `${neighbor.peer.value} 所在的 AS${theirs} 与本路由器（${bgp.asn?.value}）不同，不能作为路由反射客户端。${REFUSAL[software]['zh-cn']}请删除该行，或更正 AS 号。`,
              },
              {
                ...(remoteAs !== undefined && {
                  related: [
                    {
                      place: remoteAs.place,
                      message: { en: 'Its AS number.', 'zh-cn': '其 AS 号。' },
                    },
                  ],
                }),
                // Other statements of BIRD's may stand on the same line.
                fixes:
                  software === 'bird'
                    ? []
                    : [
                        {
                          title: { en: 'Remove the line', 'zh-cn': '删除该行' },
                          kind: 'safe',
                          edits: () => removeLines(client.place.doc, client.place.span ?? [0, 0]),
                        },
                      ],
              },
            );
          }
        }
  },
});

const REFUSAL = {
  frr: { en: 'FRR refuses the line.', 'zh-cn': 'FRR 会拒绝该行。' },
  vyos: { en: 'The commit fails.', 'zh-cn': '提交会失败。' },
  bird: { en: 'BIRD refuses the whole file.', 'zh-cn': 'BIRD 会拒绝整个文件。' },
} as const;
