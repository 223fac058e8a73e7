import * as vscode from 'vscode';
import type { Field, Plan, Risk, Target } from './answers.ts';

/** A plan as a page: the target first, then every step with what it changes and does. */
export function planText(plan: Plan): string {
  const lines = [`# ${vscode.l10n.t('Plan')}`, '', ...plan.targets.map((target) => `**${targetText(target)}**`), ''];
  for (const [index, step] of plan.steps.entries()) {
    lines.push(`## ${index + 1}. ${actionText(step.action)} ${step.object} — ${riskText(step.risk)}`, '');
    for (const reason of step.reasons) lines.push(`- **${reason}**`);
    for (const one of step.consequences) lines.push(`- ${one}`);
    for (const one of step.between) lines.push(`- ${vscode.l10n.t('For a while: {0}', one)}`);
    if (step.fields.length > 0) lines.push('', '```diff', ...step.fields.flatMap(fieldLines), '```');
    lines.push('');
  }
  if (plan.consequences.length > 0)
    lines.push(`## ${vscode.l10n.t('All in all')}`, '', ...plan.consequences.map((one) => `- ${one}`), '');
  lines.push(...plan.notes.map((note) => `> ${note}`));
  return `${lines.join('\n').trimEnd()}\n`;
}

export function targetText({ tool, where, toolVersion }: Target): string {
  return `${tool} → ${where}${toolVersion === undefined ? '' : ` (${toolVersion})`}`;
}

function fieldLines({ path, before, after }: Field): string[] {
  const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return [
    ...(before === undefined ? [] : [`- ${path}: ${shown(before)}`]),
    ...(after === undefined ? [] : [`+ ${path}: ${shown(after)}`]),
  ];
}

function actionText(action: Plan['steps'][number]['action']): string {
  if (action === 'create') return vscode.l10n.t('create');
  return action === 'remove' ? vscode.l10n.t('remove') : vscode.l10n.t('change');
}

function riskText(risk: Risk): string {
  if (risk === 'green') return vscode.l10n.t('green');
  return risk === 'amber' ? vscode.l10n.t('amber') : vscode.l10n.t('red');
}
