import { programOf } from '../../model/shell/script.ts';
import type { Place } from '../../syntax/document.ts';
import { commandsOf, type ShellCommand, type ShellWord } from '../../syntax/shell.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'shell/slash-comment',
  severity: 'warning',
  docs: {
    summary: { en: '`//` as a comment in a shell script.', 'zh-cn': '在 shell 脚本中用 `//` 作注释。' },
    why: {
      en: 'A shell’s comments begin with `#`. A line that begins with `//` is run as a command and fails; behind a command, `//` and every word after it are its arguments, and `ip` or `iptables` refuses the line.',
      'zh-cn':
        'shell 的注释以 `#` 开头。以 `//` 开头的行会被当作命令执行并失败；写在命令之后时，`//` 及其后的每个词都成为参数，`ip` 或 `iptables` 会拒绝整行。',
    },
    source: 'bash(1), COMMENTS',
  },
  document(doc, { report }) {
    if (doc.tree.format !== 'shell') return;
    // Notes with a C program in them are no script, whatever the file is called.
    if (/^[ \t]*#include[ \t]*[<"]/m.test(doc.text)) return;
    for (const command of commandsOf(doc.tree.shell)) {
      const word = slashWord(command);
      if (word === undefined) continue;
      const place: Place = { doc, span: [word.span[0], word.span[0] + 2] };
      const atStart = word === command.words[0];
      report(
        place,
        {
          en: atStart
            ? 'The shell runs this line as a command, which fails. Comments begin with `#`.'
            : `These words become arguments of \`${command.words[0]?.text}\`, which refuses them. Comments begin with \`#\`.`,
          'zh-cn': atStart
            ? 'shell 会把这一行当作命令执行并失败。注释应以 `#` 开头。'
            : `这些词会成为 \`${command.words[0]?.text}\` 的参数并被拒绝。注释应以 \`#\` 开头。`,
        },
        {
          fixes: [
            {
              title: { en: 'Write `#`', 'zh-cn': '改为 `#`' },
              kind: 'safe',
              edits: () => [{ doc, span: place.span!, text: '#' }],
            },
          ],
        },
      );
    }
  },
});

/** Commands that take no `//` of their own. `grep //` and `sed 's//x/'` do. */
const STRICT = new Set(
  'ip route iptables ip6tables sysctl kubectl calicoctl systemctl brctl modprobe ifconfig bridge containerlab clab kind vtysh'.split(
    ' ',
  ),
);

function slashWord(command: ShellCommand): ShellWord | undefined {
  const first = command.words[0];
  if (first === undefined) return undefined;
  if (isSlashes(first)) return first;
  if (!STRICT.has(programOf(command) ?? '')) return undefined;
  return command.words.find(isSlashes);
}

/** `//usr/bin/env` and `//server/share` are paths. */
function isSlashes(word: ShellWord): boolean {
  return !word.quoted && !word.dynamic && /^\/\/+($|[^/\s][^/]*$)/.test(word.text);
}
