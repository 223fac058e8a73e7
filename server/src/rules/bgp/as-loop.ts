import { LOSS_CAUSES } from '../../assembly/bgp-losses.ts';
import { neighbourOrigin } from '../../assembly/bgp-origins.ts';
import { ownAs } from '../../assembly/bgp-own-as.ts';
import { listed } from '../../assembly/bgp-reflectors.ts';
import { ALLOW_OWN_AS, AS_OVERRIDE, type FamilySetting, setForNeighbours } from '../../assembly/router-lines.ts';
import type { RouteStop } from '../../network/bgp/explain.ts';
import type { Loss } from '../../network/bgp/losses.ts';
import type { Neighbour, Router } from '../../network/bgp/types.ts';
import type { Place } from '../../syntax/document.ts';
import { setField } from '../../syntax/edit.ts';
import type { Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { defineRule, type Fix } from '../rule.ts';

interface Loop {
  readonly losses: Loss[];
  readonly stops: Map<string, RouteStop>;
}

export default defineRule({
  id: 'bgp/as-loop',
  severity: 'warning',
  docs: {
    summary: {
      en: 'Routes are dropped because the same AS stands at both ends of another AS.',
      'zh-cn': '同一个 AS 位于另一个 AS 的两端，路由因此被丢弃。',
    },
    why: {
      en: 'A router that finds its own AS in the path takes the route for a loop and drops it. Two racks with one AS number, joined by spines of another, cannot hear each other although every session is up.',
      'zh-cn':
        '路由器在 AS 路径中发现自己的 AS 号时，会将其视为环路并丢弃。两个机架使用同一 AS 号、经由另一 AS 的 spine 互连时，即使所有会话都正常，也学不到彼此的路由。',
    },
    source: 'observed on FRR and BIRD (lab D1, D9); users.md M19',
  },
  check({ site, report }) {
    const loops = new Map<number, Loop>();
    for (const { loss, stops } of site.derive(LOSS_CAUSES).ownAs) {
      // A default route through the fabric carries the packets all the same (lab D9).
      if (loss.arrives !== false) continue;
      for (const stop of stops) {
        if (typeof stop.to.asn !== 'number') continue;
        const loop: Loop = loops.get(stop.to.asn) ?? { losses: [], stops: new Map() };
        loops.set(stop.to.asn, loop);
        loop.losses.push(loss);
        loop.stops.set(`${stop.from.name} ${stop.to.name}`, stop);
      }
    }
    for (const [asn, { losses, stops }] of loops) {
      const list = [...stops.values()];
      const droppers = [...new Set(list.map(({ to }) => to))].sort((a, b) => (a.name < b.name ? -1 : 1));
      const places = [...new Set([...droppers, ...losses.map(({ origin }) => origin)])].flatMap((router) => {
        const place = placeOfAs(site, router);
        return place === undefined ? [] : [{ router, place }];
      });
      const [first, ...others] = places;
      if (first === undefined) continue;
      const between = listed([...new Set(list.map(({ from }) => from.name))]);
      report(
        first.place,
        {
          en: `AS ${asn} is on both sides of ${between}: ${listed(droppers.map(({ name }) => name))} finds its own AS in the path and drops the routes to ${listed([...new Set(losses.map(({ origin }) => origin.name))])}. Give each side an AS of its own, or allow the own AS.`,
          'zh-cn': `AS ${asn} 位于 ${between} 的两侧：${listed(droppers.map(({ name }) => name))} 在路径中看到自己的 AS 号，因而丢弃到 ${listed([...new Set(losses.map(({ origin }) => origin.name))])} 的路由。请为两侧分配不同的 AS 号，或允许路径中出现自己的 AS 号。`,
        },
        {
          related: others.slice(0, 4).map(({ router, place }) => ({
            place,
            message: { en: `${router.name} has the same AS.`, 'zh-cn': `${router.name} 使用相同的 AS 号。` },
          })),
          fixes: [
            ...fixesAt(list, (stop) => stop.session?.peerNeighbour ?? undefined, ALLOW_OWN_AS, {
              en: `Allow AS ${asn} in received paths`,
              'zh-cn': `允许接收路径中出现 AS ${asn}`,
            }),
            ...fixesAt(list, (stop) => stop.session?.neighbour, AS_OVERRIDE, {
              en: `Replace AS ${asn} by the AS of ${between} (as-override)`,
              'zh-cn': `用 ${between} 的 AS 号替换 AS ${asn}（as-override）`,
            }),
          ],
        },
      );
    }
  },
});

function placeOfAs(site: Site, router: Router): Place | undefined {
  const own = ownAs(router)?.place;
  if (own !== undefined || router.kind !== 'calico') return own;
  return site.all('calico/BGPConfiguration').find(({ name }) => name?.value === 'default')?.asNumber?.place;
}

/** The same setting on one end of every session on which routes are dropped. */
function fixesAt(
  stops: readonly RouteStop[],
  end: (stop: RouteStop) => Neighbour | undefined,
  setting: FamilySetting,
  title: Text,
): readonly Fix[] {
  const ends = stops.flatMap((stop) => end(stop) ?? []);
  const edits = () => {
    const origins = new Set(ends.map((one) => neighbourOrigin(one)));
    const written = [...origins].flatMap((origin) => (origin.kind === 'router' ? [origin] : []));
    const routers = [...new Set(written.map(({ bgp }) => bgp))].flatMap((bgp) => {
      const list = written.filter((origin) => origin.bgp === bgp);
      return setForNeighbours(
        list[0]!.config,
        bgp,
        [...new Set(list.map(({ neighbor }) => neighbor))],
        'ipv4',
        setting,
      );
    });
    const peers = new Set([...origins].flatMap((origin) => (origin.kind === 'BGPPeer' ? [origin.peer] : [])));
    if (setting !== ALLOW_OWN_AS) return routers;
    return [
      ...routers,
      ...[...peers].flatMap(({ doc, path }) => setField(doc, [...path, 'spec', 'numAllowedLocalASNumbers'], 1)),
    ];
  };
  return ends.length === 0 || edits().length === 0 ? [] : [{ title, kind: 'pick', edits }];
}
