import type { InterfaceMtu } from '../../assembly/interfaces.ts';
import { endName, SEGMENTS, type SegmentEnd } from '../../assembly/links.ts';
import { insertLineAfter, replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

export default defineRule({
  id: 'fabric/mtu-mismatch',
  severity: 'warning',
  docs: {
    summary: {
      en: 'The two ends of a link have different MTUs.',
      'zh-cn': '链路两端的 MTU 不同。',
    },
    why: {
      en: 'Small packets pass, so pings work and BGP comes up; a full-size packet from the larger end is dropped by the smaller one without a word. OSPF does not come up at all.',
      'zh-cn':
        '小报文可以通过，因此 ping 正常、BGP 也能建立；而较大一端发出的满长报文会被较小一端悄悄丢弃。OSPF 则根本无法建立邻居。',
    },
    source: 'Ethernet has no path MTU discovery; VyOS uses 1500 where no mtu is set (vyos-1x interface definitions)',
  },
  check({ site, report }) {
    for (const segment of site.derive(SEGMENTS).all) {
      const known = segment.ends.flatMap((end) => {
        const { mtu, shutdown, enslaved } = end.interface;
        return mtu === undefined || shutdown || enslaved ? [] : [{ end, mtu }];
      });
      if (new Set(known.map(({ mtu }) => mtu.value)).size < 2) continue;
      for (const { end, mtu } of known) {
        const others = known.filter((other) => other.mtu.value !== mtu.value);
        const [other] = others;
        // The link's own `mtu:` is one token for both ends; the end that departs from it is the one to report.
        if (other === undefined || mtu.source === 'link') continue;
        const effect =
          mtu.value > other.mtu.value
            ? {
                en: `Full-size packets towards \`${other.end.host.name}\` are lost there, while small ones pass.`,
                'zh-cn': `发往 \`${other.end.host.name}\` 的满长报文会在那里丢失，小报文则能通过。`,
              }
            : {
                en: `Full-size packets from \`${other.end.host.name}\` are lost here, while small ones pass.`,
                'zh-cn': `来自 \`${other.end.host.name}\` 的满长报文会在此丢失，小报文则能通过。`,
              };
        const own = mtu.source === 'vyos default' ? MTU_BY_DEFAULT : { en: '', 'zh-cn': '' };
        report(
          mtu.place,
          {
            en: `\`${endName(end)}\` has an MTU of ${mtu.value}${own.en}, \`${endName(other.end)}\` at the other end one of ${other.mtu.value}. ${effect.en} Give both ends the same.`,
            'zh-cn': `\`${endName(end)}\` 的 MTU 为 ${mtu.value}${own['zh-cn']}，对端 \`${endName(other.end)}\` 为 ${other.mtu.value}。${effect['zh-cn']}请让两端一致。`,
          },
          {
            related: others.map(({ end: far, mtu: theirs }) => ({
              place: theirs.place,
              message: {
                en: `\`${endName(far)}\`: ${theirs.value}`,
                'zh-cn': `\`${endName(far)}\`：${theirs.value}`,
              },
            })),
            fixes: fixTo(end, mtu, other.mtu.value),
          },
        );
      }
    }
  },
});

const MTU_BY_DEFAULT = { en: ', the default of VyOS', 'zh-cn': '（VyOS 默认值）' };

function fixTo(end: SegmentEnd, mtu: InterfaceMtu, value: number): readonly Fix[] {
  const title = {
    en: `Set the MTU of \`${endName(end)}\` to ${value}`,
    'zh-cn': `将 \`${endName(end)}\` 的 MTU 设为 ${value}`,
  };
  if (mtu.source !== 'vyos default')
    return [{ title, kind: 'pick', edits: () => replaceScalar(mtu.place, String(value)) }];
  const { doc, span } = mtu.place;
  const opensBlock = span !== undefined && /^[^\n]*\{[ \t]*\r?(\n|$)/.test(doc.text.slice(span[1]));
  if (span === undefined || !opensBlock) return [];
  return [{ title, kind: 'pick', edits: () => insertLineAfter(doc, span, `mtu ${value}`, '    ') }];
}
