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
  question: object,
): Promise<Plan | undefined> {
  const answer = await askWithProgress<{ plan: Plan }>(client, vscode.l10n.t('Selvage plans'), 'plan', question);
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
  const editor = vscode.window.activeTextEditor;
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
    // The preview takes the focus, and the next command is about the file again.
    if (editor !== undefined)
      await vscode.window.showTextDocument(editor.document, {
        ...(editor.viewColumn !== undefined && { viewColumn: editor.viewColumn }),
        preserveFocus: false,
      });
  } catch {
    // The preview is an extension of its own and may be switched off.
    await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }
}
