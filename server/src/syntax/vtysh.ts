import { segmented } from './embedding.ts';
import type { FrrCommand, FrrLine, FrrTree } from './frr.ts';
import { frrLines, splitWords } from './frr.ts';
import type { ShellCommand, ShellWord } from './shell.ts';
import { commandsOf, parseShell } from './shell.ts';
import type { Span } from './span.ts';

/** `router# `, `router> `, `router(config-router)# `, and the prompt of a shell, which ends what was typed before. */
const PROMPT = /(?<=^|\s)(?:[A-Za-z0-9][\w.-]*(\(config[\w-]*\))?[#>]|\S*[@~\]]\S*[#$])(?=\s|$)/gm;

/** Whether a text shows commands typed at vtysh, or shell commands that hand them to `vtysh -c`. */
export function looksLikeVtysh(text: string): boolean {
  if (/(?:^|\s)[A-Za-z0-9][\w.-]*\(config[\w-]*\)# ?\S/m.test(text)) return true;
  return /(?:^|\s)vtysh[ \t]+(?:\\\r?\n[ \t]*)?-c[ \t]+["']?conf/m.test(text);
}

/**
 * Reads a transcript of vtysh into the configuration that was typed; prompts may follow each other on one line, as web
 * pages flatten them. Output, and commands outside of configuration mode, are left out. `vtysh -c …` commands count too.
 */
export function parseVtysh(text: string): FrrTree {
  const lines = [...frrLines(typedCommands(text)), ...vtyshLines(commandsOf(parseShell(text)))];
  return { text, problems: [], lines, comments: [], typed: true };
}

/** What the `vtysh -c …` commands of a script configure; each run of vtysh begins outside of all blocks. */
export function vtyshLines(commands: readonly ShellCommand[]): readonly FrrLine[] {
  return commands.flatMap((command) => frrLines(handedOver(command)));
}

function typedCommands(text: string): readonly FrrCommand[] {
  const prompts = [...text.matchAll(PROMPT)];
  return prompts.flatMap((prompt, index): FrrCommand[] => {
    if (prompt[1] === undefined) return [];
    const start = prompt.index + prompt[0].length;
    const newline = text.indexOf('\n', start);
    const next = prompts[index + 1]?.index ?? text.length;
    const words = splitWords(text, [start, Math.min(next, newline < 0 ? text.length : newline)]);
    return words.length > 0 ? [{ words, indent: '' }] : [];
  });
}

/** The commands behind `-c` from the one that enters configuration mode on. */
function handedOver(command: ShellCommand): readonly FrrCommand[] {
  const { words } = command;
  const vtysh = words.findIndex((word) => /(?:^|\/)vtysh$/.test(word.text));
  if (vtysh < 0) return [];
  const commands = words.flatMap((word, index) =>
    index > vtysh && words[index - 1]?.text === '-c' ? commandsIn(word) : [],
  );
  const entered = commands.findIndex((typed) => /^conf/.test(typed.words[0]!.text));
  return entered < 0 ? [] : commands.slice(entered + 1);
}

/** A word of the shell as commands, one a line, with places in the script. */
function commandsIn(word: ShellWord): readonly FrrCommand[] {
  const { outer, outerEnd } = segmented(word.segments, (text) => text);
  const place = ([start, end]: Span): Span => [outer(start), outerEnd(Math.max(start + 1, end))];
  let offset = 0;
  return word.text.split('\n').flatMap((line): FrrCommand[] => {
    const start = offset;
    offset += line.length + 1;
    const words = splitWords(word.text, [start, start + line.length]);
    return words.length > 0
      ? [{ words: words.map(({ text, span }) => ({ text, span: place(span) })), indent: '' }]
      : [];
  });
}
