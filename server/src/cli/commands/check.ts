import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Text } from '../../text.ts';
import type { Severity } from '../../workspace/settings.ts';
import { baselineOf, newTo, readBaseline } from '../check/baseline.ts';
import { mend } from '../check/mend.ts';
import { atLeast, diagnosticsOf, type Report, reported, SEVERITIES, summaryOf } from '../check/report.ts';
import { ruleFilter } from '../check/rule-filter.ts';
import { writeMended } from '../check/write-mended.ts';
import type { Context, Register } from '../command.ts';
import { languageOption } from '../language.ts';
import { type Reading, readScope } from '../read.ts';
import { refuse } from '../refusal.ts';
import { REPORTERS, type ReportFormat } from '../reporters/index.ts';
import { inScope, scopeOf, scopeOfFile, shownPath, uriOfTarget } from '../scope.ts';

interface Options {
  readonly format: ReportFormat;
  readonly fix?: true;
  readonly unsafeFixes?: true;
  readonly severity?: Severity;
  readonly rule?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly stdin?: true;
  readonly stdinFilename?: string;
  readonly calicoVersion?: string;
  readonly verbose?: true;
}

export const check: Register = (program, context) => {
  const { say } = context;
  program
    .command('check')
    .description(say(HELP.check))
    .argument('[paths...]', say(HELP.paths))
    .addOption(new Option('--format <format>', say(HELP.format)).choices(Object.keys(REPORTERS)).default('text'))
    .option('--fix', say(HELP.fix))
    .option('--unsafe-fixes', say(HELP.unsafeFixes))
    .addOption(new Option('--severity <level>', say(HELP.severity)).choices(SEVERITIES))
    .option('--rule <id...>', say(HELP.rule))
    .option('--baseline <file>', say(HELP.baseline))
    .option('--write-baseline <file>', say(HELP.writeBaseline))
    .option('--stdin', say(HELP.stdin))
    .option('--stdin-filename <file>', say(HELP.stdinFilename))
    .option('--calico-version <version>', say(HELP.calicoVersion))
    .option('--verbose', say(HELP.verbose))
    .addOption(languageOption(context))
    .addHelpText('after', say(EXAMPLES))
    .action((paths: readonly string[], options: Options) => runCheck(paths, options, context));
};

async function runCheck(paths: readonly string[], options: Options, context: Context): Promise<void> {
  const { terminal } = context;
  if (options.stdin === undefined && options.stdinFilename !== undefined) refuse(STDIN_MISSING);
  const { wanted, extraPaths } = ruleFilter(options.rule ?? [], terminal.cwd);
  const known = options.baseline === undefined ? undefined : readBaseline(options.baseline, terminal.cwd);
  const given = [...paths, ...extraPaths];
  const reading = options.stdin ? await readStdin(given, options, context) : await readPaths(given, options, context);
  const { engine } = reading;
  const diagnose = () => diagnosticsOf(reading, (one) => wanted(one.code));
  warnOfSkipped(reading, options, context);

  const fixing = options.fix === true || options.unsafeFixes === true;
  if (fixing) {
    const before = new Map([...engine.workspace.files].map((file) => [file.uri, file.text]));
    const daring = options.unsafeFixes === true ? 'unsafe' : 'safe';
    const mended = mend(engine, diagnose, daring, (uri) => inScope(reading.scope, uri));
    // What is not on disk is not fixed: its findings are told.
    if (!options.stdin)
      for (const uri of writeMended(mended, before, context)) {
        const text = before.get(uri);
        if (text === undefined) engine.workspace.removeFile(uri);
        else engine.workspace.setFile(uri, text);
      }
  }

  const threshold = options.severity ?? 'warning';
  const all = reported(engine, diagnose(), context.language, terminal.cwd);
  if (options.writeBaseline !== undefined)
    return writeBaseline(options.writeBaseline, baselineOf(all), all.length, context);
  const findings = all
    .filter(known === undefined ? () => true : newTo(known))
    .filter(({ severity }) => options.severity === undefined || atLeast(severity, options.severity));
  const report: Report = {
    findings,
    summary: summaryOf(reading, findings),
    skipped: reading.skipped.map((one) => ({ ...one, file: shownPath(one.uri, terminal.cwd) })),
    checked: checkedFiles(reading, terminal.cwd),
    textOf: (uri) => engine.workspace.file(uri)?.text ?? '',
    rules: engine.rules,
    language: context.language,
    cwd: terminal.cwd,
    threshold,
  };
  const output = REPORTERS[options.format](report, terminal);
  if (options.stdin && fixing) {
    const target = reading.scope.targets[0]!;
    terminal.out(engine.workspace.file(uriOfTarget(target))?.text ?? '');
    terminal.error(output);
  } else terminal.out(output);
  context.exitWith(findings.some(({ severity }) => atLeast(severity, threshold)) ? 1 : 0);
}

function readPaths(paths: readonly string[], { calicoVersion }: Options, { terminal }: Context): Promise<Reading> {
  return readScope(scopeOf(paths, terminal.cwd), calicoVersion === undefined ? {} : { calicoVersion });
}

async function readStdin(paths: readonly string[], options: Options, { terminal }: Context): Promise<Reading> {
  if (options.stdinFilename === undefined) refuse(FILENAME_MISSING);
  if (paths.length > 0) refuse(STDIN_AND_PATHS);
  const { calicoVersion } = options;
  const scope = scopeOfFile(options.stdinFilename, terminal.cwd);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await terminal.input());
  return readScope(scope, calicoVersion === undefined ? {} : { calicoVersion }, text);
}

function checkedFiles({ engine, scope }: Reading, cwd: string): readonly string[] {
  return [...engine.workspace.files]
    .filter((file) => file.skipped === undefined && inScope(scope, file.uri))
    .map((file) => shownPath(file.uri, cwd))
    .sort();
}

/** What was left alone: always said where it could not be read or was asked for by name, else with --verbose. */
function warnOfSkipped({ skipped }: Reading, { verbose }: Options, { terminal, say }: Context): void {
  for (const { uri, reason, warn } of skipped) {
    if (!warn && !verbose) continue;
    const file = shownPath(uri, terminal.cwd);
    terminal.error(
      `selvage: ${say({ en: `${file} was left alone: ${reason.en}`, 'zh-cn': `已跳过 ${file}：${reason['zh-cn']}` })}\n`,
    );
  }
}

function writeBaseline(file: string, content: string, count: number, { terminal, say }: Context): void {
  try {
    writeFileSync(resolve(terminal.cwd, file), content);
  } catch {
    refuse({ en: `The baseline ${file} cannot be written.`, 'zh-cn': `无法写入基线 ${file}。` });
  }
  terminal.out(
    `${say({ en: `Wrote ${file}: ${count} known ${count === 1 ? 'finding' : 'findings'}.`, 'zh-cn': `已写入 ${file}：${count} 个已知问题。` })}\n`,
  );
}

const STDIN_MISSING: Text = {
  en: '--stdin-filename names the text of --stdin; give both.',
  'zh-cn': '--stdin-filename 为 --stdin 的文本命名，两者须同时给出。',
};
const FILENAME_MISSING: Text = {
  en: '--stdin wants --stdin-filename: the name says which format the text has and which network it belongs to.',
  'zh-cn': '--stdin 需要 --stdin-filename：文件名决定文本的格式及其所属的网络。',
};
const STDIN_AND_PATHS: Text = {
  en: '--stdin checks one text; give no paths with it.',
  'zh-cn': '--stdin 只检查一份文本，不能同时给出路径。',
};

const HELP = {
  check: { en: 'check files and folders', 'zh-cn': '检查文件和文件夹' },
  paths: {
    en: 'files and folders; each folder is one network, a file is checked with the network around it (default: this folder)',
    'zh-cn': '文件和文件夹；每个文件夹是一张网络，文件则连同其所在网络一起检查（默认：当前文件夹）',
  },
  format: { en: 'how to report', 'zh-cn': '报告格式' },
  fix: { en: 'make the fixes that have one right outcome', 'zh-cn': '应用只有唯一正确结果的修复' },
  unsafeFixes: {
    en: 'make also the first fix where there is a choice; read the result',
    'zh-cn': '有多种修复时也应用第一种；请检查结果',
  },
  severity: {
    en: 'show and count only findings at or above this level (default: all are shown, warnings and errors count)',
    'zh-cn': '只显示并计入不低于此级别的问题（默认：全部显示，警告和错误计入退出码）',
  },
  rule: { en: 'show only these rules; bgp/* is a whole family', 'zh-cn': '只显示这些规则；bgp/* 表示整个类别' },
  baseline: { en: 'say nothing of the findings in this file', 'zh-cn': '忽略此文件中已知的问题' },
  writeBaseline: { en: 'write the present findings to this file', 'zh-cn': '将当前问题写入此文件' },
  stdin: { en: 'check the text on standard input', 'zh-cn': '检查标准输入中的文本' },
  stdinFilename: { en: 'the file that this text would be', 'zh-cn': '该文本对应的文件名' },
  calicoVersion: { en: 'the Calico release to check against, e.g. 3.30', 'zh-cn': '所针对的 Calico 版本，例如 3.30' },
  verbose: { en: 'say also which files were left alone, and why', 'zh-cn': '同时说明跳过了哪些文件及原因' },
} satisfies Record<string, Text>;

const EXAMPLES: Text = {
  en: `
Examples:
  selvage check                                     this folder as one network
  selvage check rack0/bgp.yaml                      one file, together with its network
  selvage check --format sarif > selvage.sarif      for code scanning
  selvage check --write-baseline known.json         accept what is there today …
  selvage check --baseline known.json               … and report only what is new
  selvage check --stdin --stdin-filename a.yaml < a.yaml`,
  'zh-cn': `
示例：
  selvage check                                     将当前文件夹作为一张网络检查
  selvage check rack0/bgp.yaml                      检查单个文件及其所在网络
  selvage check --format sarif > selvage.sarif      用于代码扫描
  selvage check --write-baseline known.json         接受现有问题……
  selvage check --baseline known.json               ……只报告新问题
  selvage check --stdin --stdin-filename a.yaml < a.yaml`,
};
