import type { TopologyLink } from '../../model/containerlab/link.ts';
import { parsePrefixOrAddress } from '../../network/prefix.ts';
import type { Field } from '../../syntax/document.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'clab/link-address',
  severity: 'error',
  docs: {
    summary: {
      en: 'An address of a link is no prefix, of the other family, or one too many.',
      'zh-cn': '链路上的地址不是前缀形式、地址族不符，或数量过多。',
    },
    why: {
      en: '`ipv4` and `ipv6` of a link hold one interface address with its prefix length for each end. containerlab refuses the topology for any other text.',
      'zh-cn': '链路的 `ipv4` 与 `ipv6` 为每一端各写一个带前缀长度的接口地址。其他写法会导致 containerlab 拒绝该拓扑。',
    },
    source: 'srl-labs/containerlab links/link.go parseVarIPBrief, links/endpoint_raw.go',
  },
  each: {
    'containerlab/Topology'(topology, { report }) {
      for (const link of topology.links)
        for (const family of [4, 6] as const) {
          for (const field of addressesOf(link, family)) checkAddress(field, family, report);
          const list = family === 4 ? link.ipv4 : link.ipv6;
          const [excess] = list.slice(2);
          if (excess !== undefined && link.form === 'brief')
            report(excess.place, {
              en: `A link has two ends and so at most two addresses of a family; this is the third. containerlab refuses the topology.`,
              'zh-cn': `链路只有两端，每个地址族最多两个地址，这是第三个。containerlab 会拒绝该拓扑。`,
            });
        }
    },
  },
});

/** Each address once, whether it is written in the link's list or at the end. */
function addressesOf({ ipv4, ipv6, endpoints }: TopologyLink, family: 4 | 6): readonly Field<string>[] {
  const list = family === 4 ? ipv4 : ipv6;
  const own = endpoints.flatMap((end) => (family === 4 ? end.ipv4 : end.ipv6) ?? []);
  return [...list, ...own.filter((field) => !list.includes(field))];
}

function checkAddress(field: Field<string>, family: 4 | 6, report: Report): void {
  const { value, place } = field;
  if (value === undefined || value === '') return;
  const prefix = parsePrefixOrAddress(value);
  if (prefix !== undefined && value.includes('/') && prefix.family === family) return;
  if (prefix !== undefined && prefix.family !== family)
    report(place, {
      en: `\`${value}\` is an IPv${prefix.family} address under \`ipv${family}\`. containerlab refuses the topology. Move it to \`ipv${prefix.family}\`.`,
      'zh-cn': `\`${value}\` 是 IPv${prefix.family} 地址，却写在 \`ipv${family}\` 下，containerlab 会拒绝该拓扑。请移到 \`ipv${prefix.family}\`。`,
    });
  else
    report(place, {
      en: `\`${value}\` is no IPv${family} address with a prefix length, such as \`${family === 4 ? '192.0.2.1/30' : '2001:db8::1/64'}\`. containerlab refuses the topology.`,
      'zh-cn': `\`${value}\` 不是带前缀长度的 IPv${family} 地址（例如 \`${family === 4 ? '192.0.2.1/30' : '2001:db8::1/64'}\`），containerlab 会拒绝该拓扑。`,
    });
}
