import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type Applying, applyToCluster } from '../commands/apply-to-cluster.ts';
import { compareNetwork, diffWithCluster, showOne } from '../commands/diff-with-cluster.ts';
import { inspectLab, type LabAction, runLab } from '../commands/lab.ts';
import { planForCluster } from '../commands/plan-for-cluster.ts';
import { pullLiveObject } from '../commands/pull-live-object.ts';
import { refreshLive } from '../commands/refresh-live.ts';
import { removeFromCluster } from '../commands/remove-from-cluster.ts';
import { rollBack } from '../commands/roll-back.ts';
import { saveInventorySnapshot } from '../commands/save-inventory-snapshot.ts';
import { countdown } from './countdown.ts';
import { CLUSTER_SCHEME, clusterTexts } from './documents.ts';
import { type DriftObject, driftView } from './drift-view.ts';
import { questionOf } from './named.ts';
import { remindOfOpen } from './remind.ts';

/** The commands that talk to a cluster. They do so only when asked, and only in a trusted workspace. */
export function clusterCommands(client: BaseLanguageClient): vscode.Disposable {
  const texts = clusterTexts();
  const waiting = countdown(client);
  const drift = driftView();
  const applying: Applying = {
    client,
    texts,
    waiting: (apply) => waiting.show(apply),
    settled: (objects) => drift.settle(objects),
  };
  const { registerCommand } = vscode.commands;
  const lab = (action: LabAction) => (given?: unknown) => runLab(client, action, given);
  return vscode.Disposable.from(
    waiting,
    drift,
    remindOfOpen(client, (apply) => waiting.show(apply)),
    vscode.workspace.registerTextDocumentContentProvider(CLUSTER_SCHEME, texts.provider),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification('selvage/trust', true)),
    registerCommand('selvage.diffWithCluster', (named?: unknown) => diffWithCluster(client, texts, named)),
    registerCommand('selvage.compareNetwork', () => compareNetwork(client, drift)),
    registerCommand('selvage.openDrift', ({ entry }: DriftObject) => showOne(texts, drift.drift()!, entry.object)),
    registerCommand('selvage.removeFromCluster', (node: unknown) =>
      removeFromCluster(applying, node, drift.drift()?.places[0]?.uri),
    ),
    registerCommand('selvage.planForCluster', (named?: unknown) => planForCluster(client, texts, questionOf(named))),
    registerCommand('selvage.applyToCluster', (named?: unknown) => applyToCluster(applying, 'plain', named)),
    registerCommand('selvage.applyTimed', (named?: unknown) => applyToCluster(applying, 'timed', named)),
    registerCommand('selvage.rollBack', (id?: unknown) => rollBack(applying, id)),
    registerCommand('selvage.pullLiveObject', (named?: unknown) => pullLiveObject(client, named)),
    registerCommand('selvage.saveInventorySnapshot', () => saveInventorySnapshot(client)),
    registerCommand('selvage.refreshLive', () => refreshLive(client)),
    registerCommand('selvage.inspectLab', (given?: unknown) => inspectLab(client, texts, given)),
    registerCommand('selvage.deployLab', lab('deploy')),
    registerCommand('selvage.redeployLab', lab('redeploy')),
    registerCommand('selvage.applyLab', lab('apply')),
    registerCommand('selvage.destroyLab', lab('destroy')),
  );
}
