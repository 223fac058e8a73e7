import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** The server's answer to the command `selvage.check`. */
interface Counts {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
}

/** Checks every file of the workspace, says how many findings there are, and shows them. */
export async function checkWorkspace(client: BaseLanguageClient): Promise<void> {
  const counts = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Selvage checks the workspace') },
    () => client.sendRequest<Counts | null>('workspace/executeCommand', { command: 'selvage.check' }),
  );
  if (counts === null) return;
  const total = counts.error + counts.warning + counts.information + counts.hint;
  if (total === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Selvage found nothing wrong in {0} files.', counts.files));
    return;
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Selvage found {0} errors, {1} warnings and {2} hints in {3} files.',
      counts.error,
      counts.warning,
      counts.information + counts.hint,
      counts.files,
    ),
  );
}
