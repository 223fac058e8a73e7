import { familyActive } from '../../model/router/defaults.ts';
import { effectiveNeighbor } from '../../model/router/effective.ts';
import {
  type BgpInstance,
  type BgpNeighbor,
  type Family,
  insertionText,
  type RouterConfig,
} from '../../model/router/router.ts';
import type { Edit } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

/** Other families may carry the session: EVPN, VPN and flow specification are not modelled, so nothing is said of them. */
const OTHER_FAMILIES =
  /l2vpn|evpn|vpnv?[46]|labeled-unicast|flowspec|ipv[46] (multicast|vpn)|address-family (?!ipv[46]( unicast)?[ \t]*\r?$|\{)\S/m;

export default defineRule({
  id: 'bgp/family-not-active',
  severity: 'error',
  docs: {
    summary: {
      en: 'A neighbour has no address family in which routes could be exchanged.',
      'zh-cn': '邻居没有任何可用于交换路由的地址族。',
    },
    why: {
      en: 'VyOS activates only the families that a neighbour has a block for, and FRR none after `no bgp default ipv4-unicast`. Such a neighbour does not even appear in the summary: the session never comes up.',
      'zh-cn':
        'VyOS 只激活邻居下写明的地址族；FRR 在 `no bgp default ipv4-unicast` 之后不激活任何地址族。这样的邻居甚至不会出现在摘要中：会话不会建立。',
    },
    source: 'observed on FRR (lab A16, B11); vyos-1x bgpd.frr.j2',
  },
  each: {
    'router/Config'(router, { report }) {
      if (OTHER_FAMILIES.test(router.doc.text)) return;
      for (const bgp of router.bgp)
        for (const neighbor of bgp.neighbors) {
          if (effectiveNeighbor(bgp, neighbor).shutdown?.value === true || neighbor.peer.value === undefined) continue;
          if (
            familyActive(router, bgp, neighbor, 'ipv4') !== 'no' ||
            familyActive(router, bgp, neighbor, 'ipv6') !== 'no'
          )
            continue;
          // A link with IPv6 next hops carries either; an address says which one is meant.
          const family = neighbor.peer.value.includes(':') ? 'ipv6' : 'ipv4';
          const name = family === 'ipv6' ? 'IPv6' : 'IPv4';
          const edits = activation(router, bgp, neighbor, family);
          report(
            neighbor.peer.place,
            {
              en: `Neighbour ${neighbor.peer.value} is active in no address family, so its session never comes up. ${router.software === 'vyos' ? 'Give it an `address-family` block.' : `Activate it in \`address-family ${family} unicast\`.`}`,
              'zh-cn': `邻居 ${neighbor.peer.value} 未在任何地址族中激活，会话不会建立。${router.software === 'vyos' ? '请为其添加 `address-family` 块。' : `请在 \`address-family ${family} unicast\` 中激活它。`}`,
            },
            {
              fixes:
                edits === undefined
                  ? []
                  : [
                      {
                        title: { en: `Activate ${name} unicast for it`, 'zh-cn': `为其激活 ${name} 单播` },
                        kind: 'pick',
                        edits: () => edits,
                      },
                    ],
            },
          );
        }
    },
  },
});

function activation(
  router: RouterConfig,
  bgp: BgpInstance,
  neighbor: BgpNeighbor,
  family: Family,
): readonly Edit[] | undefined {
  if (router.software === 'vyos') {
    const at = neighbor.insertion;
    if (at === undefined) return undefined;
    return [
      {
        doc: router.doc,
        span: at.place.span ?? [0, 0],
        text: insertionText(at, ['address-family {', `    ${family}-unicast {`, '    }', '}']),
      },
    ];
  }
  const line = `neighbor ${neighbor.peer.value} activate`;
  const block = bgp.families[family]?.end;
  if (block !== undefined)
    return [{ doc: router.doc, span: block.place.span ?? [0, 0], text: insertionText(block, [line]) }];
  if (bgp.end === undefined) return undefined;
  return [
    {
      doc: router.doc,
      span: bgp.end.place.span ?? [0, 0],
      text: insertionText(bgp.end, [`address-family ${family} unicast`, ` ${line}`, 'exit-address-family']),
    },
  ];
}
