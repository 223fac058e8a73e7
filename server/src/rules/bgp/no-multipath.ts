import { routerOrigin } from '../../assembly/bgp-origins.ts';
import { BGP_SAMPLE } from '../../assembly/bgp-sample.ts';
import { type BgpInstance, insertionText, type RouterConfig } from '../../model/router/router.ts';
import type { Prediction } from '../../network/bgp/predict.ts';
import { prefixText } from '../../network/bgp/prefix-text.ts';
import type { RoutingTables } from '../../network/bgp/routes.ts';
import type { Router } from '../../network/bgp/types.ts';
import type { Edit } from '../../syntax/edit.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'bgp/no-multipath',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Equally good paths lead through different AS numbers, and the router uses only one of them.',
      'zh-cn': '存在经由不同 AS 的等价路径，而路由器只使用其中一条。',
    },
    why: {
      en: 'FRR and VyOS share load over equal eBGP paths only when their AS paths are the same, unless `bgp bestpath as-path multipath-relax` is set. The second spine stands by idle.',
      'zh-cn':
        '除非设置了 `bgp bestpath as-path multipath-relax`，否则 FRR 与 VyOS 只在 AS 路径完全相同时才对等价 eBGP 路径做负载分担。第二台 spine 会一直闲置。',
    },
    source: 'observed on FRR (lab B9)',
  },
  check({ site, report }) {
    const sample = site.derive(BGP_SAMPLE);
    const prefixes = blocksOf(sample?.nodes ?? []);
    if (sample === undefined || prefixes.length === 0) return;
    const { prediction } = sample;
    for (const router of prediction.fabric.routers) {
      if (router.kind !== 'frr' && router.kind !== 'vyos') continue;
      // One path at most is what `maximum-paths 1` asks for.
      if (router.multipathRelax || router.maximumPaths?.ebgp === 1) continue;
      const config = routerOrigin(router).routerConfigs.find(({ bgp }) => bgp.some(({ asn }) => asn !== undefined));
      const bgp = config?.bgp.find(({ vrf, asn }) => vrf === undefined && asn !== undefined);
      if (config === undefined || bgp?.asn === undefined || config.partial) continue;
      const found = firstTie(prediction, router, prefixes);
      if (found === undefined) continue;
      const prefix = prefixText(found.prefix);
      report(
        bgp.asn.place,
        {
          en: `${router.name} has ${found.paths.length} equally good paths to ${prefix.en}, by AS ${found.paths.join(' and by AS ')}, and uses one. Set \`bgp bestpath as-path multipath-relax\` to use them all.`,
          'zh-cn': `${router.name} 到 ${prefix['zh-cn']} 有 ${found.paths.length} 条等价路径，分别经由 AS ${found.paths.join(' 与 AS ')}，但只使用其中一条。要全部使用，请设置 \`bgp bestpath as-path multipath-relax\`。`,
        },
        {
          fixes: [
            {
              title: { en: 'Set multipath-relax', 'zh-cn': '设置 multipath-relax' },
              kind: 'pick',
              edits: () => relax(config, bgp),
            },
          ],
        },
      );
    }
  },
});

/** A block of each of some nodes: those of one rack go the same way. */
function blocksOf(nodes: readonly Router[]): readonly string[] {
  return nodes.flatMap(({ announcements }) => announcements.slice(0, 1).map(({ prefix }) => prefix));
}

function firstTie(
  prediction: Prediction,
  router: Router,
  prefixes: readonly string[],
): { readonly prefix: string; readonly paths: readonly string[] } | undefined {
  for (const prefix of prefixes) {
    const tables: RoutingTables = prediction.tables[prefix.includes(':') ? 'ipv6' : 'ipv4'];
    const speaker = tables.speakerOf(router);
    const index = tables.destination(prefix);
    if (speaker === undefined || index === undefined) continue;
    const { paths, equal } = tables.entry(speaker, index);
    const equals = paths.slice(0, equal);
    if (equal < 2 || !equals.every(({ usable, end }) => usable && end?.internal === false)) continue;
    const asPaths = new Set(equals.map(({ attributes }) => attributes.asPath.join(' ')));
    if (asPaths.size > 1) return { prefix: prefix.replace('#', ' of '), paths: [...asPaths].sort() };
  }
  return undefined;
}

function relax(config: RouterConfig, bgp: BgpInstance): readonly Edit[] {
  const at = bgp.insertion;
  if (at === undefined) return [];
  const lines =
    config.software === 'frr'
      ? ['bgp bestpath as-path multipath-relax']
      : ['bestpath {', '    as-path {', '        multipath-relax', '    }', '}'];
  return [{ doc: config.doc, span: at.place.span ?? [0, 0], text: insertionText(at, lines) }];
}
