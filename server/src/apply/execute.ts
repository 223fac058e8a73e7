import type { Text } from '../text.ts';
import { compare, saysTheSame } from './diff.ts';
import type { Failure, Outcome } from './failure.ts';
import {
  account,
  inState,
  isInterrupted,
  isOpen,
  type Journal,
  type JournalStep,
  type JournalStore,
  journalOf,
  withStep,
} from './journal.ts';
import type { ToolName } from './kinds.ts';
import { type ApiObject, keyOf, shownRef, versionOf } from './objects.ts';
import { type Plan, staleness } from './plan.ts';
import { sameTarget, sharesTarget, shownTarget, type Tool } from './tool.ts';

export interface Workbench {
  readonly tools: Readonly<Partial<Record<ToolName, Tool>>>;
  readonly journals: JournalStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told before each step and once after the last. */
  readonly progress?: (journal: Journal, done: number) => void;
  /** Looked at between steps: a write that has begun is waited for. */
  readonly signal?: AbortSignal;
}

export type Verdict = 'as-planned' | 'different' | 'inconclusive';

export interface Verification {
  readonly verdict: Verdict;
  /** Of each object that is not as planned: what it is instead, or why that is not known. */
  readonly remarks: readonly Text[];
}

/** How an apply ended. `refused`: nothing was changed. */
export type Applied =
  | { readonly kind: 'refused'; readonly reasons: readonly Text[] }
  | { readonly kind: 'stopped'; readonly journal: Journal; readonly reasons: readonly Text[] }
  | { readonly kind: 'applied'; readonly journal: Journal; readonly verification: Verification };

export interface ApplyOptions {
  /** Milliseconds within which somebody must confirm, lest everything be rolled back. */
  readonly confirmWithin?: number;
  readonly rollbackOf?: string;
}

/** Carries out a plan: looks whether it still fits, journals, writes step by step, stops at the first failure, verifies. */
export async function applyPlan(plan: Plan, bench: Workbench, options: ApplyOptions = {}): Promise<Applied> {
  const open = await openJournal(plan.targets, bench, options.rollbackOf);
  if (open !== undefined) return { kind: 'refused', reasons: [open] };
  const moved = await movedTarget(plan.targets, bench);
  if (moved !== undefined) return { kind: 'refused', reasons: [moved] };
  const now = new Map<string, ApiObject | undefined>();
  for (const { ref, tool } of plan.steps) {
    const found = await toolOf(bench, tool).get(ref, bench.signal);
    if ('failure' in found) return { kind: 'refused', reasons: [about(shownRef(ref), found.failure)] };
    now.set(keyOf(ref), found.ok);
  }
  const stale = staleness(plan, now);
  if (stale.length > 0) return { kind: 'refused', reasons: [...stale, PLAN_AGAIN] };
  const journal = journalOf(plan, bench.now(), bench.journals.process, options.rollbackOf);
  await bench.journals.write(journal);
  // A Secret is written from the plan, which stays in memory; the journal does not have it.
  return finish(await runSteps(journal, bench, plan.steps), bench, options);
}

/** Goes on with an apply that was interrupted: what was done is found out, the rest is done. */
export async function resume(journal: Journal, bench: Workbench): Promise<Applied> {
  if (!isInterrupted(journal, bench.journals)) return { kind: 'refused', reasons: [NOT_INTERRUPTED] };
  const moved = await movedTarget(journal.targets, bench);
  if (moved !== undefined) return { kind: 'refused', reasons: [moved] };
  const looked = await lookUp(journal, bench);
  if ('failure' in looked) return { kind: 'refused', reasons: [looked.failure.text] };
  if (looked.ok.steps.some(({ state, withheld }) => state === 'pending' && withheld))
    return { kind: 'refused', reasons: [SECRET_GONE] };
  const own: Journal = { ...looked.ok, process: bench.journals.process };
  await bench.journals.write(own);
  return finish(await runSteps(own, bench, own.steps), bench, {});
}

/** Finds out what came of steps that were begun and never ended. */
export async function lookUp(journal: Journal, bench: Workbench): Promise<Outcome<Journal>> {
  let known = journal;
  for (const [index, step] of journal.steps.entries()) {
    if (step.state !== 'started' && step.state !== 'unsure') continue;
    const state = await whatBecame(step, bench);
    if ('failure' in state) return { failure: { ...state.failure, text: about(shownRef(step.ref), state.failure) } };
    // Not done, and nobody else changed it: it can be done again.
    known = withStep(known, index, { state: state.ok === 'failed' ? 'pending' : state.ok }, bench.now());
  }
  return { ok: known };
}

async function whatBecame(step: JournalStep, bench: Workbench): Promise<Outcome<JournalStep['state']>> {
  const found = await toolOf(bench, step.tool).get(step.ref);
  if ('failure' in found) return found;
  if (step.after === undefined && isGoing(found.ok)) return { ok: 'done' };
  // A Secret's data is not in the journal: only its version tells.
  if (!step.withheld && saysTheSame(found.ok, step.after)) return { ok: 'done' };
  if (step.before === undefined ? found.ok === undefined : versionOf(found.ok) === versionOf(step.before))
    return { ok: 'failed' };
  return { ok: 'unsure' };
}

async function runSteps(
  begun: Journal,
  bench: Workbench,
  objects: readonly { readonly after?: ApiObject }[],
): Promise<{ readonly journal: Journal; readonly reasons: readonly Text[] }> {
  let journal = begun;
  const save = async (next: Journal): Promise<void> => {
    journal = next;
    await bench.journals.write(next);
  };
  for (const [index, step] of begun.steps.entries()) {
    if (step.state === 'done') continue;
    if (bench.signal?.aborted) {
      await save(inState(journal, 'cancelled', bench.now()));
      return { journal, reasons: [CANCELLED] };
    }
    bench.progress?.(journal, index);
    await save(withStep(journal, index, { state: 'started' }, bench.now()));
    const result = await write(step, objects[index]?.after, bench);
    if ('ok' in result) {
      await save(withStep(journal, index, { state: 'done' }, bench.now()));
      continue;
    }
    const { failure } = result;
    const became = failure.unsure ? await whatBecame(step, bench) : { ok: 'failed' as const };
    const state = 'ok' in became ? became.ok : 'unsure';
    const reason = about(shownRef(step.ref), failure);
    await save(inState(withStep(journal, index, { state, failure: reason }, bench.now()), 'failed', bench.now()));
    return { journal, reasons: [reason] };
  }
  bench.progress?.(journal, journal.steps.length);
  return { journal, reasons: [] };
}

function write(step: JournalStep, after: ApiObject | undefined, bench: Workbench): Promise<Outcome<void>> {
  const tool = toolOf(bench, step.tool);
  const version = versionOf(step.before) ?? '';
  // Not with the signal: a write that has begun is waited for, so that it is known how it ended.
  if (step.action === 'remove') return tool.remove(step.ref, version);
  return step.action === 'create' ? tool.create(after!) : tool.replace(after!, version);
}

async function finish(
  { journal, reasons }: { readonly journal: Journal; readonly reasons: readonly Text[] },
  bench: Workbench,
  { confirmWithin }: ApplyOptions,
): Promise<Applied> {
  if (reasons.length > 0) return { kind: 'stopped', journal, reasons: [...reasons, account(journal)] };
  const now = bench.now();
  const ended =
    confirmWithin === undefined
      ? inState(journal, 'done', now)
      : inState(journal, 'unconfirmed', now, { deadline: now + confirmWithin });
  await bench.journals.write(ended);
  const original = journal.rollbackOf === undefined ? undefined : await bench.journals.read(journal.rollbackOf);
  if (original !== undefined) await bench.journals.write(inState(original, 'rolled-back', now));
  return { kind: 'applied', journal: ended, verification: await verify(ended, bench) };
}

/** Reads every object again and says whether it is what the plan wanted. */
export async function verify({ steps }: Journal, bench: Workbench): Promise<Verification> {
  const remarks: Text[] = [];
  let verdict: Verdict = 'as-planned';
  for (const { ref, tool, after, withheld } of steps) {
    const name = shownRef(ref);
    const found = await toolOf(bench, tool).get(ref);
    if ('failure' in found) {
      if (verdict === 'as-planned') verdict = 'inconclusive';
      remarks.push(about(name, found.failure));
      continue;
    }
    if (withheld && found.ok !== undefined && after !== undefined) continue;
    if (saysTheSame(found.ok, after) || (after === undefined && isGoing(found.ok))) continue;
    verdict = 'different';
    remarks.push(different(name, found.ok, after));
  }
  return { verdict, remarks };
}

/** Deleted, and kept until its finalizers are through: a namespace until it is empty, a pool until no Pod uses it. */
function isGoing(live: ApiObject | undefined): boolean {
  return live?.metadata.deletionTimestamp !== undefined;
}

function different(name: string, live: ApiObject | undefined, after: ApiObject | undefined): Text {
  if (live === undefined) return { en: `${name} is not there.`, 'zh-cn': `${name} 不存在。` };
  if (after === undefined) return { en: `${name} is still there.`, 'zh-cn': `${name} 仍然存在。` };
  const fields = compare(live, after)
    .fields.map(({ path }) => `\`${path.join('.')}\``)
    .join(', ');
  return { en: `${name} differs in ${fields}.`, 'zh-cn': `${name} 的 ${fields} 与计划不同。` };
}

async function movedTarget(targets: Plan['targets'], bench: Workbench): Promise<Text | undefined> {
  for (const [name, target] of Object.entries(targets)) {
    const tool = bench.tools[name as ToolName];
    if (tool === undefined) return { en: `${name} is not at hand.`, 'zh-cn': `${name} 不可用。` };
    const found = await tool.target(bench.signal);
    if ('failure' in found) return found.failure.text;
    if (!sameTarget(target, found.ok))
      return {
        en: `The plan is for ${shownTarget(target)}, but ${name} now points to ${shownTarget(found.ok)} or to another cluster there. Plan again.`,
        'zh-cn': `该计划针对 ${shownTarget(target)}，但 ${name} 现在指向 ${shownTarget(found.ok)} 或其上的另一个集群。请重新制定计划。`,
      };
  }
  return undefined;
}

/** An apply to one of these targets that is not over. */
async function openJournal(
  targets: Plan['targets'],
  { journals }: Workbench,
  except: string | undefined,
): Promise<Text | undefined> {
  const open = (await journals.list()).find(
    (journal) => isOpen(journal) && journal.id !== except && sharesTarget(journal, targets),
  );
  if (open === undefined) return undefined;
  const { id } = open;
  if (open.state === 'unconfirmed')
    return {
      en: `The apply ${id} to this cluster waits to be confirmed. Confirm it or roll it back first.`,
      'zh-cn': `对此集群的应用 ${id} 正在等待确认。请先确认或回滚。`,
    };
  return isInterrupted(open, journals)
    ? {
        en: `The apply ${id} to this cluster was interrupted. Resume it or roll it back first.`,
        'zh-cn': `对此集群的应用 ${id} 曾被中断。请先继续执行或回滚。`,
      }
    : {
        en: `The apply ${id} to this cluster is still running.`,
        'zh-cn': `对此集群的应用 ${id} 仍在进行。`,
      };
}

function toolOf(bench: Workbench, name: ToolName): Tool {
  const tool = bench.tools[name];
  if (tool === undefined) throw new Error(`no ${name}`);
  return tool;
}

function about(name: string, { text }: Failure): Text {
  return { en: `${name}: ${text.en}`, 'zh-cn': `${name}：${text['zh-cn']}` };
}

const PLAN_AGAIN: Text = { en: 'Nothing was changed. Plan again.', 'zh-cn': '未做任何更改。请重新制定计划。' };
const NOT_INTERRUPTED: Text = { en: 'This apply was not interrupted.', 'zh-cn': '此次应用并未被中断。' };
const CANCELLED: Text = { en: 'Cancelled.', 'zh-cn': '已取消。' };
const SECRET_GONE: Text = {
  en: 'A Secret that was still to be applied is not kept in the journal. Roll back, or plan again from the files.',
  'zh-cn': '尚未应用的 Secret 不保存在日志中。请回滚，或根据文件重新制定计划。',
};
