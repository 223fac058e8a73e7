import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { askWithProgress } from '../apply/ask.ts';

/** Saves what the cluster holds as one file, for rules and completion to read offline. */
export async function saveInventorySnapshot(client: BaseLanguageClient): Promise<void> {
  const answer = await askWithProgress<{ text: string; objects: number; remarks: readonly string[] }>(
    client,
    vscode.l10n.t('Selvage reads the cluster'),
    'snapshot',
    {},
  );
  if (answer === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const place = await vscode.window.showSaveDialog({
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, 'inventory.yaml') }),
    filters: { YAML: ['yaml', 'yml'] },
  });
  if (place === undefined) return;
  await vscode.workspace.fs.writeFile(place, new TextEncoder().encode(answer.text));
  const saved = vscode.l10n.t('{0} objects were saved.', answer.objects);
  void vscode.window.showInformationMessage([saved, ...answer.remarks].join(' '));
}
