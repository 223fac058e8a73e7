import { InvalidArgumentError, Option } from 'commander';
import { resume } from '../../apply/execute.ts';
import { inState, isInterrupted, type Journal } from '../../apply/journal.ts';
import { shownPlan } from '../../apply/shown.ts';
import type { Text } from '../../text.ts';
import { type AcceptOptions, isAccepted } from '../cluster/accept.ts';
import { carryOut, tell, workbench } from '../cluster/carry-out.ts';
import { awaitConfirmation } from '../cluster/confirm.ts';
import { connectFor, journalsFor, withClusterOptions } from '../cluster/options.ts';
import { planLines, targetLines } from '../cluster/write.ts';
import type { Context, Register } from '../command.ts';
import { refuse } from '../refusal.ts';
import { makePlanFor, type PlanOptions } from './plan.ts';

interface Options extends PlanOptions, AcceptOptions {
  readonly confirmWithin?: number;
  readonly resume?: string | true;
  readonly confirm?: string | true;
}

export const apply: Register = (program, context) => {
  const { say } = context;
  const command = program
    .command('apply')
    .description(say(HELP.apply))
    .argument('[paths...]', say(HELP.paths))
    .option('--remove <objects...>', say(HELP.remove))
    .option('-y, --yes', say(HELP.yes))
    .option('--accept <names...>', say(HELP.accept))
    .addOption(new Option('--confirm-within <minutes>', say(HELP.confirmWithin)).argParser(minutes))
    .addOption(new Option('--resume [id]', say(HELP.resume)).conflicts(['confirm', 'confirmWithin']))
    .addOption(new Option('--confirm [id]', say(HELP.confirm)).conflicts('confirmWithin'));
  withClusterOptions(command, context).action((paths: readonly string[], options: Options) => {
    if (options.confirm !== undefined) return confirm(options.confirm, context);
    if (options.resume !== undefined) return goOn(options, context);
    return runApply(paths, options, context);
  });
};

async function runApply(paths: readonly string[], options: Options, context: Context): Promise<void> {
  const { terminal, say } = context;
  const { made, connection } = await makePlanFor(paths, options, context);
  const shown = shownPlan(made, say);
  terminal.out(`${[...targetLines(shown.targets, context), ...planLines(shown, context)].join('\n')}\n`);
  if (made.steps.length === 0) return;
  if (!(await isAccepted(made, options, context))) {
    terminal.error(`selvage: ${say(DECLINED)}\n`);
    return context.exitWith(1);
  }
  const { bench, end } = workbench(connection, context);
  try {
    const within = options.confirmWithin === undefined ? {} : { confirmWithin: options.confirmWithin * 60_000 };
    const result = await carryOut(made, bench, context, within);
    if (result.kind === 'applied' && result.journal.state === 'unconfirmed')
      await awaitConfirmation(result.journal, bench, connection, context);
  } finally {
    end();
  }
}

/** Goes on with an apply that was cut short by a crash or a kill. */
async function goOn(options: Options, context: Context): Promise<void> {
  const journals = journalsFor(context);
  const journal = await chosen(options.resume!, context, (one) => isInterrupted(one, journals));
  const connection = await connectFor(options, context);
  const { bench, end } = workbench(connection, context);
  try {
    tell(await resume(journal, bench), context);
  } finally {
    end();
  }
}

async function confirm(id: string | true, context: Context): Promise<void> {
  const journal = await chosen(id, context, ({ state }) => state === 'unconfirmed');
  await journalsFor(context).write(inState(journal, 'done', Date.now()));
  context.terminal.out(`${context.say(CONFIRMED)}\n`);
}

/** The journal of this id, or the newest one that fits. */
export async function chosen(
  id: string | true | undefined,
  context: Context,
  fits: (journal: Journal) => boolean,
): Promise<Journal> {
  const journals = journalsFor(context);
  const all = await journals.list();
  const journal = typeof id === 'string' ? all.find((one) => one.id === id) : all.find(fits);
  if (journal !== undefined && fits(journal)) return journal;
  return refuse(
    typeof id === 'string'
      ? {
          en: `There is no apply ${JSON.stringify(id)} of which this could be asked; \`selvage status\` lists them.`,
          'zh-cn': `没有可以执行此操作的应用记录 ${JSON.stringify(id)}；\`selvage status\` 会列出它们。`,
        }
      : {
          en: 'There is no apply of which this could be asked; `selvage status` lists them.',
          'zh-cn': '没有可以执行此操作的应用记录；`selvage status` 会列出它们。',
        },
  );
}

function minutes(given: string): number {
  const value = Number(given);
  if (!Number.isFinite(value) || value <= 0 || value > 24 * 60) throw new InvalidArgumentError('');
  return value;
}

const DECLINED: Text = { en: 'Nothing was changed.', 'zh-cn': '未做任何更改。' };
const CONFIRMED: Text = { en: 'Confirmed: it stays.', 'zh-cn': '已确认：保留更改。' };

const HELP = {
  apply: { en: 'plan, ask, and make a cluster say what the files say', 'zh-cn': '制定计划、确认并让集群与文件一致' },
  paths: { en: 'files or folders (default: this folder)', 'zh-cn': '文件或文件夹（默认为当前文件夹）' },
  remove: { en: 'objects to remove, e.g. BGPPeer/old', 'zh-cn': '要删除的对象，例如 BGPPeer/old' },
  yes: { en: 'accept amber steps without asking', 'zh-cn': '不询问即接受中风险步骤' },
  accept: {
    en: 'accept red steps: the name of the context or server, or of every red object',
    'zh-cn': '接受高风险步骤：上下文或服务器的名称，或每个高风险对象的名称',
  },
  confirmWithin: { en: 'roll back unless confirmed in this many minutes', 'zh-cn': '若在此分钟数内未确认则回滚' },
  resume: { en: 'go on with an apply that was interrupted', 'zh-cn': '继续被中断的应用' },
  confirm: { en: 'keep an apply that waits to be confirmed', 'zh-cn': '保留等待确认的应用' },
} as const satisfies Record<string, Text>;
