import type { BgpNeighbor, Family, RouterConfig } from '../../model/router/router.ts';
import { nearest } from '../../network/near.ts';
import type { Field } from '../../syntax/document.ts';
import { replaceText } from '../../syntax/edit.ts';
import { defineRule, type Fix } from '../rule.ts';

type ListKind = 'route-map' | 'prefix-list' | 'filter-list' | 'distribute-list';

interface Reference {
  readonly kind: ListKind;
  readonly family: Family;
  readonly name: Field<string>;
}

export default defineRule({
  id: 'bgp/undefined-policy',
  severity: 'error',
  docs: {
    summary: {
      en: 'A neighbour names a route-map, prefix-list or filter-list that is not defined.',
      'zh-cn': '邻居引用了未定义的 route-map、prefix-list 或 filter-list。',
    },
    why: {
      en: 'A name without a definition denies everything: the session is Established and no route passes in that direction. It also counts as a policy, so FRR no longer prints `(Policy)`, and nothing shows the cause.',
      'zh-cn':
        '没有定义的名称等于拒绝一切：会话已建立，但该方向没有任何路由通过。它还会被视为“已有策略”，因此 FRR 不再显示 `(Policy)`，原因难以察觉。',
    },
    source: 'observed on FRR 8.4 and 10.3 (lab A10)',
  },
  each: {
    'router/Config'(router, { report }) {
      if (router.partial) return;
      for (const reference of referencesOf(router)) {
        const known = definedNames(router, reference);
        const name = reference.name.value;
        if (name === undefined || known.has(name)) continue;
        const near = nearest(name, known);
        report(
          reference.name.place,
          {
            en: `No ${reference.kind} is called \`${name}\`${near === undefined ? '' : ` (there is \`${near}\`)`}. A missing one denies every route in this direction while the session stays Established. Define it or correct the name.`,
            'zh-cn': `没有名为 \`${name}\` 的 ${reference.kind}${near === undefined ? '' : `（存在 \`${near}\`）`}。缺失的策略会拒绝该方向的所有路由，而会话仍为 Established。请定义它或更正名称。`,
          },
          { fixes: [...(near === undefined ? [] : [rename(reference, near)]), ...scaffold(router, reference)] },
        );
      }
    },
  },
});

function referencesOf(router: RouterConfig): readonly Reference[] {
  return router.bgp.flatMap((bgp) => [
    ...[...bgp.peerGroups, ...bgp.neighbors].flatMap(neighborReferences),
    ...bgp.networks.flatMap(({ family, routeMap }) =>
      routeMap ? [{ kind: 'route-map' as const, family, name: routeMap }] : [],
    ),
    ...bgp.redistribute.flatMap(({ family, routeMap }) =>
      routeMap ? [{ kind: 'route-map' as const, family, name: routeMap }] : [],
    ),
  ]);
}

function neighborReferences(neighbor: BgpNeighbor): readonly Reference[] {
  return Object.values(neighbor.families).flatMap((settings) => {
    const { family } = settings;
    const of = (kind: ListKind, ...names: readonly (Field<string> | undefined)[]): readonly Reference[] =>
      names.flatMap((name) => (name === undefined ? [] : [{ kind, family, name }]));
    return [
      ...of('route-map', settings.routeMapIn, settings.routeMapOut),
      ...of('prefix-list', settings.prefixListIn, settings.prefixListOut),
      ...of('filter-list', settings.filterListIn, settings.filterListOut),
      ...of('distribute-list', settings.distributeListIn, settings.distributeListOut),
    ];
  });
}

function definedNames(router: RouterConfig, { kind, family }: Reference): ReadonlySet<string> {
  const lists = {
    'route-map': router.routeMaps,
    'prefix-list': router.prefixLists.filter((entry) => entry.family === family),
    'filter-list': router.asPathLists,
    'distribute-list': router.accessLists,
  }[kind];
  return new Set(lists.flatMap((entry) => entry.name.value ?? []));
}

function rename(reference: Reference, near: string): Fix {
  return {
    title: { en: `Change to \`${near}\``, 'zh-cn': `改为 \`${near}\`` },
    kind: 'pick',
    edits: () => replaceText(reference.name.place, near),
  };
}

/** A definition that lets everything pass, to be narrowed: what the author had before the name was written. */
function scaffold(router: RouterConfig, { kind, family, name }: Reference): readonly Fix[] {
  if (router.software !== 'frr' || (kind !== 'route-map' && kind !== 'prefix-list')) return [];
  const ip = family === 'ipv4' ? 'ip' : 'ipv6';
  const any = family === 'ipv4' ? '0.0.0.0/0 le 32' : '::/0 le 128';
  const line =
    kind === 'route-map'
      ? `route-map ${name.value} permit 10\nexit`
      : `${ip} prefix-list ${name.value} seq 5 permit ${any}`;
  return [
    {
      title: {
        en: `Define ${kind} \`${name.value}\` that permits everything`,
        'zh-cn': `定义放行全部的 ${kind} \`${name.value}\``,
      },
      kind: 'pick',
      edits: () => {
        const newline = router.doc.text.includes('\r\n') ? '\r\n' : '\n';
        const end = router.doc.text.trimEnd().length;
        return [{ doc: router.doc, span: [end, end], text: newline + line.replaceAll('\n', newline) }];
      },
    },
  ];
}
