import type { FileState } from '../../server/src/workspace/file-state.ts';
import type { TrackedSite } from '../../server/src/workspace/site.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** A folder of files in which `|` marks the cursor; the mark is taken out before the files are read. */
export interface Marked {
  readonly workspace: Workspace;
  readonly file: FileState;
  readonly offset: number;
  readonly sites: readonly TrackedSite[];
  readonly texts: ReadonlyMap<string, string>;
}

const ROOT = 'file:///site';

export const uriOf = (path: string): string => `${ROOT}/${path}`;

/** Reads the files by their paths. Other `|` are kept where `cursor` is another mark. */
export function marked(files: Readonly<Record<string, string>>, cursor = '|'): Marked {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: ROOT }]);
  const texts = new Map<string, string>();
  let found: { readonly path: string; readonly offset: number } | undefined;
  for (const [path, text] of Object.entries(files)) {
    const at = text.indexOf(cursor);
    if (at !== -1 && found !== undefined) throw new Error(`two cursors: in ${found.path} and ${path}`);
    if (at !== -1) found = { path, offset: at };
    texts.set(path, at === -1 ? text : text.slice(0, at) + text.slice(at + cursor.length));
    workspace.setFile(uriOf(path), texts.get(path)!);
  }
  if (found === undefined) throw new Error('no cursor');
  const file = workspace.file(uriOf(found.path));
  if (file === undefined) throw new Error(`${found.path} is no file that Selvage reads`);
  return { workspace, file, offset: found.offset, sites: workspace.sitesOf(file.uri), texts };
}

/** `path:line text` of a span, lines counted from 1. */
export function shown({ texts }: Marked, { file, span }: { file: string; span: readonly [number, number] }): string {
  const path = file.slice(ROOT.length + 1);
  const text = texts.get(path) ?? '';
  return `${path}:${text.slice(0, span[0]).split('\n').length} ${text.slice(span[0], span[1])}`;
}
