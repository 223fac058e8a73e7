import { Command, CommanderError, type Option } from 'commander';
import type { Text } from '../text.ts';
import type { Context } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { languageOf } from './language.ts';
import { Refusal } from './refusal.ts';
import type { Terminal } from './terminal.ts';
import { usageSentence } from './usage.ts';
import { VERSION } from './version.ts';

/** Runs the program with the arguments after its name. Resolves to its exit code; never throws. */
export async function run(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const language = languageOf(args, terminal.env);
  let code: 0 | 1 | 2 = 0;
  const context: Context = {
    terminal,
    language,
    say: (text) => text[language],
    exitWith(next) {
      code = next;
    },
  };
  const complain = (sentence: Text): 2 => {
    terminal.error(`selvage: ${sentence[language]}\n`);
    return 2;
  };
  const program = programFor(context);
  if (args.length === 0) {
    terminal.error(program.helpInformation());
    return 2;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof Refusal) return complain(error.sentence);
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : complain(usageSentence(error));
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    if (terminal.env.SELVAGE_DEBUG && error instanceof Error) terminal.error(`${error.stack}\n`);
    return complain({
      en: `An internal error stopped this command (${reason}). Please report it; SELVAGE_DEBUG=1 prints where it came from.`,
      'zh-cn': `命令因内部错误而终止（${reason}）。请报告此问题；设置 SELVAGE_DEBUG=1 可打印其来源。`,
    });
  }
}

/** The program with all its commands, as `--help` shows it. */
export function programFor(context: Context): Command {
  const { say, terminal } = context;
  const program = new Command('selvage')
    .description(say(DESCRIPTION))
    .version(VERSION, '-V, --version', say(SHOWS_VERSION))
    .helpOption('-h, --help', say(SHOWS_HELP))
    .helpCommand('help [command]', say(SHOWS_HELP))
    .addHelpText('after', say(EXAMPLES));
  program.exitOverride().configureOutput({
    writeOut: terminal.out,
    // Errors are told in one sentence of our own, once, by `run`.
    writeErr: () => {},
    outputError: () => {},
    getOutHelpWidth: () => terminal.columns ?? 100,
  });
  program.configureHelp({
    styleTitle: (title) => say(TITLES[title] ?? { en: title, 'zh-cn': title }),
    optionDescription: (option) => say(withValues(option)),
  });
  for (const register of COMMANDS) register(program, context);
  return program;
}

/** What an option does, then what it takes: commander knows these words in English only. */
function withValues({ description, argChoices, defaultValue }: Option): Text {
  const values = argChoices?.join(', ');
  const usual = typeof defaultValue === 'string' ? defaultValue : undefined;
  if (values === undefined && usual === undefined) return { en: description, 'zh-cn': description };
  const parts = (otherwise: string): readonly string[] => [
    ...(values === undefined ? [] : [values]),
    ...(usual === undefined ? [] : [`${otherwise}${usual}`]),
  ];
  return {
    en: `${description} (${parts('default: ').join('; ')})`,
    'zh-cn': `${description}（${parts('默认：').join('；')}）`,
  };
}

const DESCRIPTION: Text = {
  en: 'Reads Calico, Spiderpool, containerlab, kind, FRR, VyOS and BIRD files as one network and says what is wrong, on the exact token.',
  'zh-cn':
    '把 Calico、Spiderpool、containerlab、kind、FRR、VyOS 与 BIRD 的文件作为一张网络来读，并精确指出问题所在的字段。',
};
const SHOWS_VERSION: Text = { en: 'show the version', 'zh-cn': '显示版本' };
const SHOWS_HELP: Text = { en: 'show help', 'zh-cn': '显示帮助' };
const EXAMPLES: Text = {
  en: `
Examples:
  selvage check                          check the network in this folder
  selvage check --fix manifests/         mend what has one right answer
  selvage explain bgp/as-mismatch        what a rule means and why it matters
  selvage check --help                   formats, baselines, standard input

Exit codes: 0 nothing to report, 1 findings, 2 the command could not be carried out.`,
  'zh-cn': `
示例：
  selvage check                          检查当前文件夹中的网络
  selvage check --fix manifests/         修复只有唯一正确答案的问题
  selvage explain bgp/as-mismatch        规则的含义及其重要性
  selvage check --help                   输出格式、基线、标准输入

退出码：0 没有问题，1 有发现，2 命令无法执行。`,
};

const TITLES: Readonly<Record<string, Text>> = {
  'Usage:': { en: 'Usage:', 'zh-cn': '用法：' },
  'Arguments:': { en: 'Arguments:', 'zh-cn': '参数：' },
  'Options:': { en: 'Options:', 'zh-cn': '选项：' },
  'Commands:': { en: 'Commands:', 'zh-cn': '命令：' },
};
