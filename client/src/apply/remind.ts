import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import type { Apply } from './answers.ts';
import { askCluster } from './ask.ts';

interface Open {
  readonly waiting: readonly Apply[];
  readonly overdue: readonly Apply[];
  readonly interrupted: readonly Apply[];
}

/** What an earlier window left open: its countdown goes on here, and what ran out or was cut short is told. The cluster is not asked. */
export function remindOfOpen(client: BaseLanguageClient, waiting: (apply: Apply) => void): vscode.Disposable {
  const remind = async (): Promise<void> => {
    if (!vscode.workspace.isTrusted) return;
    const open = await askCluster<Open>(client, 'watch', {}, { quiet: true });
    const [taken] = open?.waiting ?? [];
    if (taken !== undefined) waiting(taken);
    for (const apply of open?.overdue ?? []) void tellOverdue(client, apply);
    for (const apply of open?.interrupted ?? []) void tellInterrupted(apply);
  };
  return client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) void remind();
  });
}

async function tellOverdue(client: BaseLanguageClient, apply: Apply): Promise<void> {
  const back = vscode.l10n.t('Roll Back…');
  const keep = vscode.l10n.t('Keep');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The apply of {0} to {1} was not confirmed in time, and no window was open to roll it back. It is still in force.',
      new Date(apply.made).toLocaleString(),
      apply.targets.join(', '),
    ),
    back,
    keep,
  );
  if (chosen === back) await vscode.commands.executeCommand('selvage.rollBack', apply.id);
  if (chosen === keep) await askCluster(client, 'confirm', { journal: apply.id });
}

async function tellInterrupted(apply: Apply): Promise<void> {
  const how = vscode.l10n.t('Resume or Roll Back…');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The apply of {0} to {1} was interrupted.',
      new Date(apply.made).toLocaleString(),
      apply.targets.join(', '),
    ),
    how,
  );
  if (chosen === how) await vscode.commands.executeCommand('selvage.rollBack');
}
