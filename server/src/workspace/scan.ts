import ignore, { type Ignore } from 'ignore';
import { CONFIGURATION_NAMES } from './configuration.ts';
import type { FileSystem } from './file-system.ts';
import { isCandidate } from './formats.ts';
import { baseName, relativePath } from './uri.ts';
import type { Workspace } from './workspace.ts';

/** Folders that hold other people's or generated files, in whatever project. */
const NEVER = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'vendor',
  'third_party',
  'bower_components',
  '__pycache__',
  '.terraform',
  '.venv',
  'venv',
  '.cache',
  'dist',
]);

/** What version control leaves out, and what only Selvage is to leave out: examples that are wrong on purpose. */
export const IGNORE_FILES: readonly string[] = ['.gitignore', '.selvageignore'];

export interface ScanProgress {
  readonly found: number;
  readonly read: number;
}

export interface ScanOptions {
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Files whose text the editor holds: they are left as they are. */
  readonly isOpen?: (uri: string) => boolean;
  /** Levels of folders to read below the root: 0 for its own files only. All when absent. */
  readonly depth?: number;
}

/** A file that could not be read, and is therefore unknown rather than absent. */
export interface Unreadable {
  readonly uri: string;
  readonly reason: { readonly en: string; readonly 'zh-cn': string };
}

/** Reads every file of interest below a folder into the workspace, and says which could not be read. */
export async function scanFolder(
  workspace: Workspace,
  fileSystem: FileSystem,
  root: string,
  options: ScanOptions = {},
): Promise<readonly Unreadable[]> {
  const rulesOf = new Map<string, readonly Rules[]>();
  const files = await listed(fileSystem, root, options, rulesOf);
  workspace.setIgnored(root, (uri) => isIgnoredBelow(rulesOf, uri));
  const unreadable: Unreadable[] = [];
  let read = 0;
  // Some at a time: enough to keep the disk busy, few enough that cancelling is quick.
  for (let at = 0; at < files.length && !options.isCancelled?.(); at += 32) {
    const batch = files.slice(at, at + 32).filter((uri) => !options.isOpen?.(uri));
    const contents = await Promise.all(batch.map((uri) => fileSystem.read(uri)));
    for (const [index, content] of contents.entries()) {
      const uri = batch[index]!;
      if ('text' in content) workspace.setFile(uri, content.text);
      else unreadable.push({ uri, reason: content.unreadable });
    }
    read += batch.length;
    options.onProgress?.({ found: files.length, read });
  }
  return unreadable;
}

interface Rules {
  readonly folder: string;
  readonly ignored: Ignore;
}

/** Files of interest below a folder in order of path, without ignored, vendored and generated trees. */
export async function listFiles(
  fileSystem: FileSystem,
  root: string,
  options: ScanOptions = {},
): Promise<readonly string[]> {
  return listed(fileSystem, root, options, new Map());
}

/** The same; `rulesOf` learns which ignore files hold in each folder. */
async function listed(
  fileSystem: FileSystem,
  root: string,
  options: ScanOptions,
  rulesOf: Map<string, readonly Rules[]>,
): Promise<readonly string[]> {
  const files: string[] = [];
  const visit = async (folder: string, above: readonly Rules[], depth: number): Promise<void> => {
    if (options.isCancelled?.()) return;
    const entries = await fileSystem.list(folder);
    const present = IGNORE_FILES.filter((name) => entries.some((entry) => entry.name === name));
    const rules = await withIgnoreFiles(fileSystem, folder, above, present);
    rulesOf.set(folder, rules);
    const folders: string[] = [];
    for (const { name, kind } of entries) {
      const uri = `${folder}/${encodeURIComponent(name)}`;
      if (kind === 'directory' && !NEVER.has(name) && !isIgnored(rules, `${uri}/`)) folders.push(uri);
      else if (
        kind === 'file' &&
        (isCandidate(uri) || CONFIGURATION_NAMES.has(baseName(uri))) &&
        !isIgnored(rules, uri)
      )
        files.push(uri);
    }
    if (depth > 0) for (const next of folders) await visit(next, rules, depth - 1);
  };
  await visit(root, [], options.depth ?? Number.POSITIVE_INFINITY);
  return files.sort();
}

/** Whether a scan of a folder would come across this file: nothing on the way to it is ignored, vendored or generated. */
export async function isInScope(fileSystem: FileSystem, root: string, uri: string): Promise<boolean> {
  const segments = uri.slice(root.length + 1).split('/');
  let rules: readonly Rules[] = [];
  let folder = root;
  for (const [index, segment] of segments.entries()) {
    rules = await withIgnoreFiles(fileSystem, folder, rules, IGNORE_FILES);
    folder = `${folder}/${segment}`;
    const isFolder = index < segments.length - 1;
    if (isFolder && NEVER.has(segment)) return false;
    if (isIgnored(rules, isFolder ? `${folder}/` : folder)) return false;
  }
  return true;
}

async function withIgnoreFiles(
  fileSystem: FileSystem,
  folder: string,
  above: readonly Rules[],
  names: readonly string[],
): Promise<readonly Rules[]> {
  const contents = await Promise.all(names.map((name) => fileSystem.read(`${folder}/${name}`)));
  const texts = contents.flatMap((content) => ('text' in content ? [content.text] : []));
  return texts.length === 0 ? above : [...above, { folder, ignored: ignore().add(texts.join('\n')) }];
}

/** Whether a path, which need not exist, or a folder above it is ignored. */
function isIgnoredBelow(rulesOf: ReadonlyMap<string, readonly Rules[]>, uri: string): boolean {
  let folder = uri;
  while (folder.includes('/') && !rulesOf.has(folder)) folder = folder.slice(0, folder.lastIndexOf('/'));
  const rules = rulesOf.get(folder);
  if (rules === undefined || folder === uri) return false;
  let path = folder;
  return uri
    .slice(folder.length + 1)
    .split('/')
    .some((segment) => {
      path = `${path}/${segment}`;
      return isIgnored(rules, `${path}/`) || isIgnored(rules, path);
    });
}

/** The nearest ignore file that speaks of a path decides, as in Git. */
function isIgnored(rules: readonly Rules[], uri: string): boolean {
  for (const { folder, ignored } of rules.toReversed()) {
    const path = relativePath(folder, uri);
    if (path === '' || path === '/') continue;
    const verdict = ignored.test(path);
    if (verdict.ignored || verdict.unignored) return verdict.ignored;
  }
  return false;
}
