import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Larger files are not networks written by people; the server refuses them as well. */
const LARGEST = 4 * 1024 * 1024;

interface Place {
  readonly uri: string;
}

/** Reads for the server what is not on its disk: virtual workspaces, and everything when it runs in a browser. */
export function answerFileRequests(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest('selvage/list', async ({ uri }: Place) => {
      try {
        const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri));
        return entries.map(([name, type]) => ({ name, kind: kindOf(type) }));
      } catch {
        return [];
      }
    }),
    client.onRequest('selvage/read', async ({ uri }: Place) => {
      try {
        const place = vscode.Uri.parse(uri);
        const { size } = await vscode.workspace.fs.stat(place);
        if (size > LARGEST) return null;
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(place));
      } catch {
        return null;
      }
    }),
  );
}

function kindOf(type: vscode.FileType): 'file' | 'directory' | 'other' {
  // A link to a folder may lead back to where it is; a link to a file is just that file.
  if (type === vscode.FileType.Directory) return 'directory';
  return (type & vscode.FileType.File) !== 0 ? 'file' : 'other';
}
