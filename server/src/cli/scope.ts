import { existsSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { uriOfPath } from '../host/node-files.ts';
import { refuse } from './refusal.ts';

/** A path that the user gave, absolute. */
export interface Target {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** A folder to read as a workspace folder of its own. */
export interface Root {
  readonly path: string;
  /** Levels of folders to read below it; Infinity for all. */
  readonly depth: number;
}

/** What a command looks at: the networks it must read, and the part of them that the user asked for. */
export interface Scope {
  readonly targets: readonly Target[];
  readonly roots: readonly Root[];
}

/** The paths of a command line, or of the working directory when there are none. Refuses a path that does not exist. */
export function scopeOf(paths: readonly string[], cwd: string): Scope {
  const targets = (paths.length === 0 ? ['.'] : paths).map((path): Target => {
    const absolute = resolve(cwd, path);
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined)
      refuse({ en: `There is no file or folder ${path}.`, 'zh-cn': `文件或文件夹 ${path} 不存在。` });
    return { path: absolute, kind: stats.isDirectory() ? 'folder' : 'file' };
  });
  return { targets, roots: outermost(targets.map(rootOf)) };
}

/** The scope of one file, which need not exist. */
export function scopeOfFile(path: string, cwd: string): Scope {
  const target: Target = { path: resolve(cwd, path), kind: 'file' };
  return { targets: [target], roots: [rootOf(target)] };
}

/** Whether the user asked about this file (a URI). */
export function inScope(scope: Scope, uri: string): boolean {
  const path = fileURLToPath(uri);
  return scope.targets.some((target) => isWithin(target.path, path));
}

/**
 * The folder whose network a path belongs to. For a file: the nearest folder with a selvage.yaml or a repository, else its
 * own. For a folder: itself, or one above it whose selvage.yaml speaks for it.
 */
function rootOf({ path, kind }: Target): Root {
  const own = kind === 'file' ? dirname(path) : path;
  for (let folder = own; ; folder = dirname(folder)) {
    const configured = existsSync(join(folder, 'selvage.yaml')) || existsSync(join(folder, 'selvage.yml'));
    if (configured) return { path: folder, depth: Number.POSITIVE_INFINITY };
    const repository = existsSync(join(folder, '.git'));
    if (repository && kind === 'file') return { path: folder, depth: Number.POSITIVE_INFINITY };
    if (repository || folder === dirname(folder)) break;
  }
  // A lone file in a home or temporary folder says nothing about the thousands of files below that folder.
  const vast = kind === 'file' && [homedir(), tmpdir(), dirname(own)].includes(own);
  return { path: own, depth: vast ? 0 : Number.POSITIVE_INFINITY };
}

function outermost(roots: readonly Root[]): readonly Root[] {
  const distinct = roots.filter((root, index) => roots.findIndex((other) => other.path === root.path) === index);
  return distinct.filter((root) => !distinct.some((other) => other !== root && contains(other, root.path)));
}

function contains(root: Root, path: string): boolean {
  return root.depth > 0 && isWithin(root.path, path);
}

export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A file (a URI) as users of the command line know it: relative to the working directory, with slashes. */
export function shownPath(uri: string, cwd: string): string {
  return slashed(relative(cwd, fileURLToPath(uri)) || '.');
}

export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

export function uriOfTarget(target: Target): string {
  return uriOfPath(target.path);
}
