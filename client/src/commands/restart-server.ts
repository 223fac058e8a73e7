import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Starts the server anew: everything is read again. */
export async function restartServer(client: BaseLanguageClient): Promise<void> {
  try {
    if (client.isRunning()) await client.stop();
    await client.start();
  } catch {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Selvage could not be started again. The output channel “Selvage” says why.'),
    );
  }
}
