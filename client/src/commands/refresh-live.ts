import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { askWithProgress } from '../apply/ask.ts';

interface LiveCounts {
  readonly sessions: number;
  readonly up: number;
  readonly pools: number;
  readonly remarks: readonly string[];
}

/** Reads sessions and pool use of the cluster now; where the setting is on they stand beside peers and pools. */
export async function refreshLive(client: BaseLanguageClient): Promise<void> {
  const counts = await askWithProgress<LiveCounts>(client, vscode.l10n.t('Selvage reads the cluster'), 'live', {});
  if (counts === undefined) return;
  const { up, sessions, pools, remarks } = counts;
  const said = vscode.l10n.t('{0} of {1} sessions up, {2} pools.', up, sessions, pools);
  const isOn = vscode.workspace.getConfiguration('selvage.cluster').get<boolean>('live') === true;
  const text = [said, ...remarks].join(' ');
  if (isOn) return void vscode.window.showInformationMessage(text);
  const turnOn = vscode.l10n.t('Show Beside Peers and Pools');
  if ((await vscode.window.showInformationMessage(text, turnOn)) === turnOn)
    await vscode.workspace
      .getConfiguration('selvage.cluster')
      .update('live', true, vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : undefined);
}
