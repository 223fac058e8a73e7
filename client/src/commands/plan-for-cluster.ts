import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Plan } from '../apply/answers.ts';
import { askWithProgress } from '../apply/ask.ts';
import type { Texts } from '../apply/documents.ts';
import { planText } from '../apply/plan-text.ts';

/** Plans for a file, an object of it, or objects that are to go, and shows the plan. Undefined when there is nothing to do or it failed. */
export async function planForCluster(
  client: BaseLanguageClient,
  texts: Texts,
  question: object | undefined,
): Promise<Plan | undefined> {
  if (question === undefined) return undefined;
  const answer = await askWithProgress<{ plan: Plan }>(client, vscode.l10n.t('Selvage plans'), 'plan', question);
  if (answer === undefined) return undefined;
  if (answer.plan.steps.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No change: the cluster says what the file says.'));
    return undefined;
  }
  await showPlan(texts, answer.plan);
  return answer.plan;
}

/** Shows the plan beside the file; the file keeps the focus, so that the next command is about it. */
export async function showPlan(texts: Texts, plan: Plan): Promise<void> {
  await showPage(texts.add('plan.md', planText(plan)));
}

/** Shows a page as it reads, or its text where the preview of Markdown is switched off. */
export async function showPage(page: vscode.Uri): Promise<void> {
  const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true };
  try {
    await vscode.commands.executeCommand('vscode.openWith', page, 'vscode.markdown.preview.editor', options);
  } catch {
    await vscode.window.showTextDocument(page, options);
  }
}
