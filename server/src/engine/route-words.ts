import type { RouteExplanation, RouteHop, RouteStop } from '../network/bgp/explain.ts';
import { isFrr } from '../network/bgp/identity.ts';
import { prefixText } from '../network/bgp/prefix-text.ts';
import type { Text } from '../text.ts';
import { type EndText, endsOf } from './bgp-words.ts';

/** What becomes of a route at a router, in one sentence. */
export function verdictText({ verdict, prefix }: RouteExplanation, asked: string, router: string): Text {
  return VERDICTS[verdict](prefixText(prefix ?? asked), router);
}

/** How a router on the way has the route. */
export function hopText({ router, session, nextHop, asPath }: RouteHop, prefix: string): Text {
  if (session === undefined) {
    const announces = isFrr(router) || router.announcements.some((entry) => entry.prefix === prefix);
    return announces
      ? { en: `${router.name} announces it`, 'zh-cn': `${router.name} 通告该路由` }
      : {
          en: `${router.name} has it as a connected or static route`,
          'zh-cn': `${router.name} 有这条直连或静态路由`,
        };
  }
  const from = session.peer?.name ?? session.peerAddress;
  const hop =
    nextHop === null ? { en: '', 'zh-cn': '' } : { en: `, next hop ${nextHop}`, 'zh-cn': `，下一跳 ${nextHop}` };
  const path = asPath.join(' ');
  const as = path === '' ? { en: '', 'zh-cn': '' } : { en: `, AS path ${path}`, 'zh-cn': `，AS 路径 ${path}` };
  return {
    en: `${router.name} learns it from ${from}${hop.en}${as.en}`,
    'zh-cn': `${router.name} 从 ${from} 学到${hop['zh-cn']}${as['zh-cn']}`,
  };
}

/** Where a route ends, and why. */
export function stopText({ from, to, why, code }: RouteStop): Text {
  return {
    en: `${from.name} → ${to.name}: ${why.en} [${code}]`,
    'zh-cn': `${from.name} → ${to.name}：${why['zh-cn']} [${code}]`,
  };
}

/** What each end of the session at a stop says, and where that is written. */
export function stopEnds({ session }: RouteStop): readonly EndText[] {
  return session === undefined ? [] : endsOf(session);
}

export { prefixText };

const VERDICTS: Readonly<Record<RouteExplanation['verdict'], (prefix: Text, router: string) => Text>> = {
  arrives: (prefix, router) => ({
    en: `${router} has a route to ${prefix.en}.`,
    'zh-cn': `${router} 有到 ${prefix['zh-cn']} 的路由。`,
  }),
  'announced-here': (prefix, router) => ({
    en: `${router} announces ${prefix.en} itself.`,
    'zh-cn': `${router} 自己通告 ${prefix['zh-cn']}。`,
  }),
  unusable: (prefix, router) => ({
    en: `${router} learns ${prefix.en} and cannot use the route.`,
    'zh-cn': `${router} 学到了 ${prefix['zh-cn']}，但无法使用该路由。`,
  }),
  missing: (prefix, router) => ({
    en: `${router} does not learn ${prefix.en}.`,
    'zh-cn': `${router} 没有学到 ${prefix['zh-cn']}。`,
  }),
  'announced-nowhere': (prefix) => ({
    en: `Nobody here announces ${prefix.en}.`,
    'zh-cn': `这里没有路由器通告 ${prefix['zh-cn']}。`,
  }),
  'no-bgp': (_prefix, router) => ({
    en: `${router} speaks no BGP that can be read here.`,
    'zh-cn': `${router} 没有可读取的 BGP 配置。`,
  }),
};
