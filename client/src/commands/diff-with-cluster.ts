import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Drift, ObjectRef } from '../apply/answers.ts';
import { askWithProgress } from '../apply/ask.ts';
import type { Texts } from '../apply/documents.ts';
import { targetText } from '../apply/plan-text.ts';

/** What a code lens names: one object of one file. */
export interface Named {
  readonly uri: string;
  readonly object: ObjectRef;
}

/** Compares the file in the editor, or the object that a lens names, with the cluster. */
export async function diffWithCluster(client: BaseLanguageClient, texts: Texts, named?: unknown): Promise<void> {
  const uri = (named as Named | undefined)?.uri ?? vscode.window.activeTextEditor?.document.uri.toString();
  const object = (named as Named | undefined)?.object;
  await compare(client, texts, { ...(uri !== undefined && { uri }), ...(object !== undefined && { object }) });
}

/** Compares the whole network, and lists as well what is only in the cluster. */
export async function compareNetwork(client: BaseLanguageClient, texts: Texts): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  await compare(client, texts, { ...(uri !== undefined && { uri }), all: true });
}

async function compare(client: BaseLanguageClient, texts: Texts, question: object): Promise<void> {
  const title = vscode.l10n.t('Selvage compares with the cluster');
  const drift = await askWithProgress<Drift>(client, title, 'diff', question);
  if (drift === undefined) return;
  for (const aside of drift.aside) void vscode.window.showWarningMessage(vscode.l10n.t('Left aside: {0}', aside));
  const where = drift.targets.map(targetText).join(', ');
  const { added, changed, same, unmanaged } = drift.counts;
  if (drift.objects.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No change: {0} objects say in the cluster what the file says ({1}).', same, where),
    );
    return;
  }
  const [only] = drift.objects;
  if (drift.objects.length === 1) return showOne(texts, drift, only!.object, where);
  const chosen = await vscode.window.showQuickPick(
    drift.objects.map(({ object, status, fields }) => ({
      label: object,
      description: statusText(status),
      detail: fields.map(({ path }) => path).join(', '),
    })),
    {
      title: vscode.l10n.t(
        '{0}: {1} to add, {2} to change, {3} as they are, {4} only there',
        where,
        added,
        changed,
        same,
        unmanaged,
      ),
      placeHolder: vscode.l10n.t('Which one to compare?'),
      matchOnDetail: true,
    },
  );
  if (chosen !== undefined) await showOne(texts, drift, chosen.label, where);
}

async function showOne(texts: Texts, drift: Drift, object: string, where: string): Promise<void> {
  const pair = drift.texts.find((text) => text.object === object);
  if (pair === undefined) return;
  await vscode.commands.executeCommand(
    'vscode.diff',
    texts.add(`${object}.cluster.yaml`, pair.live),
    texts.add(`${object}.file.yaml`, pair.file),
    vscode.l10n.t('{0}: cluster ↔ file ({1})', object, where),
    { preview: true } satisfies vscode.TextDocumentShowOptions,
  );
}

function statusText(status: Drift['objects'][number]['status']): string {
  switch (status) {
    case 'added':
      return vscode.l10n.t('not in the cluster');
    case 'changed':
      return vscode.l10n.t('differs');
    default:
      return vscode.l10n.t('only in the cluster');
  }
}
