import { ADDRESS_PLAN, type PlannedRange } from '../../assembly/address-plan.ts';
import { POOLS } from '../../assembly/pools.ts';
import { parsePrefix } from '../../network/prefix.ts';
import { rangeWithin } from '../../network/range.ts';
import { isPublic } from '../../network/special.ts';
import type { Text } from '../../text.ts';
import { defineRule, type Related } from '../rule.ts';

/** Who really owns public addresses for pods gives out a few; a mistyped private range is a large one. */
const SMALLEST = 20;

export default defineRule({
  id: 'ipam/public-range',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A pod or Service range is in public address space.',
      'zh-cn': 'Pod 或 Service 网段位于公网地址空间。',
    },
    why: {
      en: 'These addresses belong to somebody in the Internet. From the cluster that part of the Internet is out of reach, and without NAT its owner gets the answers to your packets.',
      'zh-cn': '这些地址在互联网上属于他人。集群将无法访问那部分互联网；若没有 NAT，对您报文的应答会发给其所有者。',
    },
    source: 'RFC 1918, RFC 6890; users.md M52',
  },
  check({ site, report }) {
    const plan = site.derive(ADDRESS_PLAN);
    const named = plan.filter(({ use }) => use === 'named');
    const translated = new Set(
      site.derive(POOLS).enabled.flatMap(({ natOutgoing, cidr }) => (natOutgoing === true ? [cidr] : [])),
    );
    const said: PlannedRange[] = [];
    for (const one of plan) {
      const prefix = parsePrefix(one.text);
      if ((one.use !== 'pods' && one.use !== 'services') || one.disabled === true || one.field === undefined) continue;
      if (prefix === undefined || !isPublic(prefix)) continue;
      if (one.isPool === true && prefix.length > SMALLEST && !translated.has(one.field)) continue;
      // A range that the site gives a name is its own.
      if (named.some(({ range }) => rangeWithin(one.range, range))) continue;
      if (said.some(({ range }) => rangeWithin(one.range, range))) continue;
      said.push(one);
      report(one.field.place, messageOf(one), { related: otherPlaces(one, plan) });
    }
  },
});

function messageOf({ text, owner }: PlannedRange): Text {
  const hint = hintOf(text);
  return {
    en: `${text} (${owner.en}) is public address space${hint.en}. Whoever owns it in the Internet cannot be reached from here. Use a private range.`,
    'zh-cn': `${text}（${owner['zh-cn']}）属于公网地址${hint['zh-cn']}。从这里将无法访问其真正的所有者。请使用私有网段。`,
  };
}

/** Private ranges that are often remembered as larger than they are. */
function hintOf(text: string): Text {
  if (text.startsWith('172.'))
    return {
      en: '; of 172.0.0.0/8 only 172.16.0.0 to 172.31.255.255 is private',
      'zh-cn': '；172.0.0.0/8 中只有 172.16.0.0 至 172.31.255.255 是私有地址',
    };
  if (text.startsWith('192.'))
    return {
      en: '; of 192.0.0.0/8 only 192.168.0.0/16 is private',
      'zh-cn': '；192.0.0.0/8 中只有 192.168.0.0/16 是私有地址',
    };
  return { en: '', 'zh-cn': '' };
}

/** The other statements of the same range. */
function otherPlaces(one: PlannedRange, plan: readonly PlannedRange[]): readonly Related[] {
  return plan
    .filter((other) => other !== one && other.use === one.use && rangeWithin(other.range, one.range))
    .flatMap(({ field, text, owner }): readonly Related[] =>
      field === undefined
        ? []
        : [
            {
              place: field.place,
              message: { en: `${text}, ${owner.en}`, 'zh-cn': `${text}，${owner['zh-cn']}` },
            },
          ],
    )
    .slice(0, 5);
}
