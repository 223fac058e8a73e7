import type { Command } from 'commander';
import { type RouteExplanation, routeOf } from '../../engine/bgp.ts';
import { hopText, stopEnds, stopText, verdictText } from '../../engine/route-words.ts';
import type { Engine } from '../../engine.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../command.ts';
import { languageOption } from '../language.ts';
import { readScope } from '../read.ts';
import { refuse } from '../refusal.ts';
import { scopeOf, shownPath } from '../scope.ts';

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
  terminal.out(answers.map((answer) => page(answer, router, prefix, engine, context)).join('\n'));
}

function page(answer: RouteExplanation, router: string, asked: string, engine: Engine, { say, terminal }: Context) {
  const lines = [say(verdictText(answer, asked, router))];
  for (const hop of answer.hops) lines.push(`  ${say(hopText(hop, answer.prefix ?? asked))}`);
  for (const stop of answer.stops) {
    lines.push(`  ${say(stopText(stop))}`);
    for (const { text, place } of stopEnds(stop)) {
      if (place === undefined) continue;
      const { file, range } = engine.locate(place);
      lines.push(`    ${shownPath(file, terminal.cwd)}:${range.start.line + 1}  ${say(text)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const HELP: Readonly<Record<'route' | 'router' | 'prefix' | 'path', Text>> = {
  route: {
    en: 'say how a route gets to a router, or where it stops and why',
    'zh-cn': '说明一条路由如何到达某台路由器，或者在哪里、因为什么而中断',
  },
  router: { en: 'name of the node or router', 'zh-cn': '节点或路由器的名称' },
  prefix: { en: 'prefix or address', 'zh-cn': '前缀或地址' },
  path: { en: 'the network (default: this folder)', 'zh-cn': '网络所在的路径（默认为当前文件夹）' },
};
