import { ADDRESS_PLAN, type PlannedRange } from '../../assembly/address-plan.ts';
import { MENTIONED_NETWORKS } from '../../assembly/pools-mentions.ts';
import { slipsOf } from '../../network/misprint.ts';
import { formatPrefix, type Prefix, parsePrefix } from '../../network/prefix.ts';
import { type Range, rangeOf, rangesOverlap } from '../../network/range.ts';
import { isPublic } from '../../network/special.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineDerivation } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'ipam/cidr-near-miss',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A network that nothing here has is one slip away from one that is known.',
      'zh-cn': '某个网段不属于任何已知网络，却与一个已知网段仅差一处笔误。',
    },
    why: {
      en: 'A rule, a route or a filter for `110.1.3.0/24` is accepted and does nothing for `10.1.3.0/24`: packets that were meant take the other way, and a part of the Internet takes this one.',
      'zh-cn':
        '针对 `110.1.3.0/24` 的规则、路由或过滤器会被接受，但对 `10.1.3.0/24` 毫无作用：本应匹配的报文走了别的路径，而互联网上的一部分地址却被误匹配。',
    },
    source: 'spiderpool.md S36, from an article on office routing',
  },
  yieldsTo: ['ipam/host-bits'],
  check({ site, report }) {
    const known = site.derive(KNOWN_NETWORKS);
    if (known.size === 0) return;
    for (const { text, prefix, fields } of site.derive(MENTIONED_NETWORKS)) {
      const meant = known.has(text) ? undefined : nearest(prefix, known);
      // What several files say is no slip.
      if (meant === undefined || new Set(fields.map(({ place }) => place.doc.file)).size > 1) continue;
      const range = rangeOf(prefix);
      if ([...known.values()].some((other) => rangesOverlap(other.range, range))) continue;
      const network = networkText(meant.range, meant.text);
      for (const { place } of fields)
        report(
          place,
          {
            en: `Nothing here is in ${text}, and ${network} is ${meant.owner.en}: is that what is meant? As it stands, this says nothing about ${network}.`,
            'zh-cn': `${text} 不属于这里的任何网络，而 ${network} 是${meant.owner['zh-cn']}：是否本想写它？目前的写法对 ${network} 不起作用。`,
          },
          {
            ...(meant.field && {
              related: [
                {
                  place: meant.field.place,
                  message: {
                    en: `${meant.text}, ${meant.owner.en}`,
                    'zh-cn': `${meant.text}，${meant.owner['zh-cn']}`,
                  },
                },
              ],
            }),
            fixes: [
              {
                title: { en: `Change to ${network}`, 'zh-cn': `改为 ${network}` },
                kind: 'pick',
                edits: () => replaceScalar(place, network),
              },
            ],
          },
        );
    }
  },
});

/** The IPv4 networks of the plan by their text without host bits. */
const KNOWN_NETWORKS = defineDerivation(
  'known networks',
  (site): ReadonlyMap<string, PlannedRange> =>
    new Map(
      site
        .derive(ADDRESS_PLAN)
        .filter(({ range }) => range.family === 4)
        .map((one) => [networkText(one.range, one.text), one]),
    ),
);

function networkText({ family, first }: Range, text: string): string {
  const prefix = parsePrefix(text);
  return prefix === undefined ? text : formatPrefix({ family, address: first, length: prefix.length });
}

function nearest(written: Prefix, known: ReadonlyMap<string, PlannedRange>): PlannedRange | undefined {
  for (const network of slipsOf(written)) {
    const meant = known.get(network);
    if (meant !== undefined && !isPublic(parsePrefix(network)!)) return meant;
  }
  return undefined;
}
