import type { BgpInstance, BgpNeighbor, IncompleteLine, RouterConfig } from '../../model/router/config.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';
import { nodeAs } from './owner-as.ts';

export default defineRule({
  id: 'frr/incomplete',
  severity: 'error',
  docs: {
    summary: {
      en: 'A `neighbor` line of FRR that lacks a word.',
      'zh-cn': 'FRR 的 `neighbor` 行缺少必要的词。',
    },
    why: {
      en: 'bgpd refuses the line and goes on with the next one, so the neighbour stays without what the line was to give it: no remote AS means no session at all, and every other line about that neighbour is refused as well. `frr-reload` stops with a message about another line.',
      'zh-cn':
        'bgpd 会拒绝该行并继续处理下一行，因此邻居得不到这一行的设置：没有 remote-as 就根本没有会话，关于该邻居的其他行也会一并被拒绝。`frr-reload` 则会停下，并提示另一行的错误。',
    },
    source: 'frrouting/frr bgpd/bgp_vty.c: peer_remote_as_vty, peer_lookup_vty; vtysh -C',
  },
  check({ site, report }) {
    for (const router of site.all('router/Config')) {
      if (router.software !== 'frr') continue;
      for (const bgp of router.bgp) {
        for (const line of bgp.incomplete)
          report(line.place, MESSAGES[line.missing], { fixes: fixesFor(site, router, bgp, line) });
        if (router.partial) continue;
        for (const neighbor of bgp.neighbors) {
          if (!lacksRemoteAs(bgp, neighbor)) continue;
          const peer = neighbor.peer.value;
          report(
            neighbor.peer.place,
            {
              en: `Neighbour ${peer} has no \`remote-as\` and is in no peer group, so bgpd refuses every line about it and opens no session. Add \`neighbor ${peer} remote-as …\` above them.`,
              'zh-cn': `邻居 ${peer} 没有 \`remote-as\`，也不属于任何 peer-group，bgpd 会拒绝关于它的每一行，不会建立会话。请在这些行之前添加 \`neighbor ${peer} remote-as …\`。`,
            },
            { fixes: remoteAsLine(site, router, neighbor) },
          );
        }
      }
    }
  },
});

const MESSAGES: Readonly<Record<IncompleteLine['missing'], Text>> = {
  command: {
    en: 'This line names a neighbour and says nothing about it: bgpd refuses it. Finish or delete it.',
    'zh-cn': '此行只写了邻居，没有任何设置，bgpd 会拒绝它。请补全或删除。',
  },
  'remote-as': {
    en: '`remote-as` has no AS number: bgpd refuses the line, and the neighbour gets no session. Write the number, `internal` or `external`.',
    'zh-cn': '`remote-as` 后没有 AS 号，bgpd 会拒绝此行，邻居不会建立会话。请写上 AS 号、`internal` 或 `external`。',
  },
  'peer-group': {
    en: 'The last word is a peer group, and the word `peer-group` is missing before it: bgpd refuses the line and the neighbour gets none of the group’s settings. Insert it.',
    'zh-cn': '最后一个词是对等体组，但前面缺少 `peer-group`：bgpd 会拒绝此行，邻居得不到该组的任何设置。请补上。',
  },
  direction: {
    en: 'The filter has no direction: bgpd refuses the line and filters nothing. End it with `in` or `out`.',
    'zh-cn': '过滤器没有方向，bgpd 会拒绝此行，不会过滤任何路由。请在行尾加上 `in` 或 `out`。',
  },
};

/** Interfaces get their remote AS in several ways; an address only by its own line or by a group that is known here. */
function lacksRemoteAs(bgp: BgpInstance, neighbor: BgpNeighbor): boolean {
  if (neighbor.sort !== 'address' || neighbor.peer.value === undefined) return false;
  if (neighbor.remoteAs !== undefined || neighbor.peerGroup !== undefined) return false;
  const words = neighbor.peer.value;
  // A line of its own already says what is missing.
  return !bgp.incomplete.some(({ place }) => lineOf(place.doc.text, place.span).split(/\s+/)[1] === words);
}

function lineOf(text: string, span: readonly [number, number] | undefined): string {
  return span === undefined ? '' : text.slice(span[0], span[1]);
}

function fixesFor(site: Site, router: RouterConfig, bgp: BgpInstance, line: IncompleteLine): readonly Fix[] {
  const { span } = line.place;
  if (span === undefined) return [];
  const words = lineOf(router.doc.text, span);
  const append = (text: string): Fix => ({
    title: { en: `Add \`${text}\``, 'zh-cn': `添加 \`${text}\`` },
    kind: 'pick',
    edits: () => [{ doc: router.doc, span: [span[1], span[1]], text: ` ${text}` }],
  });
  switch (line.missing) {
    case 'direction':
      return [append('in'), append('out')];
    case 'peer-group': {
      const at = span[0] + words.lastIndexOf(' ') + 1;
      return [
        {
          title: { en: 'Insert `peer-group`', 'zh-cn': '插入 `peer-group`' },
          kind: 'pick',
          edits: () => [{ doc: router.doc, span: [at, at], text: 'peer-group ' }],
        },
      ];
    }
    case 'remote-as': {
      const asn = nodeAs(site, words.split(/\s+/)[1] ?? '');
      return [
        ...(asn === undefined ? [] : [append(String(asn))]),
        ...(bgp.asn?.value === undefined || asn !== undefined ? [] : [append('internal'), append('external')]),
      ];
    }
    default:
      return [];
  }
}

function remoteAsLine(site: Site, router: RouterConfig, neighbor: BgpNeighbor): readonly Fix[] {
  const asn = nodeAs(site, neighbor.peer.value ?? '');
  const first = neighbor.place.span;
  if (asn === undefined || first === undefined) return [];
  const { text } = router.doc;
  const start = text.lastIndexOf('\n', first[0] - 1) + 1;
  const line = `neighbor ${neighbor.peer.value} remote-as ${asn}`;
  return [
    {
      title: { en: `Add \`${line}\``, 'zh-cn': `添加 \`${line}\`` },
      kind: 'pick',
      edits: () => [{ doc: router.doc, span: [start, start], text: `${text.slice(start, first[0])}${line}\n` }],
    },
  ];
}
