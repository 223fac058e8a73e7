import * as vscode from 'vscode';

/** Says where the examples are to be had: a browser has no disk to put a copy on. */
export async function examplesInBrowser(): Promise<void> {
  const open = vscode.l10n.t('Open Folder…');
  const picked = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'VS Code in a browser has no disk to put an example on. Open a folder or repository with network files here, or try the examples in VS Code on a computer.',
    ),
    open,
  );
  if (picked === open) await vscode.commands.executeCommand('vscode.openFolder');
}
