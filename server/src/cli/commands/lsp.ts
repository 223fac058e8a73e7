import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Register } from '../command.ts';
import { languageOption } from '../language.ts';
import { refuse } from '../refusal.ts';

export const lsp: Register = (program, context) => {
  const { say } = context;
  program
    .command('lsp')
    .description(say({ en: 'run the language server for an editor', 'zh-cn': '为编辑器运行语言服务器' }))
    .option(
      '--stdio',
      say({ en: 'speak on standard input and output (the default)', 'zh-cn': '使用标准输入输出（默认）' }),
    )
    .option('--clientProcessId <pid>', say({ en: 'end when this process ends', 'zh-cn': '该进程结束时退出' }))
    .addOption(languageOption(context))
    .action(async () => {
      // The server is a program of its own and reads how to talk from the arguments.
      if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
      await import(pathToFileURL(serverPath()).href);
    });
};

/** The server stands beside the built program, and in a folder beside this one's in the sources. */
function serverPath(): string {
  const folder = dirname(realpathSync(process.argv[1] ?? '.'));
  const found = [join(folder, 'server.js'), join(folder, '..', 'lsp', 'server.ts')].find((path) => existsSync(path));
  return (
    found ??
    refuse({ en: 'The language server is not part of this installation.', 'zh-cn': '此安装中不含语言服务器。' })
  );
}
