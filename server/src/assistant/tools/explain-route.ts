import { bgpOf } from '../../engine/bgp.ts';
import { pathOf } from '../../engine/graph.ts';
import { isRefusal, SITE, sitesFor } from '../sites.ts';
import { type AssistantTool, refused } from '../tool.ts';
import { noRouter } from './predict-sessions.ts';

/** How a route gets to a router, or where it stops and why. */
export const explainRoute: AssistantTool = {
  name: 'explain_route',
  title: { en: 'Explain a route', 'zh-cn': '说明路由' },
  description:
    'Follows a BGP route hop by hop from where it is announced to a router, or to where it stops and why (session down, filter, next hop unreachable). Predicted from the files; nothing is contacted.',
  input: {
    type: 'object',
    properties: {
      router: { type: 'string', description: 'Name of the node or router that should have the route.' },
      prefix: { type: 'string', description: 'Prefix or address, such as 10.244.0.0/16 or 10.244.3.7.' },
      site: SITE,
    },
    required: ['router', 'prefix'],
    additionalProperties: false,
  },
  run({ router, prefix, site }, { engine, language }) {
    const sites = sitesFor(engine, site);
    if (isRefusal(sites)) return sites;
    const asked = String(prefix).trim();
    if (!/^[0-9a-f:.]+(\/\d{1,3})?$/i.test(asked))
      return refused(`${asked} is neither a prefix nor an address.`, `${asked} 既不是前缀也不是地址。`);
    const routes = sites.flatMap((one) => {
      const path = pathOf(one, String(router), asked, language);
      if (path === undefined) return [];
      const { verdict, summary, hops, stops } = path;
      return [
        { site: one.name, verdict, summary, hops: hops.map(({ text }) => text), stops: stops.map(({ text }) => text) },
      ];
    });
    if (routes.length > 0) return { answer: { routes } };
    return refused(
      ...noRouter(
        String(router),
        sites.flatMap((one) => bgpOf(one).routers),
      ),
    );
  },
};
