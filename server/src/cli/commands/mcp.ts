import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Text } from '../../text.ts';
import type { Context, Register } from '../command.ts';
import { languageOption } from '../language.ts';
import { refuse } from '../refusal.ts';

/** `selvage mcp [folder]`: questions of assistants about one folder, answered on standard input and output. */
export const mcp: Register = (program, context) => {
  const { say } = context;
  program
    .command('mcp')
    .description(say(HELP.mcp))
    .argument('[folder]', say(HELP.folder))
    .addOption(languageOption(context))
    .addHelpText('after', say(EXAMPLE))
    .action((folder: string | undefined) => runMcp(folder ?? '.', context));
};

async function runMcp(given: string, { terminal, language }: Context): Promise<void> {
  const folder = resolve(terminal.cwd, given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    refuse({ en: `There is no folder ${given}.`, 'zh-cn': `文件夹 ${given} 不存在。` });
  const { serveAssistant } = await import('../mcp/serve.ts');
  await serveAssistant(folder, language);
}

const HELP: Readonly<Record<'mcp' | 'folder', Text>> = {
  mcp: {
    en: 'answer questions of AI assistants (Model Context Protocol, read only)',
    'zh-cn': '回答 AI 助手的提问（Model Context Protocol，只读）',
  },
  folder: {
    en: 'the only folder that is read (default: this folder)',
    'zh-cn': '唯一会被读取的文件夹（默认为当前文件夹）',
  },
};

const EXAMPLE: Text = {
  en: `
An assistant starts this program by itself and talks to it on standard input and output:
  {"mcpServers": {"selvage": {"command": "selvage", "args": ["mcp", "/path/to/network"]}}}

It reads the files of that folder at every question. It writes, starts and contacts nothing.`,
  'zh-cn': `
助手会自行启动此程序，并通过标准输入输出与之通信：
  {"mcpServers": {"selvage": {"command": "selvage", "args": ["mcp", "/path/to/network"]}}}

每次提问时它都会读取该文件夹中的文件，不写入、不启动、也不连接任何东西。`,
};
