import type { RouterConfig } from '../../model/router/config.ts';
import { daemonSwitch } from '../../syntax/daemons.ts';
import type { Doc } from '../../syntax/document.ts';
import { replaceText } from '../../syntax/edit.ts';
import type { Site } from '../../workspace/site.ts';
import { folderOf, isInside } from '../../workspace/uri.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'frr/daemon-off',
  severity: 'warning',
  docs: {
    summary: {
      en: 'FRR is configured for BGP, and its `daemons` file does not start bgpd.',
      'zh-cn': 'FRR 配置了 BGP，但 `daemons` 文件没有启动 bgpd。',
    },
    why: {
      en: 'Without bgpd nobody listens on port 179 and `router bgp` is an unknown command: every neighbour sees its connection refused, although frr.conf looks right.',
      'zh-cn':
        '没有 bgpd 就没有进程监听 179 端口，`router bgp` 也成为未知命令：尽管 frr.conf 看起来正确，每个邻居的连接都会被拒绝。',
    },
    source: 'frrouting/frr tools/etc/frr/daemons: bgpd=no is what packages install',
  },
  check({ site, report }) {
    const configured = new Map<Doc, RouterConfig[]>();
    for (const router of site.all('router/Config')) {
      if (router.software !== 'frr' || router.partial || router.bgp.length === 0) continue;
      const daemons = daemonsFor(site, router.doc);
      if (daemons !== undefined) configured.set(daemons, [...(configured.get(daemons) ?? []), router]);
    }
    for (const [doc, routers] of configured) {
      if (doc.tree.format !== 'daemons') continue;
      const bgpd = daemonSwitch(doc.tree.daemons, 'bgpd');
      if (bgpd === undefined || bgpd.on || isTurnedOnElsewhere(site)) continue;
      const place = { doc, span: bgpd.span };
      report(
        place,
        {
          en: `bgpd is off, so nothing of \`router bgp ${routers[0]!.bgp[0]!.asn?.value ?? ''}\` runs and every neighbour’s connection is refused. Set \`bgpd=yes\`.`,
          'zh-cn': `bgpd 未启用，\`router bgp ${routers[0]!.bgp[0]!.asn?.value ?? ''}\` 完全不会运行，每个邻居的连接都会被拒绝。请设置 \`bgpd=yes\`。`,
        },
        {
          related: routers.map((router) => ({
            place: router.bgp[0]!.place,
            message: { en: 'This is what bgpd would run.', 'zh-cn': '这是 bgpd 本应运行的配置。' },
          })),
          fixes: [
            {
              title: { en: 'Set `bgpd=yes`', 'zh-cn': '设置 `bgpd=yes`' },
              kind: 'safe',
              edits: () => replaceText(place, 'yes'),
            },
          ],
        },
      );
    }
  },
});

/** The `daemons` file of a configuration: in its folder or script, else in the nearest folder above that has one. */
function daemonsFor(site: Site, config: Doc): Doc | undefined {
  const all = site.documents('daemons');
  if (config.parent !== undefined) {
    const same = all.filter((doc) => doc.parent === config.parent);
    return same.length === 1 ? same[0] : undefined;
  }
  let best: Doc | undefined;
  for (const doc of all) {
    if (doc.parent !== undefined || !isInside(folderOf(doc.file), config.file)) continue;
    if (best === undefined || folderOf(doc.file).length > folderOf(best.file).length) best = doc;
  }
  return best;
}

/** A script or a topology that edits the file in place: what it is when FRR starts is not what stands here. */
function isTurnedOnElsewhere(site: Site): boolean {
  return [...site.documents('shell'), ...site.documents('yaml')].some((doc) => /\bbgpd=yes\b/.test(doc.text));
}
