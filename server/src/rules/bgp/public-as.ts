import type { Field } from '../../syntax/document.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/public-as',
  severity: 'hint',
  docs: {
    summary: {
      en: 'A router or node uses an AS number that is public and not declared in `selvage.yaml`.',
      'zh-cn': '路由器或节点使用了公有 AS 号，且未在 `selvage.yaml` 中声明。',
    },
    why: {
      en: 'A public number belongs to somebody. In a closed lab it does no harm; where the fabric meets the Internet, the real owner’s routes are dropped as loops.',
      'zh-cn': '公有 AS 号归他人所有。在封闭的实验环境中无害；一旦网络与互联网相连，真正所有者的路由会被当作环路丢弃。',
    },
    source: 'RFC 6996 (private), RFC 5398 (documentation)',
  },
  check({ site, report }) {
    const declared = new Set(site.settings.asns.values());
    const byNumber = new Map<number, Field<number>[]>();
    for (const field of ownNumbers(site)) {
      const { value } = field;
      if (value === undefined || isFree(value) || declared.has(value)) continue;
      const list = byNumber.get(value);
      if (list === undefined) byNumber.set(value, [field]);
      else list.push(field);
    }
    for (const [asn, [first, ...others]] of byNumber)
      report(
        first!.place,
        {
          en: `AS ${asn} is a public number. Unless it is yours, use 64512–65534 or 4200000000–4294967294; if it is right, name it under \`asns\` in selvage.yaml.`,
          'zh-cn': `AS ${asn} 是公有号码。除非归你所有，否则请使用 64512–65534 或 4200000000–4294967294；若确实正确，请在 selvage.yaml 的 \`asns\` 中声明。`,
        },
        {
          related: others.slice(0, 4).map(({ place }) => ({
            place,
            message: { en: 'It is used here, too.', 'zh-cn': '此处也使用了它。' },
          })),
        },
      );
  },
});

/** Where the site says its own AS numbers; those of neighbours may well be a provider's. */
function* ownNumbers(site: Site): Generator<Field<number>> {
  for (const { bgp } of site.all('router/Config'))
    for (const { asn, vrf } of bgp) if (asn !== undefined && vrf === undefined) yield asn;
  for (const { asNumber } of site.all('calico/BGPConfiguration')) if (asNumber !== undefined) yield asNumber;
  for (const { asNumber } of site.all('calico/Node')) if (asNumber !== undefined) yield asNumber;
}

/** Private, for documentation, or no usable number at all, which is another matter. */
function isFree(asn: number): boolean {
  return asn === 0 || asn === 23456 || (asn >= 64496 && asn <= 65551) || asn >= 4200000000;
}
