import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Apply, Outcome } from './answers.ts';
import { askCluster } from './ask.ts';

/** The server's notification `selvage/rolledBack`: how taking back an apply that nobody confirmed ended. */
interface RolledBack extends Partial<Outcome> {
  /** The apply that was to be taken back. */
  readonly apply: string;
  readonly failure?: string;
}

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
  const rolledBack = client.onNotification('selvage/rolledBack', (told: RolledBack) => {
    stop();
    const how = told.failure ?? told.sentences?.join(' ') ?? '';
    const isBack = told.failure === undefined && told.kind === 'applied';
    if (isBack)
      void vscode.window.showWarningMessage(vscode.l10n.t('Nobody confirmed in time, so it was rolled back. {0}', how));
    else void tellFailed(told.apply, how);
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

async function tellFailed(apply: string, why: string): Promise<void> {
  const back = vscode.l10n.t('Roll Back…');
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t('Nobody confirmed in time, but it could not be rolled back and is still in force. {0}', why),
    back,
  );
  if (chosen === back) await vscode.commands.executeCommand('selvage.rollBack', apply);
}
