import { bgpOf, type RouterReport, reasonText } from '../../engine/bgp.ts';
import { pathOf } from '../paths.ts';
import { isRefusal, SITE, sitesFor } from '../sites.ts';
import { type Asked, type AssistantTool, refused } from '../tool.ts';

const STATES = ['established', 'down', 'unknown'] as const;
const MOST = 200;

/** Which BGP sessions come up, and why the others do not. */
export const predictSessions: AssistantTool = {
  name: 'predict_sessions',
  title: { en: 'Predict BGP sessions', 'zh-cn': '预测 BGP 会话' },
  description:
    'Predicts from the files alone which BGP sessions of the network come up, and for those that do not, why: Calico nodes, route reflectors, FRR, VyOS and BIRD routers together. Nothing is contacted.',
  input: {
    type: 'object',
    properties: {
      router: { type: 'string', description: 'Only sessions of this node or router. All when absent.' },
      state: { type: 'string', enum: STATES, description: 'Only sessions in this state. All when absent.' },
      site: SITE,
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: 5000,
        description: `The most sessions to list; the answer says how many there are. ${MOST} when absent.`,
      },
    },
    additionalProperties: false,
  },
  run({ router, state, site, limit = MOST }, asked) {
    const sites = sitesFor(asked.engine, site);
    if (isRefusal(sites)) return sites;
    const reports = sites.map(bgpOf);
    const routers = reports.flatMap((report) => report.routers);
    if (router !== undefined && !routers.some(({ name }) => name === router))
      return refused(...noRouter(String(router), routers));
    const sessions = routers
      .filter(({ name }) => router === undefined || name === router)
      .flatMap((one) => one.sessions.map((session) => shown(one, session, asked)));
    const listed = sessions.filter((session) => state === undefined || session.state === state);
    const count = (wanted: string): number => sessions.filter((one) => one.state === wanted).length;
    return {
      answer: {
        routers: routers.map(({ name, asn, file }) => ({
          name,
          ...(asn !== undefined && { asn }),
          ...(file !== undefined && { file: pathOf(asked.engine.workspace, file) }),
        })),
        counts: Object.fromEntries(STATES.map((one) => [one, count(one)])),
        sessions: listed.slice(0, Number(limit)),
        unknown: reports.flatMap((report) => report.unknown.map((text) => text[asked.language])),
      },
    };
  },
};

function shown(router: RouterReport, session: RouterReport['sessions'][number], { language }: Asked) {
  const { peer, localAddress, peerAddress, localAs, peerAs, families, state, reason } = session;
  const why = reasonText(session);
  return {
    router: router.name,
    peer: peer?.name ?? peerAddress,
    localAddress,
    peerAddress,
    localAs,
    peerAs,
    state,
    ...(reason !== null && { reason, why: why?.[language] }),
    ...(families.length > 0 && { families }),
  };
}

/** One sentence on a name that no router has. */
export function noRouter(name: string, routers: readonly { readonly name: string }[]): [en: string, chinese: string] {
  const named = routers.slice(0, 50).map((one) => one.name);
  return named.length === 0
    ? ['No router here speaks BGP.', '这里没有运行 BGP 的路由器。']
    : [
        `No router here is called ${name}; there are: ${named.join(', ')}.`,
        `这里没有名为 ${name} 的路由器；现有：${named.join('、')}。`,
      ];
}
