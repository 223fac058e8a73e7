import * as vscode from 'vscode';
import { acceptPlan } from '../apply/accept.ts';
import type { Apply, Outcome, Plan } from '../apply/answers.ts';
import { askCluster, askWithProgress } from '../apply/ask.ts';
import { type Applying, carryOut } from './apply-to-cluster.ts';
import { showPlan } from './plan-for-cluster.ts';

/** Takes an apply back: shows what that changes first, and asks as for any other plan. */
export async function rollBack(applying: Applying, id?: unknown): Promise<void> {
  const { client, texts } = applying;
  const journal = typeof id === 'string' ? id : await chooseApply(applying);
  if (journal === undefined) return;
  const title = vscode.l10n.t('Selvage plans');
  const answer = await askWithProgress<{ plan: Plan }>(client, title, 'rollback', { journal });
  if (answer === undefined) return;
  if (answer.plan.steps.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No change: everything is as it was before that apply.'));
    return;
  }
  await showPlan(texts, answer.plan);
  const accepted = await acceptPlan(answer.plan, vscode.l10n.t('Roll Back'));
  if (accepted !== undefined) await carryOut(applying, answer.plan, accepted);
}

async function chooseApply(applying: Applying): Promise<string | undefined> {
  const answer = await askCluster<{ applies: readonly Apply[] }>(applying.client, 'applies', {});
  if (answer === undefined) return undefined;
  const open = answer.applies.filter(({ canRollBack }) => canRollBack);
  if (open.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to roll back.'));
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(
    open.map(({ id, made, state, targets, objects }) => ({
      label: new Date(made).toLocaleString(),
      description: `${stateText(state)} ${targets.join(', ')}`,
      detail: objects.map(({ object }) => object).join(', '),
      id,
      state,
    })),
    { placeHolder: vscode.l10n.t('Which apply?'), matchOnDetail: true },
  );
  if (chosen?.state !== 'interrupted') return chosen?.id;
  const goOn = vscode.l10n.t('Resume');
  const back = vscode.l10n.t('Roll Back');
  const how = await vscode.window.showWarningMessage(
    vscode.l10n.t('This apply was interrupted.'),
    { modal: true },
    goOn,
    back,
  );
  if (how === goOn) {
    const outcome = await askWithProgress<Outcome>(applying.client, vscode.l10n.t('Selvage applies'), 'resume', {
      journal: chosen.id,
    });
    if (outcome !== undefined) void vscode.window.showInformationMessage(outcome.sentences.join(' '));
  }
  return how === back ? chosen.id : undefined;
}

function stateText(state: Apply['state']): string {
  switch (state) {
    case 'interrupted':
      return vscode.l10n.t('interrupted');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'unconfirmed':
      return vscode.l10n.t('waits to be confirmed');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    default:
      return vscode.l10n.t('applied');
  }
}
