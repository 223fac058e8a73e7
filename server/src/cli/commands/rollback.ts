import { newId } from '../../apply/cluster.ts';
import { isInterrupted, touched } from '../../apply/journal.ts';
import { planRollback } from '../../apply/rollback.ts';
import { shownPlan } from '../../apply/shown.ts';
import type { Text } from '../../text.ts';
import { type AcceptOptions, isAccepted } from '../cluster/accept.ts';
import { carryOut, workbench } from '../cluster/carry-out.ts';
import { type ClusterOptions, connectFor, journalsFor, withClusterOptions } from '../cluster/options.ts';
import { planLines, targetLines } from '../cluster/write.ts';
import type { Context, Register } from '../command.ts';
import { refuse } from '../refusal.ts';
import { chosen } from './apply.ts';

interface Options extends ClusterOptions, AcceptOptions {
  readonly dryRun?: boolean;
}

export const rollback: Register = (program, context) => {
  const { say } = context;
  const command = program
    .command('rollback')
    .description(say(HELP.rollback))
    .argument('[id]', say(HELP.id))
    .option('-y, --yes', say(HELP.yes))
    .option('--accept <names...>', say(HELP.accept))
    .option('--dry-run', say(HELP.dryRun));
  withClusterOptions(command, context).action((id: string | undefined, options: Options) =>
    runRollback(id, options, context),
  );
};

async function runRollback(id: string | undefined, options: Options, context: Context): Promise<void> {
  const { terminal, say } = context;
  const journals = journalsFor(context);
  const journal = await chosen(
    id,
    context,
    (one) =>
      one.state !== 'rolled-back' && touched(one).length > 0 && (id !== undefined || one.rollbackOf === undefined),
  );
  if (journal.state === 'running' && !isInterrupted(journal, journals)) refuse(RUNNING);
  const connection = await connectFor(options, context);
  const { bench, end } = workbench(connection, context);
  try {
    const planned = await planRollback(journal, bench, { id: newId(Date.now()), connection });
    if ('failure' in planned) return refuse(planned.failure.text);
    const { plan } = planned.ok;
    const shown = shownPlan(plan, say);
    if (options.format === 'json') terminal.out(`${JSON.stringify({ version: 1, ...shown }, null, 2)}\n`);
    else terminal.out(`${[...targetLines(shown.targets, context), ...planLines(shown, context)].join('\n')}\n`);
    if (options.dryRun) return context.exitWith(plan.steps.length === 0 ? 0 : 1);
    if (plan.steps.length > 0 && !(await isAccepted(plan, options, context))) {
      terminal.error(`selvage: ${say(DECLINED)}\n`);
      return context.exitWith(1);
    }
    await carryOut(plan, bench, context, { rollbackOf: journal.id });
  } finally {
    end();
  }
}

const RUNNING: Text = {
  en: 'This apply is still running. Stop it first.',
  'zh-cn': '此次应用仍在进行，请先停止它。',
};
const DECLINED: Text = { en: 'Nothing was changed.', 'zh-cn': '未做任何更改。' };

const HELP = {
  rollback: { en: 'take an apply back', 'zh-cn': '回滚一次应用' },
  id: { en: 'which apply (default: the last one)', 'zh-cn': '哪一次应用（默认为最近一次）' },
  yes: { en: 'accept amber steps without asking', 'zh-cn': '不询问即接受中风险步骤' },
  accept: {
    en: 'accept red steps: the name of the context or server, or of every red object',
    'zh-cn': '接受高风险步骤：上下文或服务器的名称，或每个高风险对象的名称',
  },
  dryRun: { en: 'only show what would be done', 'zh-cn': '只显示将要执行的操作' },
} as const satisfies Record<string, Text>;
