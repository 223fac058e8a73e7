import { Engine } from '../engine.ts';
import { nodeFiles, uriOfPath } from '../host/node-files.ts';
import type { Text } from '../text.ts';
import { scanFolder } from '../workspace/scan.ts';
import type { SiteSettings } from '../workspace/settings.ts';
import { Workspace } from '../workspace/workspace.ts';
import { inScope, type Scope, uriOfTarget } from './scope.ts';

/** A file that was left alone, and why. */
export interface Skipped {
  readonly uri: string;
  readonly reason: Text;
  /** It could not be read, or the user named it: then silence would mislead. */
  readonly warn: boolean;
}

/** The networks of a scope, read from disk. */
export interface Reading {
  readonly engine: Engine;
  readonly scope: Scope;
  readonly skipped: readonly Skipped[];
}

/**
 * Reads every network that the scope touches. `overrides` are settings of the command line, which win over `selvage.yaml`;
 * `text` stands in for the scope's one file, whatever the disk says.
 */
export async function readScope(scope: Scope, overrides: Partial<SiteSettings> = {}, text?: string): Promise<Reading> {
  const workspace = new Workspace(nodeFiles);
  workspace.setFolders(scope.roots.map(({ path }) => ({ uri: uriOfPath(path), overrides })));
  const skipped: Skipped[] = [];
  for (const { path, depth } of scope.roots)
    for (const { uri, reason } of await scanFolder(workspace, nodeFiles, uriOfPath(path), { depth }))
      if (inScope(scope, uri)) skipped.push({ uri, reason, warn: true });
  for (const target of scope.targets.filter(({ kind }) => kind === 'file')) {
    const uri = uriOfTarget(target);
    if (text !== undefined) workspace.setFile(uri, text);
    if (workspace.file(uri) !== undefined || skipped.some((one) => one.uri === uri)) continue;
    // Named by the user, so it is read even where its name or an ignore file would leave it out.
    const content = text === undefined ? await nodeFiles.read(uri) : { text };
    if ('text' in content) workspace.setFile(uri, content.text);
    if ('unreadable' in content) skipped.push({ uri, reason: content.unreadable, warn: true });
    else if (workspace.file(uri) === undefined) skipped.push({ uri, reason: UNKNOWN_FORMAT, warn: true });
  }
  for (const file of workspace.files)
    if (file.skipped !== undefined && inScope(scope, file.uri))
      skipped.push({
        uri: file.uri,
        reason: file.skipped,
        warn: scope.targets.some((one) => uriOfTarget(one) === file.uri),
      });
  return { engine: new Engine(workspace), scope, skipped };
}

const UNKNOWN_FORMAT: Text = {
  en: 'it is in no format that Selvage reads',
  'zh-cn': '不是 Selvage 能读取的格式',
};
