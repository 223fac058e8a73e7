import { formatBird } from '../syntax/bird-format.ts';
import { formatFrr } from '../syntax/frr-format.ts';
import { formatVyos } from '../syntax/vyos-format.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { FileEdit } from './file-edits.ts';

/** The formats that are formatted; YAML is left to others. */
export function isFormatted({ format }: FileState): boolean {
  return format === 'frr' || format === 'vyos' || format === 'bird';
}

/**
 * The edits, a line each, that bring a configuration of FRR or VyOS into the form that the router itself writes, and one of
 * BIRD to the depth of its blocks by the editor's `indent`; none for other files.
 */
export function formatEdits(file: FileState, indent: string): readonly FileEdit[] {
  const formatted = formattedText(file, indent);
  return formatted === undefined || formatted === file.text ? [] : lineEdits(file.uri, file.text, formatted);
}

function formattedText({ format, text }: FileState, indent: string): string | undefined {
  if (format === 'frr') return formatFrr(text);
  if (format === 'vyos') return formatVyos(text);
  return format === 'bird' ? formatBird(text, indent) : undefined;
}

/** Formatting keeps every line, so a cursor stays in its own. */
function lineEdits(uri: string, before: string, after: string): readonly FileEdit[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shared = Math.min(old.length, now.length);
  const edits: FileEdit[] = [];
  let start = 0;
  for (let index = 0; index < shared; index++) {
    const line = old[index]!;
    if (line !== now[index])
      edits.push({ file: uri, span: [start, start + line.length], text: now[index]!, create: false });
    start += line.length + 1;
  }
  if (now.length > old.length)
    edits.push({ file: uri, span: [before.length, before.length], text: after.slice(after.length - 1), create: false });
  return edits;
}
