import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Apply, Outcome } from './answers.ts';
import { askCluster } from './ask.ts';

/** An apply that waits to be confirmed, in the status bar where it cannot be forgotten; a click keeps it. */
export function countdown(client: BaseLanguageClient): vscode.Disposable & { show(apply: Apply): void } {
  const item = vscode.window.createStatusBarItem('selvage.confirm', vscode.StatusBarAlignment.Left, 1000);
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.name = vscode.l10n.t('Selvage: apply that waits to be confirmed');
  let waiting: Apply | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    waiting = undefined;
    item.hide();
  };
  const draw = (): void => {
    if (waiting?.deadline === undefined) return;
    const left = Math.max(0, Math.ceil((Date.parse(waiting.deadline) - Date.now()) / 1000));
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    item.text = `$(watch) ${vscode.l10n.t('Confirm, or rolled back in {0}', time)}`;
  };
  const confirm = vscode.commands.registerCommand('selvage.confirmApply', async () => {
    const apply = waiting;
    if (apply === undefined) return;
    if ((await askCluster(client, 'confirm', { journal: apply.id })) === undefined) return;
    stop();
    void vscode.window.showInformationMessage(vscode.l10n.t('Confirmed: it stays.'));
  });
  const rolledBack = client.onNotification('selvage/rolledBack', (told: Outcome & { failure?: string }) => {
    stop();
    const how = told.failure ?? told.sentences.join(' ');
    void vscode.window.showWarningMessage(vscode.l10n.t('Nobody confirmed in time, so it was rolled back. {0}', how));
  });
  item.command = 'selvage.confirmApply';
  return {
    show(apply) {
      stop();
      waiting = apply;
      item.tooltip = vscode.l10n.t(
        'This window rolls back when nobody confirms. It can do so only while it is open and reaches the cluster.',
      );
      draw();
      timer = setInterval(draw, 1000);
      item.show();
    },
    dispose() {
      stop();
      vscode.Disposable.from(item, confirm, rolledBack).dispose();
    },
  };
}
