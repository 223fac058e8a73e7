import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Drift } from '../apply/answers.ts';
import { askWithProgress } from '../apply/ask.ts';
import type { Texts } from '../apply/documents.ts';
import type { DriftView } from '../apply/drift-view.ts';
import { currentFile, questionOf } from '../apply/named.ts';
import { targetText } from '../apply/plan-text.ts';

/** Compares the file in the editor, or the object that a lens names, with the cluster. */
export async function diffWithCluster(client: BaseLanguageClient, texts: Texts, named?: unknown): Promise<void> {
  const question = questionOf(named);
  const drift = question === undefined ? undefined : await compared(client, question);
  if (drift === undefined) return;
  const where = drift.targets.map(targetText).join(', ');
  if (drift.objects.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No change: {0} objects say in the cluster what the file says ({1}).', drift.counts.same, where),
    );
    return;
  }
  const [only] = drift.objects;
  if (drift.objects.length === 1) return showOne(texts, drift, only!.object);
  const { added, changed, same } = drift.counts;
  const chosen = await vscode.window.showQuickPick(
    drift.objects.map(({ object, status, fields }) => ({
      label: object,
      description: status === 'added' ? vscode.l10n.t('not in the cluster') : vscode.l10n.t('differs'),
      detail: fields.map(({ path }) => path).join(', '),
    })),
    {
      title: vscode.l10n.t('{0}: {1} to add, {2} to change, {3} as they are', where, added, changed, same),
      placeHolder: vscode.l10n.t('Which one to compare?'),
      matchOnDetail: true,
    },
  );
  if (chosen !== undefined) await showOne(texts, drift, chosen.label);
}

/** Compares the whole network and shows it in a view of its own, with what is only in the cluster. */
export async function compareNetwork(client: BaseLanguageClient, view: DriftView): Promise<void> {
  const before = view.drift()?.places[0]?.uri;
  // What was compared is compared again, whatever is in the editor now.
  const uri = before ?? currentFile()?.toString();
  const drift = await compared(client, { ...(uri !== undefined && { uri }), all: true });
  if (drift === undefined) return;
  view.show(drift);
  await vscode.commands.executeCommand('selvage.drift.focus');
}

async function compared(client: BaseLanguageClient, question: object): Promise<Drift | undefined> {
  const title = vscode.l10n.t('Selvage compares with the cluster');
  const drift = await askWithProgress<Drift>(client, title, 'diff', question);
  for (const aside of drift?.aside ?? [])
    void vscode.window.showWarningMessage(vscode.l10n.t('Left aside: {0}', aside));
  return drift;
}

/** Shows one object of a comparison in the diff editor: the cluster's on the left, the file's on the right. */
export async function showOne(texts: Texts, drift: Drift, object: string): Promise<void> {
  const pair = drift.texts.find((text) => text.object === object);
  if (pair === undefined) return;
  const where = drift.targets.map(targetText).join(', ');
  await vscode.commands.executeCommand(
    'vscode.diff',
    texts.add(`${object}.cluster.yaml`, pair.live),
    texts.add(`${object}.file.yaml`, pair.file),
    vscode.l10n.t('{0}: cluster ↔ file ({1})', object, where),
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}
