import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type FileStatus, fileStatus } from './file-status.ts';
import type { Status } from './network-status.ts';

/**
 * Tells VS Code of which of the files seen so far the server has read something, and which hold objects for a cluster: only over
 * these stand our buttons and menus (`resourcePath in selvage.readFiles`), so that other people's YAML is left in peace.
 */
export function nameReadFiles(client: BaseLanguageClient, onStatus: vscode.Event<Status>): vscode.Disposable {
  const known = new Map<string, FileStatus | undefined>();
  const name = async (): Promise<void> => {
    const seen = [...new Set(vscode.window.visibleTextEditors.map(({ document }) => document))];
    await Promise.all(
      seen.map(async (document) => {
        const said = await fileStatus(client, document);
        for (const path of pathsOf(document.uri)) known.set(path, said);
      }),
    );
    const those = (holds: 'resources' | 'objects'): string[] =>
      [...known].flatMap(([path, said]) => ((said?.[holds] ?? 0) > 0 ? [path] : []));
    const [clusterFiles, readFiles] = [those('objects'), those('resources')];
    await vscode.commands.executeCommand('setContext', 'selvage.clusterFiles', clusterFiles);
    await vscode.commands.executeCommand('setContext', 'selvage.readFiles', readFiles);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(() => void name()),
    client.onDidChangeState(() => void name()),
    onStatus(() => void name()),
  );
}

/** As `resourcePath` has it: the path of this machine for files that are on it, and the address' path for all others. */
function pathsOf({ fsPath, path }: vscode.Uri): readonly string[] {
  return [...new Set([fsPath, path])];
}
