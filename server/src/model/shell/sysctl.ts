import type { Doc, Field } from '../../syntax/document.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

/** A file of kernel settings that a script writes or opens, or the command that loads such files. */
export interface SysctlLine {
  readonly step: 'write' | 'load';
  /** The file that is written; the option of `sysctl` that loads, e.g. `-p`. */
  readonly field: Field<string>;
  /** The files that `sysctl -p` names; none means `/etc/sysctl.conf`. */
  readonly files: readonly string[];
}

const SYSCTL_FILE = /^\/etc\/sysctl(\.conf|\.d\/[\w.-]+)$/;
const EDITORS = /^(vim?|nano|emacs|tee)$/;

/** `sysctl -p`, `sysctl --system`, and what writes `/etc/sysctl.conf` or `/etc/sysctl.d/…` by redirection, `tee` or editor. */
export function readSysctl(words: readonly Field<string>[], command: ShellCommand, doc: Doc): readonly SysctlLine[] {
  const program = words[0]?.value?.replace(/^.*\//, '') ?? '';
  const lines: SysctlLine[] = [];
  if (program === 'sysctl') {
    const option = words.find(({ value }) => /^(-p|--load|--system)/.test(value ?? ''));
    if (option !== undefined)
      lines.push({
        step: 'load',
        field: option,
        files: words
          .slice(1)
          .flatMap((word) => (word === option || word.value?.startsWith('-') ? [] : (word.value ?? '?'))),
      });
  }
  if (EDITORS.test(program))
    for (const word of words.slice(1))
      if (SYSCTL_FILE.test(word.value ?? '')) lines.push({ step: 'write', field: word, files: [] });
  for (const { operator, target } of command.redirects)
    if (/^1?>{1,2}\|?$/.test(operator) && target !== undefined && !target.dynamic && SYSCTL_FILE.test(target.text))
      lines.push({ step: 'write', field: { value: target.text, place: { doc, span: target.span } }, files: [] });
  return lines;
}
