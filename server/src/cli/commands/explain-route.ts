import type { Command } from 'commander';
import { type RouteExplanation, routeOf } from '../../engine/bgp.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../command.ts';
import { languageOption } from '../language.ts';
import { readScope } from '../read.ts';
import { refuse } from '../refusal.ts';
import { scopeOf } from '../scope.ts';

/** `explain route <router> <prefix> [path]`: how a route gets to a router, or where it stops and why. */
export function explainRoute(explain: Command, context: Context): void {
  const { say } = context;
  explain
    .command('route')
    .description(say(HELP.route))
    .argument('<router>', say(HELP.router))
    .argument('<prefix>', say(HELP.prefix))
    .argument('[path]', say(HELP.path))
    .addOption(languageOption(context))
    .action((router: string, prefix: string, path?: string) => run(router, prefix, path, context));
}

async function run(router: string, prefix: string, path: string | undefined, context: Context): Promise<void> {
  const { terminal } = context;
  const { engine } = await readScope(scopeOf(path === undefined ? [] : [path], terminal.cwd));
  const answers = [...engine.workspace.sites()].flatMap((site) => routeOf(site, router, prefix) ?? []);
  if (answers.length === 0)
    refuse({ en: `No router here is called ${router}.`, 'zh-cn': `这里没有名为 ${router} 的路由器。` });
  terminal.out(answers.map((answer) => page(answer, router, prefix, context)).join('\n'));
}

function page(answer: RouteExplanation, router: string, asked: string, { say }: Context): string {
  const { verdict, hops, stops } = answer;
  const prefix = answer.prefix ?? asked;
  const lines = [say(VERDICTS[verdict](prefix, router))];
  for (const hop of hops)
    lines.push(
      hop.session === undefined
        ? `  ${hop.router.name}: ${say(ANNOUNCED)}`
        : `  ${hop.router.name}: ${hop.nextHop ?? ''} [${hop.asPath.join(' ')}]`,
    );
  for (const stop of stops) lines.push(`  ${stop.from.name} → ${stop.to.name}: ${say(stop.why)} [${stop.code}]`);
  return `${lines.join('\n')}\n`;
}

const ANNOUNCED: Text = { en: 'announced here', 'zh-cn': '由本机通告' };

const VERDICTS: Readonly<Record<RouteExplanation['verdict'], (prefix: string, router: string) => Text>> = {
  arrives: (prefix, router) => ({ en: `${router} uses ${prefix}.`, 'zh-cn': `${router} 使用 ${prefix}。` }),
  'announced-here': (prefix, router) => ({
    en: `${router} announces ${prefix} itself.`,
    'zh-cn': `${prefix} 由 ${router} 自己通告。`,
  }),
  unusable: (prefix, router) => ({
    en: `${router} learns ${prefix} and cannot use it.`,
    'zh-cn': `${router} 学到了 ${prefix}，但无法使用。`,
  }),
  missing: (prefix, router) => ({
    en: `${router} does not learn ${prefix}.`,
    'zh-cn': `${router} 没有学到 ${prefix}。`,
  }),
  'announced-nowhere': (prefix) => ({
    en: `Nobody here announces ${prefix}.`,
    'zh-cn': `这里没有路由器通告 ${prefix}。`,
  }),
  'no-bgp': (_prefix, router) => ({
    en: `${router} speaks no BGP that can be read here.`,
    'zh-cn': `${router} 没有可读取的 BGP 配置。`,
  }),
};

const HELP: Readonly<Record<'route' | 'router' | 'prefix' | 'path', Text>> = {
  route: {
    en: 'say how a route gets to a router, or where it stops and why',
    'zh-cn': '说明一条路由如何到达某台路由器，或者在哪里、因为什么而中断',
  },
  router: { en: 'name of the node or router', 'zh-cn': '节点或路由器的名称' },
  prefix: { en: 'prefix or address', 'zh-cn': '前缀或地址' },
  path: { en: 'the network (default: this folder)', 'zh-cn': '网络所在的路径（默认为当前文件夹）' },
};
