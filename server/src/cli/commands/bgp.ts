import { Option } from 'commander';
import { type BgpReport, bgpOf, type RouterReport, reasonText } from '../../engine/bgp.ts';
import { prefixText } from '../../engine/route-words.ts';
import type { Text } from '../../text.ts';
import type { Context, Register } from '../command.ts';
import { languageOption } from '../language.ts';
import { readScope } from '../read.ts';
import { scopeOf, shownPath } from '../scope.ts';

interface Options {
  readonly format: 'text' | 'json';
}

export const bgp: Register = (program, context) => {
  const { say } = context;
  program
    .command('bgp')
    .description(say(HELP.bgp))
    .argument('[path]', say(HELP.path))
    .addOption(new Option('--format <format>', say(HELP.format)).choices(['text', 'json']).default('text'))
    .addOption(languageOption(context))
    .action((path: string | undefined, options: Options) => runBgp(path, options, context));
};

async function runBgp(path: string | undefined, { format }: Options, context: Context): Promise<void> {
  const { terminal } = context;
  const { engine } = await readScope(scopeOf(path === undefined ? [] : [path], terminal.cwd));
  const reports = [...engine.workspace.sites()].map(bgpOf);
  terminal.out(format === 'json' ? json(reports, context) : text(reports, context));
}

/** One site is the answer itself; several are a list. */
function json(reports: readonly BgpReport[], context: Context): string {
  const sites = reports.map((report) => ({
    site: report.site,
    routers: report.routers.map((router) => jsonRouter(router, context)),
    unknown: report.unknown.map(context.say),
  }));
  const [only] = sites;
  const answer = sites.length > 1 ? { version: 1, sites } : { version: 1, ...(only ?? NO_SITE) };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

const NO_SITE = { site: 'default', routers: [], unknown: [] };

function jsonRouter({ name, asn, routerId, file, sessions, routes }: RouterReport, { terminal }: Context) {
  return {
    name,
    asn: asn ?? null,
    routerId: routerId ?? null,
    file: file === undefined ? null : shownPath(file, terminal.cwd),
    sessions: sessions.map((session) => ({
      peer: session.peer?.name ?? null,
      localAddress: session.localAddress ?? null,
      peerAddress: session.peerAddress,
      localAs: session.localAs ?? null,
      peerAs: session.peerAs ?? null,
      families: session.families,
      state: session.state,
      reason: session.reason,
    })),
    routes: routes.map(({ prefix, nextHop, asPath, from, usable, best }) => ({
      prefix,
      nextHop,
      asPath,
      from,
      usable,
      best,
    })),
  };
}

function text(reports: readonly BgpReport[], context: Context): string {
  const { say } = context;
  const lines = reports.flatMap((report) => [
    ...(reports.length > 1 ? [`# ${report.site}`, ''] : []),
    ...report.routers.flatMap((router) => [...routerLines(router, context), '']),
    ...report.unknown.map((one) => `? ${say(one)}`),
  ]);
  if (reports.some(({ routers }) => routers.some(({ routes }) => routes.some(isSymbolic)))) lines.push(say(BLOCKS));
  return lines.length === 0 ? `${say(NOTHING)}\n` : `${lines.join('\n').trimEnd()}\n`;
}

function isSymbolic({ prefix }: RouterReport['routes'][number]): boolean {
  return prefix.includes('#');
}

const BEST = { yes: '*', tied: '=', no: ' ' } as const;

function routerLines(router: RouterReport, { say }: Context): string[] {
  const { name, asn, sessions, routes } = router;
  const peers = sessions.map((session) => {
    const peer = session.peer === undefined ? session.peerAddress : `${session.peerAddress} (${session.peer.name})`;
    const why = reasonText(session);
    return `  ${say(STATES[session.state])}  ${peer}${why === undefined ? '' : `: ${say(why)} [${session.reason}]`}`;
  });
  const paths = routes.map(({ prefix, nextHop, asPath, from, usable, best }) => {
    const path = asPath.length === 0 ? '' : ` [${asPath.join(' ')}]`;
    const way = from === null ? say(OWN) : `${nextHop ?? ''}${path} ${from}`;
    return `  ${BEST[best]} ${say(prefixText(prefix))}  ${way}${usable ? '' : `  ${say(UNUSABLE)}`}`;
  });
  return [`${name}  AS ${asn ?? '?'}`, ...peers, ...paths];
}

const STATES: Readonly<Record<'established' | 'down' | 'unknown', Text>> = {
  established: { en: 'up     ', 'zh-cn': '已建立' },
  down: { en: 'down   ', 'zh-cn': '未建立' },
  unknown: { en: 'unknown', 'zh-cn': '未知  ' },
};
const OWN: Text = { en: 'announced here', 'zh-cn': '由本机通告' };
const UNUSABLE: Text = { en: '(next hop unreachable)', 'zh-cn': '（下一跳不可达）' };
const BLOCKS: Text = {
  en: 'No file shows which blocks a node has: what is said of them holds for whichever they are.',
  'zh-cn': '文件中没有写明节点具体拥有哪些地址块：以上结论对任意地址块都成立。',
};
const NOTHING: Text = { en: 'No router here speaks BGP.', 'zh-cn': '这里没有运行 BGP 的路由器。' };

const HELP: Readonly<Record<'bgp' | 'path' | 'format', Text>> = {
  bgp: { en: 'predict BGP sessions and routes', 'zh-cn': '预测 BGP 会话与路由' },
  path: {
    en: 'file or folder of the network (default: this folder)',
    'zh-cn': '网络所在的文件或文件夹（默认为当前文件夹）',
  },
  format: { en: 'how to answer', 'zh-cn': '输出格式' },
};
