/** containerlab: the few choices of words that it refuses and that no rule of the catalogue owns. */
import type { Plain } from '../../syntax/plain.ts';
import { nearest } from '../nearest.ts';
import { text } from '../problem.ts';
import type { Constraint } from './constraint.ts';
import { listAt, textAt } from './read.ts';

const LINK_TYPES = ['veth', 'veth-stitch', 'mgmt-net', 'host', 'macvlan', 'vxlan', 'vxlan-stitch', 'dummy', 'brief'];
const MACVLAN_MODES = ['bridge', 'vepa', 'passthru', 'private', 'source'];

export const topologyConstraints: readonly Constraint[] = [
  {
    check(topology, report) {
      for (const [index, link] of listAt(topology, 'topology', 'links').entries())
        for (const [field, allowed] of [
          ['type', LINK_TYPES],
          ['mode', MACVLAN_MODES],
        ] as const) {
          const value = textAt(link as Plain, field);
          // Case and surrounding blanks do not count for types.
          if (value === undefined || value === '' || allowed.includes(value.trim().toLowerCase())) continue;
          const near = nearest(value, allowed);
          const list = allowed.map((each) => `\`${each}\``).join(', ');
          report(
            ['topology', 'links', index, field],
            text(
              `\`${value}\` is not a ${field} of links: ${list}. containerlab refuses the topology.`,
              `链路的 \`${field}\` 不能为 \`${value}\`，可用值：${list}。containerlab 会拒绝该拓扑。`,
            ),
            { code: 'schema/enum', ...(near === undefined ? {} : { fix: { kind: 'replace-value', to: near } }) },
          );
        }
    },
  },
];
