import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { acceptPlan } from '../apply/accept.ts';
import type { Apply, Outcome, Plan } from '../apply/answers.ts';
import { askWithProgress } from '../apply/ask.ts';
import type { Texts } from '../apply/documents.ts';
import { questionOf } from '../apply/named.ts';
import { planForCluster } from './plan-for-cluster.ts';

export interface Applying {
  readonly client: BaseLanguageClient;
  readonly texts: Texts;
  /** Shows an apply that waits to be confirmed. */
  readonly waiting: (apply: Apply) => void;
  /** Hears of objects that are in the cluster now as files want them. */
  readonly settled: (objects: readonly string[]) => void;
}

/** Plans, shows, asks, and applies exactly what was shown. With `timed`, it is rolled back unless confirmed in time. */
export async function applyToCluster(applying: Applying, mode: 'plain' | 'timed', named?: unknown): Promise<void> {
  const question = questionOf(named);
  if (question === undefined) return;
  const plan = await planForCluster(applying.client, applying.texts, question);
  if (plan === undefined) return;
  const minutes = mode === 'timed' ? await askMinutes() : undefined;
  if (mode === 'timed' && minutes === undefined) return;
  const accepted = await acceptPlan(plan, vscode.l10n.t('Apply'));
  if (accepted === undefined) return;
  const outcome = await carryOut(applying, plan, accepted, minutes);
  // What may be rolled back in a while is not settled.
  if (mode === 'plain' && isAsPlanned(outcome)) applying.settled(plan.steps.map(({ object }) => object));
}

export function isAsPlanned(outcome: Outcome | undefined): boolean {
  return outcome?.kind === 'applied' && outcome.verdict === 'as-planned';
}

/** Carries out a plan that was accepted, and says how it ended. */
export async function carryOut(
  { client, waiting }: Applying,
  plan: Plan,
  accepted: string,
  confirmWithin?: number,
): Promise<Outcome | undefined> {
  const outcome = await askWithProgress<Outcome>(client, vscode.l10n.t('Selvage applies'), 'apply', {
    plan: plan.id,
    accepted,
    ...(confirmWithin !== undefined && { confirmWithin }),
  });
  if (outcome === undefined) return undefined;
  if (outcome.journal?.state === 'unconfirmed') waiting(outcome.journal);
  const text = outcome.sentences.join(' ');
  const back = vscode.l10n.t('Roll Back…');
  const show = isAsPlanned(outcome) ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const { journal } = outcome;
  if (journal === undefined) void vscode.window.showWarningMessage(text);
  else
    void show(text, back).then((chosen) => {
      if (chosen === back) void vscode.commands.executeCommand('selvage.rollBack', journal.id);
    });
  return outcome;
}

async function askMinutes(): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Roll back unless confirmed within how many minutes?'),
    value: '10',
    ignoreFocusOut: true,
    prompt: vscode.l10n.t(
      'This window rolls back when nobody confirms. It can do so only while it is open and reaches the cluster.',
    ),
    validateInput: (value) =>
      /^\d+(\.\d+)?$/.test(value) && Number(value) > 0 ? undefined : vscode.l10n.t('A number of minutes.'),
  });
  return typed === undefined ? undefined : Number(typed);
}
