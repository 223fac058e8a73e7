import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { addressOf, askFor } from '../explanations.ts';

/** “Why is this down?”: for the place that it is told, else for where the cursor stands. */
export async function explainSessions(client: BaseLanguageClient, uri: unknown, position: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const file = typeof uri === 'string' ? uri : editor?.document.uri.toString();
  const at = (position ?? editor?.selection.active) as { line: number; character: number } | undefined;
  if (file === undefined || at === undefined) return;
  const place = { uri: file, position: { line: at.line, character: at.character } };
  if ((await askFor(client, place)) === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no BGP session here. Put the cursor on a BGPPeer, a Node or a neighbor.'),
    );
    return;
  }
  const page = addressOf(place);
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
  } catch {
    // The preview is an extension of its own and may be switched off.
    await vscode.window.showTextDocument(page, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }
}
