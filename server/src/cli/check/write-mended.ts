import { fileURLToPath } from 'node:url';
import type { Context } from '../command.ts';
import { shownPath } from '../scope.ts';
import type { Mended } from './mend.ts';
import { writeAtomically } from './write.ts';

/** Writes what was mended and says on standard error what was done, file by file. Returns the files that could not be written. */
export function writeMended(
  mended: Mended,
  before: ReadonlyMap<string, string>,
  { terminal, say }: Context,
): readonly string[] {
  const failed: string[] = [];
  for (const [uri, text] of [...mended.texts].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const file = shownPath(uri, terminal.cwd);
    if (before.get(uri) === text) continue;
    const problem = writeAtomically(fileURLToPath(uri), before.get(uri), text);
    if (problem !== undefined) {
      failed.push(uri);
      terminal.error(
        `selvage: ${say({ en: `${file} was not fixed: ${problem.en}`, 'zh-cn': `未修复 ${file}：${problem['zh-cn']}` })}\n`,
      );
      continue;
    }
    for (const { diagnostic, title } of mended.done)
      if (diagnostic.file === uri)
        terminal.error(
          `${say({ en: 'fixed', 'zh-cn': '已修复' })} ${file}:${diagnostic.range.start.line + 1} ${diagnostic.code} ${say(title)}\n`,
        );
  }
  if (!mended.settled)
    terminal.error(
      `selvage: ${say({ en: 'Some fixes undo each other; the rest was left as it is.', 'zh-cn': '部分修复互相抵消，其余保持原样。' })}\n`,
    );
  return failed;
}
