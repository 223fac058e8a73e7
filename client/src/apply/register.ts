import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type Applying, applyToCluster } from '../commands/apply-to-cluster.ts';
import { compareNetwork, diffWithCluster } from '../commands/diff-with-cluster.ts';
import { planForCluster } from '../commands/plan-for-cluster.ts';
import { pullLiveObject } from '../commands/pull-live-object.ts';
import { rollBack } from '../commands/roll-back.ts';
import { saveInventorySnapshot } from '../commands/save-inventory-snapshot.ts';
import { countdown } from './countdown.ts';
import { CLUSTER_SCHEME, clusterTexts } from './documents.ts';

/** The commands that talk to a cluster. They do so only when asked, and only in a trusted workspace. */
export function clusterCommands(client: BaseLanguageClient): vscode.Disposable {
  const texts = clusterTexts();
  const waiting = countdown(client);
  const applying: Applying = { client, texts, waiting: (apply) => waiting.show(apply) };
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    waiting,
    vscode.workspace.registerTextDocumentContentProvider(CLUSTER_SCHEME, texts.provider),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification('selvage/trust', true)),
    registerCommand('selvage.diffWithCluster', (named?: unknown) =>
      diffWithCluster(client, texts, isNamed(named) ? named : undefined),
    ),
    registerCommand('selvage.compareNetwork', () => compareNetwork(client, texts)),
    registerCommand('selvage.planForCluster', () => planForCluster(client, texts)),
    registerCommand('selvage.applyToCluster', () => applyToCluster(applying, 'plain')),
    registerCommand('selvage.applyTimed', () => applyToCluster(applying, 'timed')),
    registerCommand('selvage.rollBack', (id?: unknown) => rollBack(applying, id)),
    registerCommand('selvage.pullLiveObject', () => pullLiveObject(client)),
    registerCommand('selvage.saveInventorySnapshot', () => saveInventorySnapshot(client)),
  );
}

/** From a lens; the editor title gives the file's URI instead. */
function isNamed(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'object' in given;
}
