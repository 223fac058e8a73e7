import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { askWithProgress } from '../apply/ask.ts';
import type { Texts } from '../apply/documents.ts';
import { showPage } from './plan-for-cluster.ts';

export type LabAction = 'deploy' | 'redeploy' | 'apply' | 'destroy';

interface LabNode {
  readonly name: string;
  readonly kind: string;
  readonly image: string;
  readonly state: string;
  readonly addresses: readonly string[];
}

/** Runs containerlab on the topology in the editor: in a terminal, by its words and never through a shell, once confirmed. */
export async function runLab(client: BaseLanguageClient, action: LabAction, given?: unknown): Promise<void> {
  const document = topologyDocument(given);
  if (document === undefined) return;
  // containerlab reads the file, not the editor.
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === document.toString());
  if (open?.isDirty && !(await open.save())) return;
  const title = vscode.l10n.t('Selvage looks for containerlab');
  const answer = await askWithProgress<{ words: readonly string[]; warning: string; version: string }>(
    client,
    title,
    'lab',
    { uri: document.toString(), action },
  );
  if (answer === undefined) return;
  const verb = labVerb(action);
  const chosen = await vscode.window.showWarningMessage(
    `${verb}: ${vscode.workspace.asRelativePath(document)}`,
    { modal: true, detail: `${answer.warning}\n\n${answer.words.join(' ')}` },
    verb,
  );
  if (chosen !== verb) return;
  const [program, ...words] = answer.words;
  vscode.window.createTerminal({ name: 'containerlab', shellPath: program!, shellArgs: words }).show();
}

/** Shows the running nodes of the topology in the editor. */
export async function inspectLab(client: BaseLanguageClient, texts: Texts, given?: unknown): Promise<void> {
  const document = topologyDocument(given);
  if (document === undefined) return;
  const title = vscode.l10n.t('Selvage reads the lab');
  const answer = await askWithProgress<{ nodes: readonly LabNode[] }>(client, title, 'labNodes', {
    uri: document.toString(),
  });
  if (answer === undefined) return;
  if (answer.nodes.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No node of this lab is running.'));
    return;
  }
  const head = [
    vscode.l10n.t('Node'),
    vscode.l10n.t('Kind'),
    vscode.l10n.t('Image'),
    vscode.l10n.t('State'),
    vscode.l10n.t('Addresses'),
  ];
  const rows = answer.nodes.map(({ name, kind, image, state, addresses }) => [
    name,
    kind,
    image,
    state,
    addresses.join(' '),
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(plain).join(' | ')} |`);
  const page = texts.add('lab.md', `# ${vscode.workspace.asRelativePath(document)}\n\n${lines.join('\n')}\n`);
  await showPage(page);
}

function plain(text: string): string {
  return text.replace(/[|`<\n]/g, ' ');
}

function topologyDocument(given: unknown): vscode.Uri | undefined {
  return given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
}

function labVerb(action: LabAction): string {
  switch (action) {
    case 'deploy':
      return vscode.l10n.t('Deploy');
    case 'redeploy':
      return vscode.l10n.t('Redeploy');
    case 'apply':
      return vscode.l10n.t('Apply');
    case 'destroy':
      return vscode.l10n.t('Destroy');
  }
}
