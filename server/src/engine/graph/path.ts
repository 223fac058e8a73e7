import { BGP } from '../../assembly/bgp.ts';
import { routerOrigin } from '../../assembly/bgp-origins.ts';
import { BGP_GRAPH } from '../../assembly/graph/bgp.ts';
import { hostId } from '../../assembly/graph/hosts.ts';
import { explainRoute, type RouteExplanation } from '../../network/bgp/explain.ts';
import type { Router, Session } from '../../network/bgp/types.ts';
import type { Language } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { hopText, stopText, verdictText } from '../route-words.ts';

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
    summary: verdictText(answer, prefix, router.name)[language],
    hops: hops.map((hop, index) => {
      const before = hops[index - 1];
      return {
        node: idOf(hop.router),
        ...(before === undefined ? {} : edgeOf(idOf(before.router), idOf(hop.router), hop.session)),
        text: hopText(hop, answer.prefix ?? prefix)[language],
      };
    }),
    stops: stops.map((stop) => ({
      from: idOf(stop.from),
      to: idOf(stop.to),
      ...edgeOf(idOf(stop.from), idOf(stop.to), stop.session),
      text: stopText(stop)[language],
    })),
  };
}
