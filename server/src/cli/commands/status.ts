import { isInterrupted, isOpen } from '../../apply/journal.ts';
import { type ShownJournal, shownJournal, shownTargetOf } from '../../apply/shown.ts';
import type { Text } from '../../text.ts';
import { type ClusterOptions, connectFor, journalsFor, withClusterOptions } from '../cluster/options.ts';
import { targetLines } from '../cluster/write.ts';
import type { Context, Register } from '../command.ts';

/** Applies that are listed. */
const MOST = 10;

export const status: Register = (program, context) => {
  const command = program.command('status').description(context.say(HELP));
  withClusterOptions(command, context).action((options: ClusterOptions) => runStatus(options, context));
};

/** Where the tools point to, and the last applies. Exit code 1 when one of them stands open or the cluster does not answer. */
async function runStatus(options: ClusterOptions, context: Context): Promise<void> {
  const { terminal, say } = context;
  const journals = journalsFor(context);
  const all = await journals.list();
  const shown = all
    .slice(0, MOST)
    .map((journal) => shownJournal(journal, isInterrupted(journal, journals) ? 'interrupted' : 'not'));
  const connection = await connectFor(options, context);
  const target = await connection.tools[options.tool ?? 'calicoctl']!.target();
  if (all.some(isOpen) || 'failure' in target) context.exitWith(1);
  if (options.format === 'json') {
    const where = 'ok' in target ? { target: shownTargetOf(target.ok) } : { failure: say(target.failure.text) };
    terminal.out(`${JSON.stringify({ version: 1, ...where, applies: shown }, null, 2)}\n`);
    return;
  }
  const lines = 'ok' in target ? targetLines([shownTargetOf(target.ok)], context) : [say(target.failure.text)];
  lines.push(...(shown.length === 0 ? [say(NONE)] : shown.map((journal) => journalLine(journal, context))));
  terminal.out(`${lines.join('\n')}\n`);
}

function journalLine({ id, state, targets, objects, deadline }: ShownJournal, { say }: Context): string {
  const until = deadline === undefined ? '' : ` (${deadline})`;
  return `${id}  ${say(STATES[state])}${until}  ${targets.join(', ')}  ${objects.map(({ object }) => object).join(', ')}`;
}

const STATES: Readonly<Record<ShownJournal['state'], Text>> = {
  running: { en: 'running', 'zh-cn': '进行中' },
  interrupted: { en: 'INTERRUPTED', 'zh-cn': '被中断' },
  done: { en: 'applied', 'zh-cn': '已应用' },
  failed: { en: 'failed', 'zh-cn': '失败' },
  cancelled: { en: 'cancelled', 'zh-cn': '已取消' },
  unconfirmed: { en: 'WAITS TO BE CONFIRMED', 'zh-cn': '等待确认' },
  'rolled-back': { en: 'rolled back', 'zh-cn': '已回滚' },
};
const NONE: Text = { en: 'Nothing was applied from here yet.', 'zh-cn': '尚未从此处应用过任何内容。' };
const HELP: Text = {
  en: 'which cluster the tools point to, and the last applies',
  'zh-cn': '工具指向的集群与最近的应用',
};
