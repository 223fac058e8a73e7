import { formatFrr } from '../syntax/frr-format.ts';
import { formatVyos } from '../syntax/vyos-format.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { FileEdit } from './file-edits.ts';

/** The edits, a line each, that bring a configuration of FRR or VyOS into the form that the router itself writes; none for other files. */
export function formatEdits(file: FileState): readonly FileEdit[] {
  const formatted =
    file.format === 'frr' ? formatFrr(file.text) : file.format === 'vyos' ? formatVyos(file.text) : undefined;
  return formatted === undefined || formatted === file.text ? [] : lineEdits(file.uri, file.text, formatted);
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
