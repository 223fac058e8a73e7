import * as vscode from 'vscode';
import type { Plan } from './answers.ts';
import { targetText } from './plan-text.ts';

/** What the person accepts the plan with: nothing to ask for green, a click for amber, a name typed for red. Undefined: not accepted. */
export async function acceptPlan(plan: Plan, verb: string): Promise<string | undefined> {
  const where = plan.targets.map(targetText).join(', ');
  const question =
    plan.steps.length === 1
      ? vscode.l10n.t('{0}: 1 step, {1}', verb, where)
      : vscode.l10n.t('{0}: {1} steps, {2}', verb, plan.steps.length, where);
  const objects = plan.steps.map(({ object }) => object).join(', ');
  if (plan.risk === 'red') return typedName(plan, question);
  if (plan.risk === 'green') return 'yes';
  const chosen = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: [objects, ...plan.consequences].join('\n\n') },
    verb,
  );
  return chosen === verb ? 'yes' : undefined;
}

async function typedName(plan: Plan, title: string): Promise<string | undefined> {
  const [name] = plan.names;
  if (name === undefined) return undefined;
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('This plan is red: {0}. Type “{1}” to go on.', reasons(plan), name),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === '' || value === name
        ? undefined
        : { message: vscode.l10n.t('Type “{0}”.', name), severity: vscode.InputBoxValidationSeverity.Info },
  });
  return typed === name ? name : undefined;
}

function reasons({ steps }: Plan): string {
  return [...new Set(steps.flatMap((step) => step.reasons))].slice(0, 3).join('; ');
}
