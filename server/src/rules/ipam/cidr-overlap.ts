import { ADDRESS_PLAN, type PlannedRange, type RangeUse } from '../../assembly/address-plan.ts';
import { overlappingPairs } from '../../network/overlap.ts';
import { formatPrefix, nextFree, parsePrefix } from '../../network/prefix-space.ts';
import { type Range, rangeWithin } from '../../network/range.ts';
import { replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Which of two uses gives way: the range that is easiest to change is the one to report. */
const GIVES_WAY: readonly RangeUse[] = ['services', 'pods', 'management', 'nodes'];

export default defineRule({
  id: 'ipam/cidr-overlap',
  severity: 'error',
  docs: {
    summary: {
      en: 'Ranges for different things overlap: pods, services, nodes and links, management, Docker’s bridge, named networks.',
      'zh-cn': '不同用途的网段重叠：Pod、Service、节点与链路、管理网络、Docker 网桥、已命名网络。',
    },
    why: {
      en: 'An address that is in two ranges goes one way only. kube-proxy rewrites packets for a service range wherever they are meant to go, and a connected subnet always beats a learned route: one of the two becomes unreachable, mostly only from some places.',
      'zh-cn':
        '同时属于两个网段的地址只会走其中一条路。kube-proxy 会改写发往 Service 网段的报文，无论其本来去向；直连子网总是优先于学到的路由：二者之一会变得不可达，而且往往只在某些位置出现。',
    },
    source: 'users.md M4, M51; spiderpool.md S16, S31, S38, S85',
  },
  check({ site, report }) {
    const plan = site.derive(ADDRESS_PLAN);
    const said = new Set<PlannedRange>();
    for (const [one, other] of overlappingPairs(plan.map((owner) => ({ owner, range: owner.range })))) {
      const pair = inOrder(one.owner, other.owner);
      if (pair === undefined) continue;
      const [here, there] = pair;
      if (here.field === undefined || said.has(here)) continue;
      said.add(here);
      report(
        here.field.place,
        {
          en: `${here.text} (${here.owner.en}) overlaps ${there.text} of ${there.owner.en}. Packets for the shared addresses reach only one of the two. Use a range that nothing else has.`,
          'zh-cn': `${here.text}（${here.owner['zh-cn']}）与${there.owner['zh-cn']}的 ${there.text} 重叠。发往公共地址的报文只能到达其中一方。请使用无人占用的网段。`,
        },
        {
          ...(there.field && {
            related: [
              {
                place: there.field.place,
                message: {
                  en: `${there.text} belongs to ${there.owner.en}.`,
                  'zh-cn': `${there.text} 属于${there.owner['zh-cn']}。`,
                },
              },
            ],
          }),
          fixes: freeRange(
            here,
            plan.map((range) => range.range),
          ),
        },
      );
    }
  },
});

/** The pair with the range to report first; undefined when the two may overlap. */
function inOrder(one: PlannedRange, other: PlannedRange): readonly [PlannedRange, PlannedRange] | undefined {
  if (one.use === other.use || mayOverlap(one, other) || mayOverlap(other, one)) return undefined;
  const first = GIVES_WAY.indexOf(one.use);
  const second = GIVES_WAY.indexOf(other.use);
  if (first === -1 && second === -1) return undefined;
  return second === -1 || (first !== -1 && first < second) ? [one, other] : [other, one];
}

function mayOverlap(one: PlannedRange, other: PlannedRange): boolean {
  // A disabled pool gives out nothing; it marks a range of others as not to be translated, or to be announced.
  if (one.disabled === true) return true;
  // A name says what a range is for, and may stand for it or for the site it lies in; only what lies inside is another's.
  if (other.use === 'named')
    return one.use === 'nodes' || one.use === 'management' || !isStrictlyWithin(other.range, one.range);
  // A management network beside Docker's own is the lab's affair: clab/mgmt-overlap.
  if (one.use === 'docker') return other.use === 'management';
  // Docker's bridge is on the host; a machine of a lab is not on it, and neither sees the other.
  return one.use === 'nodes' && (other.use === 'management' || other.use === 'docker');
}

function isStrictlyWithin(inner: Range, outer: Range): boolean {
  return rangeWithin(inner, outer) && !rangeWithin(outer, inner);
}

/** The first private range of the same size that nothing of the site has. */
function freeRange(here: PlannedRange, taken: readonly Range[]): readonly Fix[] {
  const prefix = parsePrefix(here.text);
  if (prefix === undefined || here.field?.value !== here.text) return [];
  const free = nextFree(prefix, taken);
  if (free === undefined) return [];
  const text = formatPrefix(free);
  const { place } = here.field;
  return [
    {
      title: { en: `Use ${text}, which is free`, 'zh-cn': `改用空闲的 ${text}` },
      kind: 'pick',
      edits: () => replaceScalar(place, text),
    },
  ];
}
