import { BGP } from '../../assembly/bgp.ts';
import { routerOrigin } from '../../assembly/bgp-origins.ts';
import { BGP_GRAPH } from '../../assembly/graph/bgp.ts';
import { hostId } from '../../assembly/graph/hosts.ts';
import { explainRoute, type RouteExplanation } from '../../network/bgp/explain.ts';
import type { Router, Session } from '../../network/bgp/types.ts';
import type { Language, Text } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';

/** A route's way to a router on the picture of BGP, and in words. */
export interface ShownPath {
  readonly verdict: RouteExplanation['verdict'];
  readonly summary: string;
  /** From the origin on; each with the session that the route came by. */
  readonly hops: readonly { readonly node: string; readonly edge?: string; readonly text: string }[];
  /** Where it ends that should have gone on. */
  readonly stops: readonly {
    readonly from: string;
    readonly to: string;
    readonly edge?: string;
    readonly text: string;
  }[];
}

/** How a route gets to the router of a node of the picture, or where it stops; undefined when the node is no router. */
export function pathOf(site: Site, node: string, prefix: string, language: Language): ShownPath | undefined {
  const { prediction } = site.derive(BGP);
  const router = prediction.fabric.routers.find((one) => hostId(routerOrigin(one)) === node || one.name === node);
  if (router === undefined) return undefined;
  const { edges } = site.derive(BGP_GRAPH);
  const idOf = (one: Router): string => hostId(routerOrigin(one));
  const edgeOf = (one: string, other: string, session: Session | undefined): { edge?: string } => {
    const between = edges.filter(({ from, to }) => (from === one && to === other) || (from === other && to === one));
    const exact = between.find(
      ({ fromLabel, toLabel }) => fromLabel === session?.peerAddress || toLabel === session?.peerAddress,
    );
    const found = exact ?? between[0];
    return found === undefined ? {} : { edge: found.id };
  };
  const answer = explainRoute(prediction, router, prefix);
  const { hops, stops, verdict } = answer;
  return {
    verdict,
    summary: VERDICTS[verdict](answer.prefix ?? prefix, router.name)[language],
    hops: hops.map((hop, index) => {
      const before = hops[index - 1];
      const way = hop.session === undefined ? ANNOUNCED[language] : `${hop.nextHop ?? ''} [${hop.asPath.join(' ')}]`;
      return {
        node: idOf(hop.router),
        ...(before === undefined ? {} : edgeOf(idOf(before.router), idOf(hop.router), hop.session)),
        text: `${hop.router.name}: ${way}`,
      };
    }),
    stops: stops.map(({ from, to, session, why, code }) => ({
      from: idOf(from),
      to: idOf(to),
      ...edgeOf(idOf(from), idOf(to), session),
      text: `${from.name} → ${to.name}: ${why[language]} [${code}]`,
    })),
  };
}

const ANNOUNCED: Text = { en: 'announced here', 'zh-cn': '由本机通告' };

const VERDICTS: Readonly<Record<RouteExplanation['verdict'], (prefix: string, router: string) => Text>> = {
  arrives: (prefix, router) => ({ en: `${prefix} arrives at ${router}.`, 'zh-cn': `${prefix} 能够到达 ${router}。` }),
  'announced-here': (prefix, router) => ({
    en: `${router} announces ${prefix} itself.`,
    'zh-cn': `${prefix} 由 ${router} 自己通告。`,
  }),
  unusable: (prefix, router) => ({
    en: `${prefix} arrives at ${router}, which cannot use it.`,
    'zh-cn': `${prefix} 到达了 ${router}，但无法使用。`,
  }),
  missing: (prefix, router) => ({
    en: `${prefix} does not arrive at ${router}.`,
    'zh-cn': `${prefix} 没有到达 ${router}。`,
  }),
  'announced-nowhere': (prefix) => ({ en: `Nobody announces ${prefix}.`, 'zh-cn': `没有路由器通告 ${prefix}。` }),
  'no-bgp': (_prefix, router) => ({
    en: `${router} speaks no BGP that can be read here.`,
    'zh-cn': `${router} 没有可读取的 BGP 配置。`,
  }),
};
