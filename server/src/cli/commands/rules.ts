import { Option } from 'commander';
import { RULES } from '../../engine/catalogue.ts';
import type { Context, Register } from '../command.ts';
import { languageOption } from '../language.ts';

type Format = 'text' | 'json' | 'md';

export const rules: Register = (program, context) => {
  const { say, terminal } = context;
  program
    .command('rules')
    .description(say({ en: 'list every rule', 'zh-cn': '列出全部规则' }))
    .addOption(
      new Option('--format <format>', say({ en: 'how to list', 'zh-cn': '列表格式' }))
        .choices(['text', 'json', 'md'])
        .default('text'),
    )
    .addOption(languageOption(context))
    .action(({ format }: { readonly format: Format }) => terminal.out(LISTS[format](context)));
};

const LISTS: Readonly<Record<Format, (context: Context) => string>> = {
  text({ say }) {
    const width = Math.max(...RULES.map(({ id }) => id.length));
    return RULES.map(
      ({ id, severity, docs }) => `${id.padEnd(width)}  ${severity.padEnd(11)}  ${say(docs.summary)}\n`,
    ).join('');
  },
  json({ say }) {
    const list = RULES.map(({ id, severity, docs }) => ({
      id,
      severity,
      summary: say(docs.summary),
      why: say(docs.why),
      source: docs.source,
    }));
    return `${JSON.stringify({ version: 1, rules: list }, null, 2)}\n`;
  },
  md({ say }) {
    const header = say({ en: '| Rule | Severity | What it finds |', 'zh-cn': '| 规则 | 级别 | 说明 |' });
    const rows = RULES.map(({ id, severity, docs }) => `| \`${id}\` | ${severity} | ${cell(say(docs.summary))} |\n`);
    return `${header}\n| --- | --- | --- |\n${rows.join('')}`;
  },
};

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
