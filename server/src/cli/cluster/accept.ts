import type { Plan } from '../../apply/plan.ts';
import { targetName } from '../../apply/tool.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../command.ts';
import { refuse } from '../refusal.ts';

export interface AcceptOptions {
  readonly yes?: boolean;
  readonly accept?: readonly string[];
}

/**
 * Whether the plan may be carried out. Green asks nothing, amber a yes, red the name of the target or of every red object.
 * Without a terminal the options must say it.
 */
export async function isAccepted(plan: Plan, options: AcceptOptions, context: Context): Promise<boolean> {
  const { terminal, say } = context;
  if (plan.risk === 'green') return true;
  const given = options.accept ?? [];
  const targets = Object.values(plan.targets).map(targetName);
  const red = plan.steps.filter(({ risk }) => risk === 'red').map(({ ref }) => ref.name);
  const accepts = (names: readonly string[]): boolean =>
    targets.some((name) => names.includes(name)) || (red.length > 0 && red.every((name) => names.includes(name)));
  if (plan.risk === 'amber' ? options.yes === true || accepts(given) : accepts(given)) return true;
  const name = targets[0] ?? red[0] ?? '';
  if (terminal.ask === undefined) return refuse(plan.risk === 'amber' ? NEEDS_YES : needsName(name));
  if (plan.risk === 'amber') return /^\s*(y|yes|是)\s*$/i.test((await terminal.ask(say(ASK_YES))) ?? '');
  const typed = (await terminal.ask(say(askName(name))))?.trim() ?? '';
  return accepts([typed]);
}

const NEEDS_YES: Text = {
  en: 'Nothing was changed: without a terminal, --yes is needed.',
  'zh-cn': '未做任何更改：没有终端时需要 --yes。',
};
const needsName = (name: string): Text => ({
  en: `Nothing was changed: a red step is accepted only by name, with --accept ${name}.`,
  'zh-cn': `未做任何更改：高风险步骤必须按名称确认：--accept ${name}。`,
});
const ASK_YES: Text = { en: 'Apply? [y/N] ', 'zh-cn': '是否应用？[y/N] ' };
const askName = (name: string): Text => ({
  en: `This is red. Type ${name} to apply it: `,
  'zh-cn': `此操作风险高。输入 ${name} 以应用：`,
});
