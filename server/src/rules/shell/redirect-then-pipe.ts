import type { Doc, Place } from '../../syntax/document.ts';
import type { Pipeline, Redirect, ShellCommand } from '../../syntax/shell.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'shell/redirect-then-pipe',
  severity: 'error',
  docs: {
    summary: {
      en: 'Output goes into a file, and the command behind the pipe reads that file.',
      'zh-cn': '输出写入文件，而管道之后的命令又读取该文件。',
    },
    why: {
      en: 'The redirection takes everything, so the pipe stays empty; and both sides of a pipe run at once, so the second command may read the file before it is written, half of it, or the one of the last run.',
      'zh-cn':
        '重定向取走了全部输出，管道是空的；管道两侧同时运行，第二个命令可能在文件写入之前就读取，读到一半，或读到上次运行留下的内容。',
    },
    source: 'bash(1), Pipelines and Redirection: the commands of a pipeline run concurrently',
  },
  document(doc, { report }) {
    if (doc.tree.format !== 'shell') return;
    for (const pipeline of doc.tree.shell.pipelines) {
      for (const [stage, command] of pipeline.commands.entries()) {
        const next = pipeline.commands[stage + 1];
        const file = next && writtenFile(command);
        if (next === undefined || file?.target === undefined || !reads(next, file.target.text)) continue;
        const place = pipeBetween(doc, pipeline, stage);
        if (place === undefined) continue;
        const name = file.target.text;
        report(
          place,
          {
            en: `The output goes into \`${name}\`, so nothing comes through this pipe, and \`${next.words[0]?.text}\` may read the file before it is written. Use \`&&\`.`,
            'zh-cn': `输出写入了 \`${name}\`，管道里什么也没有，而且 \`${next.words[0]?.text}\` 可能在文件写入之前就读取。请改用 \`&&\`。`,
          },
          {
            related: [
              {
                place: { doc, span: file.target.span },
                message: { en: 'The output ends here.', 'zh-cn': '输出到此为止。' },
              },
            ],
            fixes: [
              {
                title: { en: 'Use `&&` instead of the pipe', 'zh-cn': '用 `&&` 代替管道' },
                kind: 'safe',
                edits: () => [{ doc, span: place.span!, text: '&&' }],
              },
            ],
          },
        );
      }
    }
  },
});

/** The file that takes all of a command's output; none when errors are sent down the pipe on purpose (`2>&1 >file |`). */
function writtenFile({ redirects }: ShellCommand): Redirect | undefined {
  if (redirects.some(({ operator }) => operator.includes('&'))) return undefined;
  return redirects.findLast(
    ({ operator, target }) =>
      /^1?(>|>>|>\|)$/.test(operator) && target !== undefined && !target.text.startsWith('/dev/') && target.text !== '',
  );
}

function reads(command: ShellCommand, file: string): boolean {
  return command.words.slice(1).some(({ text }) => text === file || text.endsWith(`=${file}`));
}

function pipeBetween(doc: Doc, pipeline: Pipeline, stage: number): Place | undefined {
  const from = pipeline.commands[stage]!.span[1];
  const to = pipeline.commands[stage + 1]!.span[0];
  const at = doc.text.slice(from, to).indexOf('|');
  // `|&` sends errors as well.
  return at === -1 || doc.text[from + at + 1] === '&' ? undefined : { doc, span: [from + at, from + at + 1] };
}
