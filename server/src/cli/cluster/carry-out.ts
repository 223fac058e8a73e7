import { newId } from '../../apply/cluster.ts';
import type { Connection } from '../../apply/connect.ts';
import { type Applied, type ApplyOptions, applyPlan, type Workbench } from '../../apply/execute.ts';
import type { Journal } from '../../apply/journal.ts';
import { shownRef } from '../../apply/objects.ts';
import type { Plan } from '../../apply/plan.ts';
import { planRollback } from '../../apply/rollback.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../command.ts';
import { journalsFor } from './options.ts';

/** What applying needs, with progress on the terminal; Ctrl-C stops between two steps. `end` gives Ctrl-C back. */
export function workbench(
  connection: Connection,
  context: Context,
): { readonly bench: Workbench; readonly end: () => void } {
  const stop = new AbortController();
  const end = context.terminal.onInterrupt?.(() => {
    context.terminal.error(`${context.say(STOPPING)}\n`);
    stop.abort();
  });
  const bench: Workbench = {
    tools: connection.tools,
    journals: journalsFor(context),
    now: Date.now,
    signal: stop.signal,
    progress: ({ steps }, done) => {
      const step = steps[done];
      if (step !== undefined) context.terminal.error(`[${done + 1}/${steps.length}] ${shownRef(step.ref)}\n`);
    },
  };
  return { bench, end: end ?? (() => {}) };
}

export async function carryOut(
  plan: Plan,
  bench: Workbench,
  context: Context,
  options: ApplyOptions = {},
): Promise<Applied> {
  const result = await applyPlan(plan, bench, options);
  tell(result, context);
  return result;
}

/** Says how it ended, and sets the exit code: 0 only when everything is as planned. */
export function tell(result: Applied, context: Context): void {
  const { terminal, say } = context;
  const line = (text: Text): void => terminal.out(`${say(text)}\n`);
  if (result.kind === 'refused') {
    for (const reason of result.reasons) terminal.error(`selvage: ${say(reason)}\n`);
    context.exitWith(1);
    return;
  }
  const { id } = result.journal;
  if (result.kind === 'stopped') {
    for (const reason of result.reasons) terminal.error(`selvage: ${say(reason)}\n`);
    terminal.error(`selvage: ${say(wayBack(id))}\n`);
    context.exitWith(1);
    return;
  }
  const { verdict, remarks } = result.verification;
  line(VERDICTS[verdict]);
  for (const remark of remarks) line(remark);
  line(journalAt(id));
  if (verdict !== 'as-planned') context.exitWith(1);
}

/** Takes an apply back without asking: for a confirmation that did not come. */
export async function rollBackNow(
  journal: Journal,
  bench: Workbench,
  connection: Connection,
  context: Context,
): Promise<Applied | undefined> {
  const planned = await planRollback(journal, bench, { id: newId(Date.now()), connection });
  if ('failure' in planned) {
    context.terminal.error(`selvage: ${context.say(planned.failure.text)}\n`);
    return undefined;
  }
  return carryOut(planned.ok.plan, bench, context, { rollbackOf: journal.id });
}

const STOPPING: Text = {
  en: 'Stopping after the step that is under way.',
  'zh-cn': '将在当前步骤完成后停止。',
};
const VERDICTS = {
  'as-planned': { en: 'Applied, and the cluster is as planned.', 'zh-cn': '已应用，集群与计划一致。' },
  different: { en: 'Applied, but the cluster is not as planned.', 'zh-cn': '已应用，但集群与计划不同。' },
  inconclusive: {
    en: 'Applied, but whether the cluster is as planned could not be read.',
    'zh-cn': '已应用，但无法读取集群以确认是否与计划一致。',
  },
} as const satisfies Record<string, Text>;

const journalAt = (id: string): Text => ({
  en: `\`selvage rollback ${id}\` takes it back.`,
  'zh-cn': `\`selvage rollback ${id}\` 可以回滚。`,
});
const wayBack = (id: string): Text => ({
  en: `\`selvage rollback ${id}\` takes back what was applied.`,
  'zh-cn': `\`selvage rollback ${id}\` 可以回滚已应用的部分。`,
});
