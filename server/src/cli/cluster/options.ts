import { homedir } from 'node:os';
import { delimiter, isAbsolute, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ClusterSettings, type Connection, connect } from '../../apply/connect.ts';
import type { JournalStore } from '../../apply/journal.ts';
import { nodeJournals, stateFolder } from '../../host/node-journals.ts';
import { nodeMachine } from '../../host/node-machine.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../command.ts';
import { languageOption } from '../language.ts';

/** Options that every command has which talks to a cluster. */
export interface ClusterOptions {
  readonly tool?: 'calicoctl' | 'kubectl';
  readonly calicoctl?: string;
  readonly kubectl?: string;
  readonly config?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly allowVersionMismatch?: boolean;
  readonly timeout?: number;
  readonly format: 'text' | 'json';
  readonly site?: string;
}

export function withClusterOptions(command: Command, context: Context): Command {
  const { say } = context;
  return command
    .addOption(new Option('--tool <tool>', say(HELP.tool)).choices(['calicoctl', 'kubectl']))
    .option('--context <name>', say(HELP.context))
    .option('--kubeconfig <file>', say(HELP.kubeconfig))
    .option('--config <file>', say(HELP.config))
    .option('--calicoctl <program>', say(HELP.calicoctl))
    .option('--kubectl <program>', say(HELP.kubectl))
    .option('--allow-version-mismatch', say(HELP.mismatch))
    .addOption(new Option('--timeout <seconds>', say(HELP.timeout)).argParser(seconds))
    .option('--site <name>', say(HELP.site))
    .addOption(new Option('--format <format>', say(HELP.format)).choices(['text', 'json']).default('text'))
    .addOption(languageOption(context));
}

function seconds(given: string): number {
  const value = Number(given);
  if (!Number.isFinite(value) || value <= 0 || value > 3600) throw new InvalidArgumentError('');
  return value;
}

export function connectFor(options: ClusterOptions, { terminal }: Context): Promise<Connection> {
  return connect(nodeMachine(withAbsoluteFiles(terminal.env, terminal.cwd)), settingsOf(options, terminal.cwd));
}

/** Tools run in the home folder: a kubeconfig that is named from here must be found from there. */
function withAbsoluteFiles(env: Context['terminal']['env'], cwd: string): Context['terminal']['env'] {
  const { KUBECONFIG: files } = env;
  if (files === undefined || files === '') return env;
  const absolute = files.split(delimiter).map((file) => (file === '' ? file : resolve(cwd, file)));
  return { ...env, KUBECONFIG: absolute.join(delimiter) };
}

function settingsOf(options: ClusterOptions, cwd: string): ClusterSettings {
  const { calicoctl, kubectl, config, kubeconfig, context, allowVersionMismatch, timeout } = options;
  const file = (path: string): string => resolve(cwd, path);
  // A program without a slash is looked up in PATH; one with a slash is a file, as in a shell.
  const program = (name: string): string => (/[/\\]/.test(name) && !isAbsolute(name) ? resolve(cwd, name) : name);
  return {
    ...(calicoctl !== undefined && { calicoctl: program(calicoctl) }),
    ...(kubectl !== undefined && { kubectl: program(kubectl) }),
    ...(config !== undefined && { calicoctlConfig: file(config) }),
    ...(kubeconfig !== undefined && { kubeconfig: file(kubeconfig) }),
    ...(context !== undefined && { context }),
    ...(allowVersionMismatch && { versions: 'may differ' as const }),
    ...(timeout !== undefined && { timeout: timeout * 1000 }),
  };
}

export function journalsFor({ terminal }: Context): JournalStore {
  return nodeJournals(stateFolder(terminal.env, terminal.env.HOME || homedir()));
}

const HELP = {
  tool: { en: 'only objects of this tool', 'zh-cn': '只处理此工具负责的对象' },
  context: { en: 'context of the kubeconfig', 'zh-cn': 'kubeconfig 中的上下文' },
  kubeconfig: { en: 'kubeconfig file', 'zh-cn': 'kubeconfig 文件' },
  config: { en: 'configuration file of calicoctl', 'zh-cn': 'calicoctl 的配置文件' },
  calicoctl: { en: 'the calicoctl to run', 'zh-cn': '要运行的 calicoctl' },
  kubectl: { en: 'the kubectl to run', 'zh-cn': '要运行的 kubectl' },
  mismatch: {
    en: 'go on although calicoctl is of another version than the cluster',
    'zh-cn': '即使 calicoctl 与集群版本不同也继续',
  },
  timeout: {
    en: 'seconds that one call of a tool may take (default: 30)',
    'zh-cn': '每次调用工具的最长秒数（默认 30）',
  },
  site: { en: 'which network, where a folder holds several', 'zh-cn': '文件夹中有多张网络时，选择哪一张' },
  format: { en: 'how to answer', 'zh-cn': '输出格式' },
} as const satisfies Record<string, Text>;
