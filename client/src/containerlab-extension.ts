import * as vscode from 'vscode';

const CONTAINERLAB_EXTENSION = 'srl-labs.vscode-containerlab';

/** Labs are managed by containerlab's own extension: shows its view, or its page where it is not installed. */
export function openContainerlab(): vscode.Disposable {
  return vscode.commands.registerCommand('selvage.openContainerlab', async () => {
    const extension = vscode.extensions.getExtension(CONTAINERLAB_EXTENSION);
    try {
      if (extension === undefined) throw new Error('not installed');
      await vscode.commands.executeCommand('workbench.view.extension.containerlabViewContainer');
    } catch {
      await vscode.commands.executeCommand('extension.open', CONTAINERLAB_EXTENSION);
    }
  });
}
