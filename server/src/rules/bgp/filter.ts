import type { BGPFilter, BGPFilterRule } from '../../model/calico/bgp-filter.ts';
import { nearest } from '../../network/near.ts';
import { parsePrefix } from '../../network/prefix.ts';
import type { Place } from '../../syntax/document.ts';
import { removeField, replaceScalar } from '../../syntax/edit.ts';
import { defineRule, type Fix, type Report } from '../rule.ts';

export default defineRule({
  id: 'bgp/filter',
  severity: 'warning',
  docs: {
    summary: {
      en: 'A BGPPeer names a BGPFilter that does not exist, or a rule of a filter can never match.',
      'zh-cn': 'BGPPeer 引用了不存在的 BGPFilter，或过滤器中的某条规则永远不会匹配。',
    },
    why: {
      en: 'Calico refuses a peer whose filter does not exist. A rule that matches nothing is accepted silently, and the routes it was meant for pass, or are lost, by a later rule.',
      'zh-cn':
        '所引用的过滤器不存在时，Calico 会拒绝该对等体。永远不匹配的规则会被默默接受，本应由它处理的路由会按后面的规则通过或丢失。',
    },
    source: 'calico.md B17, X08; users.md M53',
  },
  each: {
    'calico/BGPFilter'(filter, { report }) {
      for (const list of ['importV4', 'exportV4', 'importV6', 'exportV6'] as const) {
        const rules = filter[list];
        for (const rule of rules) lengths(rule, report);
        unreachable(filter, list, report);
      }
    },
  },
  check({ site, report }) {
    const names = site.all('calico/BGPFilter').flatMap(({ name }) => name?.value ?? []);
    const someUnnamed = site.all('calico/BGPFilter').some(({ name }) => name?.value === undefined);
    // No filter at all in the files: they are kept elsewhere.
    if (names.length === 0 || someUnnamed) return;
    const known = new Set(names);
    for (const peer of site.all('calico/BGPPeer'))
      for (const filter of peer.filters) {
        if (filter.value === undefined || known.has(filter.value)) continue;
        const near = nearest(filter.value, known);
        report(
          filter.place,
          {
            en: `There is no BGPFilter \`${filter.value}\`${near === undefined ? '' : `; there is \`${near}\``}. Calico refuses the peer, and its session never exists. Correct the name or create the filter first.`,
            'zh-cn': `没有名为 \`${filter.value}\` 的 BGPFilter${near === undefined ? '' : `，存在 \`${near}\``}。Calico 会拒绝该对等体，会话不会存在。请更正名称，或先创建该过滤器。`,
          },
          { severity: 'error', fixes: near === undefined ? [] : [changeTo(filter.place, near)] },
        );
      }
  },
});

function changeTo(place: Place, name: string): Fix {
  return {
    title: { en: `Change to \`${name}\``, 'zh-cn': `改为 \`${name}\`` },
    kind: 'pick',
    edits: () => replaceScalar(place, name),
  };
}

/** `In 10.0.0.0/8` with lengths up to 7, or from 28 to 26, matches no prefix at all. */
function lengths({ cidr, matchOperator, minPrefixLength: min, maxPrefixLength: max }: BGPFilterRule, report: Report) {
  if (min?.value !== undefined && max?.value !== undefined && min.value > max.value) {
    const [low, high] = [max.value, min.value];
    report(
      min.place,
      {
        en: `\`min\` ${high} is greater than \`max\` ${low}: no prefix has such a length, and the rule matches nothing. Swap them.`,
        'zh-cn': `\`min\` ${high} 大于 \`max\` ${low}：没有前缀具有这样的长度，规则不会匹配任何路由。请对调。`,
      },
      {
        fixes: [
          {
            title: { en: 'Swap `min` and `max`', 'zh-cn': '对调 `min` 与 `max`' },
            kind: 'pick',
            edits: () => [...replaceScalar(min.place, low), ...replaceScalar(max.place, high)],
          },
        ],
      },
    );
    return;
  }
  const prefix = cidr?.value === undefined ? undefined : parsePrefix(cidr.value);
  if (prefix === undefined || max?.value === undefined || max.value >= prefix.length) return;
  if (matchOperator?.value !== 'In' && matchOperator?.value !== 'Equal') return;
  report(max.place, {
    en: `Everything inside ${cidr!.value} is a /${prefix.length} or longer, and \`max\` is ${max.value}: the rule matches nothing. Raise \`max\` to ${prefix.length} or more.`,
    'zh-cn': `${cidr!.value} 内的前缀长度至少为 /${prefix.length}，而 \`max\` 为 ${max.value}：规则不会匹配任何路由。请将 \`max\` 提高到 ${prefix.length} 或以上。`,
  });
}

/** The first rule that matches decides, so nothing comes past one without conditions. */
function unreachable(filter: BGPFilter, list: 'importV4' | 'exportV4' | 'importV6' | 'exportV6', report: Report) {
  const rules = filter[list];
  const catchAll = rules.findIndex(matchesAll);
  const next = catchAll === -1 ? undefined : rules[catchAll + 1];
  if (next === undefined) return;
  report(
    next.action?.place ?? next.place,
    {
      en: `Rule ${catchAll + 1} of \`${list}\` has no condition: it decides about every route, and this rule is never reached. Put it last.`,
      'zh-cn': `\`${list}\` 的第 ${catchAll + 1} 条规则没有任何条件：它决定所有路由，此规则永远不会生效。请将它放到最后。`,
    },
    {
      related: [
        {
          place: rules[catchAll]!.action?.place ?? rules[catchAll]!.place,
          message: { en: 'This matches every route.', 'zh-cn': '此规则匹配所有路由。' },
        },
      ],
      fixes:
        catchAll + 1 === rules.length - 1
          ? [
              {
                title: { en: 'Remove the rule that is never reached', 'zh-cn': '删除永远不会生效的规则' },
                kind: 'pick',
                edits: () => removeField(next.place.doc, next.place.path ?? []),
              },
            ]
          : [],
    },
  );
}

function matchesAll(rule: BGPFilterRule): boolean {
  if (rule.action?.value === undefined) return false;
  if (rule.communities.length + rule.asPathPrefix.length + rule.operations.length > 0) return false;
  return [
    rule.cidr,
    rule.matchOperator,
    rule.minPrefixLength,
    rule.maxPrefixLength,
    rule.source,
    rule.interface,
    rule.peerType,
    rule.priority,
  ].every((field) => field === undefined);
}
