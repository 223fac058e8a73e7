import type { Connection } from '../../apply/connect.ts';
import type { Workbench } from '../../apply/execute.ts';
import { inState, type Journal } from '../../apply/journal.ts';
import type { Text } from '../../text.ts';
import type { Context } from '../command.ts';
import { rollBackNow } from './carry-out.ts';

/** How often the journal is looked at for a confirmation from elsewhere, and the countdown told. Milliseconds. */
const LOOK = 500;
const TELL = 30_000;

/**
 * Waits for a yes: typed here, or given by `selvage apply --confirm` anywhere else. When it does not come in time, everything
 * is rolled back.
 */
export async function awaitConfirmation(
  journal: Journal,
  bench: Workbench,
  connection: Connection,
  context: Context,
): Promise<void> {
  const { terminal, say } = context;
  const deadline = journal.deadline ?? bench.now();
  terminal.error(`${say(HONEST)}\n`);
  const waiting = new AbortController();
  let answer: 'yes' | 'no' | undefined;
  void terminal.ask?.(say(question(journal.id)), waiting.signal).then((typed) => {
    if (typed !== undefined) answer = /^\s*(y|yes|confirm|是)\s*$/i.test(typed) ? 'yes' : 'no';
  });
  const interrupted = terminal.onInterrupt?.(() => {
    answer = 'no';
  });
  let told = Number.POSITIVE_INFINITY;
  while (answer === undefined && bench.now() < deadline) {
    const left = deadline - bench.now();
    if (told - left >= TELL || (left < 10_000 && told - left >= 1000)) {
      told = left;
      terminal.error(`${say(countdown(Math.ceil(left / 1000)))}\n`);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK, left)));
    const now = await bench.journals.read(journal.id);
    if (now !== undefined && now.state !== 'unconfirmed') answer = 'yes';
  }
  waiting.abort();
  interrupted?.();
  if (answer === 'yes') {
    const known = await bench.journals.read(journal.id);
    if (known?.state === 'unconfirmed') await bench.journals.write(inState(known, 'done', bench.now()));
    terminal.out(`${say(CONFIRMED)}\n`);
    return;
  }
  terminal.error(`${say(answer === 'no' ? DECLINED : EXPIRED)}\n`);
  context.exitWith(1);
  const { signal: _signal, ...unstoppable } = bench;
  const result = await rollBackNow(journal, unstoppable, connection, context);
  if (result?.kind !== 'applied') terminal.error(`selvage: ${say(NOT_BACK)}\n`);
  context.exitWith(1);
}

const HONEST: Text = {
  en: 'If nobody confirms, this program rolls everything back. It can do so only while it runs and the cluster answers it: if the change cuts that way, or this machine goes down, nobody rolls back.',
  'zh-cn':
    '如果无人确认，本程序将回滚全部更改。只有在本程序仍在运行且能访问集群时才能做到：如果更改切断了这条路径，或本机宕机，则不会有人回滚。',
};
const question = (id: string): Text => ({
  en: `Keep it? Type yes here, or run \`selvage apply --confirm ${id}\`: `,
  'zh-cn': `是否保留？在此输入 yes，或运行 \`selvage apply --confirm ${id}\`：`,
});
const countdown = (seconds: number): Text => ({
  en: `Rolled back in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} unless confirmed.`,
  'zh-cn': `若不确认，将在 ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} 后回滚。`,
});
const CONFIRMED: Text = { en: 'Confirmed: it stays.', 'zh-cn': '已确认：保留更改。' };
const DECLINED: Text = { en: 'Not confirmed: rolling back now.', 'zh-cn': '未确认：立即回滚。' };
const EXPIRED: Text = { en: 'Nobody confirmed in time: ROLLING BACK.', 'zh-cn': '超时未确认：正在回滚。' };
const NOT_BACK: Text = {
  en: 'The roll back did not go through. `selvage status` tells how things stand; `selvage rollback` tries again.',
  'zh-cn': '回滚未完成。`selvage status` 显示当前状态；`selvage rollback` 可重试。',
};
