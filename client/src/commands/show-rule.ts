import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { addressOf, type RulePage } from '../rule-pages.ts';

/** Shows the page of a rule; asks which one when it is not told. */
export async function showRule(client: BaseLanguageClient, rule: unknown): Promise<void> {
  const id = typeof rule === 'string' ? rule : await askForRule(client);
  if (id === undefined) return;
  const page = addressOf(id);
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The preview is an extension of its own and may be switched off.
    await vscode.window.showTextDocument(page, { preview: true });
  }
}

async function askForRule(client: BaseLanguageClient): Promise<string | undefined> {
  const chosen = await vscode.window.showQuickPick(offered(client), {
    placeHolder: vscode.l10n.t('Which rule?'),
    matchOnDetail: true,
  });
  return chosen?.label;
}

async function offered(client: BaseLanguageClient): Promise<vscode.QuickPickItem[]> {
  const rules = await client.sendRequest<readonly RulePage[]>('selvage/rules');
  return rules.map(({ id, summary }) => ({ label: id, detail: summary }));
}
