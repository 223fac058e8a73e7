import { Option } from 'commander';
import {
  GRAPH_FORMATS,
  GRAPH_VIEWS,
  type GraphFormat,
  type GraphView,
  graphOf,
  writeGraph,
} from '../../engine/graph.ts';
import type { Engine } from '../../engine.ts';
import type { Text } from '../../text.ts';
import type { Context, Register } from '../command.ts';
import { networkOf } from '../graph/network.ts';
import { serveView } from '../graph/serve.ts';
import { languageOption } from '../language.ts';
import { readScope } from '../read.ts';
import { refuse } from '../refusal.ts';
import { scopeOf, shownPath } from '../scope.ts';

interface Options {
  readonly view: GraphView;
  readonly format: GraphFormat;
  readonly site?: string;
  readonly serve?: boolean;
}

export const graph: Register = (program, context) => {
  const { say } = context;
  program
    .command('graph')
    .description(say(HELP.graph))
    .argument('[path]', say(HELP.path))
    .addOption(new Option('--view <view>', say(HELP.view)).choices(GRAPH_VIEWS).default('physical'))
    .addOption(new Option('--format <format>', say(HELP.format)).choices(GRAPH_FORMATS).default('json'))
    .option('--site <name>', say(HELP.site))
    .option('--serve', say(HELP.serve))
    .addOption(languageOption(context))
    .action((path: string | undefined, options: Options) => runGraph(path, options, context));
};

async function runGraph(path: string | undefined, options: Options, context: Context): Promise<void> {
  const { view, format, site } = options;
  const { terminal, language } = context;
  const reading = await readScope(scopeOf(path === undefined ? [] : [path], terminal.cwd));
  const { engine } = reading;
  if (options.serve === true) {
    const { address } = await serveView(networkOf(reading), language, view);
    terminal.out(`${address}\n`);
    terminal.error(`${context.say(SERVING)}\n`);
    // The server keeps the program alive until it is interrupted.
    return new Promise(() => {});
  }
  const chosen = siteNamed(engine, site);
  const diagnostics = engine.diagnoseAll().filter((one) => one.site === chosen.name);
  const drawn = graphOf(engine, chosen, { view, language, diagnostics });
  const relative = format === 'json' ? withPaths(drawn, terminal.cwd) : drawn;
  terminal.out(writeGraph(relative, format));
}

/** The network of this name; of several without a name the largest. Refuses where there is none. */
export function siteNamed(engine: Engine, name: string | undefined): ReturnType<Engine['workspace']['sites']>[number] {
  const sites = engine.workspace.sites();
  const [first] = [...sites].sort((a, b) => engine.workspace.filesOf(b).size - engine.workspace.filesOf(a).size);
  const found = name === undefined ? first : sites.find((site) => site.name === name);
  if (found !== undefined) return found;
  const names = sites.map((site) => site.name).join(', ');
  return refuse(
    name === undefined
      ? { en: 'There is no network here.', 'zh-cn': '这里没有网络。' }
      : {
          en: `There is no network ${name} here; there are: ${names}.`,
          'zh-cn': `这里没有名为 ${name} 的网络；现有：${names}。`,
        },
  );
}

/** Files as users of the command line know them. */
function withPaths(drawn: ReturnType<typeof graphOf>, cwd: string): ReturnType<typeof graphOf> {
  const shown = <E extends { readonly source?: { readonly file: string } }>(element: E): E =>
    element.source === undefined
      ? element
      : { ...element, source: { ...element.source, file: shownPath(element.source.file, cwd) } };
  return { ...drawn, nodes: drawn.nodes.map(shown), edges: drawn.edges.map(shown), groups: drawn.groups.map(shown) };
}

const SERVING: Text = {
  en: 'Open this address in a browser of this machine. It follows the files on disk; Ctrl+C ends it.',
  'zh-cn': '请在本机浏览器中打开此地址。图会跟随磁盘上的文件更新；按 Ctrl+C 结束。',
};

const HELP: Readonly<Record<'graph' | 'path' | 'view' | 'format' | 'site' | 'serve', Text>> = {
  graph: { en: 'draw the network', 'zh-cn': '绘制网络' },
  path: {
    en: 'file or folder of the network (default: this folder)',
    'zh-cn': '网络所在的文件或文件夹（默认为当前文件夹）',
  },
  view: {
    en: 'what to draw: cables, BGP sessions, or the address plan',
    'zh-cn': '绘制内容：线缆、BGP 会话或地址规划',
  },
  format: { en: 'what to write', 'zh-cn': '输出格式' },
  serve: {
    en: 'show it in a browser of this machine, and follow the files',
    'zh-cn': '在本机浏览器中显示，并跟随文件更新',
  },
  site: { en: 'which network, where a folder holds several', 'zh-cn': '文件夹中有多张网络时，绘制哪一张' },
};
