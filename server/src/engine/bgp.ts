import { BGP } from '../assembly/bgp.ts';
import type { Host } from '../assembly/hosts.ts';
import { explainRoute, type RouteExplanation } from '../network/bgp/explain.ts';
import { SESSION_REASONS } from '../network/bgp/reasons.ts';
import type { RouteAnswer, Router, Session } from '../network/bgp/types.ts';
import type { Text } from '../text.ts';
import type { Site } from '../workspace/site.ts';

export type { RouteExplanation } from '../network/bgp/explain.ts';

/** What BGP will do in one site. */
export interface BgpReport {
  readonly site: string;
  readonly routers: readonly RouterReport[];
  /** Why something could not be predicted. */
  readonly unknown: readonly Text[];
}

export interface RouterReport {
  readonly name: string;
  readonly asn: number | undefined;
  readonly routerId: string | undefined;
  /** URI of the file that makes it a router. */
  readonly file: string | undefined;
  readonly sessions: readonly Session[];
  readonly routes: readonly RouteAnswer[];
}

/** The sessions and routes of every router of a site that speaks BGP, by name. */
export function bgpOf(site: Site): BgpReport {
  const { prediction, unknown } = site.derive(BGP);
  const routers = prediction.fabric.routers.filter((router) => router.asn !== undefined);
  return {
    site: site.name,
    routers: routers.map((router) => ({
      name: router.name,
      asn: typeof router.asn === 'number' ? router.asn : undefined,
      routerId: prediction.tables.ipv4.speakerOf(router)?.routerId.replace(/^\?.*/, '') || undefined,
      file: fileOf(router),
      sessions: prediction.sessionsOf(router),
      routes: prediction.routesAt(router),
    })),
    unknown,
  };
}

/** How a route gets to a router, or where it stops; undefined when the site has no such router. */
export function routeOf(site: Site, name: string, prefix: string): RouteExplanation | undefined {
  const { prediction } = site.derive(BGP);
  const router = prediction.fabric.routers.find((one) => one.name === name);
  return router === undefined ? undefined : explainRoute(prediction, router, prefix);
}

/** Why a session is down, in the user's words. */
export function reasonText({ reason }: Session): Text | undefined {
  return reason === null ? undefined : SESSION_REASONS[reason];
}

function fileOf(router: Router): string | undefined {
  const host = router.origin as Host;
  const config = host.routerConfigs.find(({ bgp }) => bgp.length > 0);
  return (config ?? host.calicoNodes[0] ?? host.kubernetesNodes[0])?.doc.file;
}
