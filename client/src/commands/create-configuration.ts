import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

const NAMES = ['selvage.yaml', 'selvage.yml'];

/** Writes a commented `selvage.yaml` fit to a folder and opens it. One that is there is opened as it is; undo takes it back. */
export async function createConfiguration(client: BaseLanguageClient): Promise<void> {
  const folder = await chosenFolder();
  if (folder === undefined) return;
  const present = await configurationIn(folder);
  if (present !== undefined) {
    await vscode.window.showTextDocument(present);
    void vscode.window.showInformationMessage(vscode.l10n.t('This folder has its settings already.'));
    return;
  }
  const text = await client.sendRequest<string | null>('selvage/configurationDraft', { folder: folder.toString() });
  if (text === null) return;
  const file = vscode.Uri.joinPath(folder, 'selvage.yaml');
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (await vscode.workspace.applyEdit(edit)) await vscode.window.showTextDocument(file);
  else void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be written.', 'selvage.yaml'));
}

async function chosenFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (folders[0] === undefined)
    void vscode.window.showInformationMessage(vscode.l10n.t('Open the folder of your network first.'));
  return folders[0]?.uri;
}

async function configurationIn(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (const name of NAMES) {
    const file = vscode.Uri.joinPath(folder, name);
    try {
      await vscode.workspace.fs.stat(file);
      return file;
    } catch {
      // Not there.
    }
  }
  return undefined;
}
