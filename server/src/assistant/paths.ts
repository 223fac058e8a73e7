import type { Range } from '../engine.ts';
import { baseName, isInside, relativePath, resolvePath } from '../workspace/uri.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * The URI of a path that an assistant gave: below the open folder, absolute, or with the folder's name in front where several
 * are open. Undefined when it leads out of all of them.
 */
export function uriOf({ folders }: Workspace, path: string): string | undefined {
  const slashed = path.replaceAll('\\', '/');
  for (const { uri } of folders) {
    const below = belowFolder(uri, slashed, folders.length > 1);
    if (below !== undefined && staysBelow(below)) return resolvePath(uri, below);
  }
  return undefined;
}

function belowFolder(folder: string, path: string, several: boolean): string | undefined {
  const absolute = path.startsWith('/') ? path : /^[a-z]:\//i.test(path) ? `/${path}` : undefined;
  const root = absolute === undefined ? baseName(folder) : relativePath('', folder);
  const whole = absolute ?? path;
  if (absolute === undefined && !several) return path;
  if (whole === root) return '';
  return whole.startsWith(`${root}/`) ? whole.slice(root.length + 1) : undefined;
}

/** Whether no `..` on the way leads above the folder. */
function staysBelow(path: string): boolean {
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return false;
  }
  return true;
}

/** A file as an assistant should name it. */
export function pathOf({ folders }: Workspace, uri: string): string {
  const folder = folders.find((one) => isInside(one.uri, uri));
  if (folder === undefined) return relativePath('', uri);
  const below = relativePath(folder.uri, uri);
  return folders.length > 1 ? `${baseName(folder.uri)}/${below}` : below;
}

/** `frr/tor0/frr.conf:31:32`, counted from 1 as editors and compilers do. */
export function placeOf(workspace: Workspace, at: { readonly file: string; readonly range: Range }): string {
  const { line, character } = at.range.start;
  return `${pathOf(workspace, at.file)}:${line + 1}:${character + 1}`;
}
