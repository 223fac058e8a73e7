import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Plan } from '../apply/answers.ts';
import { askWithProgress } from '../apply/ask.ts';
import type { Texts } from '../apply/documents.ts';
import { planText } from '../apply/plan-text.ts';

/** Plans for the file in the editor, and shows the plan. Undefined when there is nothing to do or it could not be planned. */
export async function planForCluster(client: BaseLanguageClient, texts: Texts): Promise<Plan | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  const title = vscode.l10n.t('Selvage plans');
  const answer = await askWithProgress<{ plan: Plan }>(client, title, 'plan', { ...(uri !== undefined && { uri }) });
  if (answer === undefined) return undefined;
  if (answer.plan.steps.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No change: the cluster says what the file says.'));
    return undefined;
  }
  await showPlan(texts, answer.plan);
  return answer.plan;
}

export async function showPlan(texts: Texts, plan: Plan): Promise<void> {
  const page = texts.add('plan.md', planText(plan));
  await vscode.window.showTextDocument(page, {
    preview: true,
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
  });
}
