import type { Text } from '../text.ts';
import type { Action } from './change.ts';
import type { ToolName } from './kinds.ts';
import { type ApiObject, isMapping, keyOf, type ObjectRef, shownRef } from './objects.ts';
import type { Plan } from './plan.ts';
import { sharesTarget, type Target } from './tool.ts';

/** `started` without an end: Selvage was killed in that step, and what came of it must be looked up. */
export type StepState = 'pending' | 'started' | 'done' | 'failed' | 'unsure';

export interface JournalStep {
  readonly ref: ObjectRef;
  readonly tool: ToolName;
  readonly action: Action;
  /** As it was, with its resourceVersion. */
  readonly before?: ApiObject;
  readonly after?: ApiObject;
  readonly state: StepState;
  readonly failure?: Text;
  /** The object holds secrets, which are not kept: this step cannot be taken back. */
  readonly withheld?: true;
}

export type JournalState =
  | 'running'
  | 'done'
  | 'failed'
  | 'cancelled'
  /** Done, and taken back at `deadline` unless somebody confirms. */
  | 'unconfirmed'
  | 'rolled-back';

/** What an apply did and what was there before, written before the first change is made. Kept outside every repository. */
export interface Journal {
  readonly version: 1;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  readonly changed: number;
  readonly targets: Readonly<Partial<Record<ToolName, Target>>>;
  readonly state: JournalState;
  readonly steps: readonly JournalStep[];
  /** Which process writes it; a journal that is `running` without that process was interrupted. */
  readonly process?: { readonly pid: number; readonly host: string };
  readonly deadline?: number;
  readonly rollbackOf?: string;
}

/** Where journals are kept. Ids are letters, digits and dashes. */
export interface JournalStore {
  /** All that can be read, newest first. */
  list(): Promise<readonly Journal[]>;
  read(id: string): Promise<Journal | undefined>;
  /** Resolves when the journal is on disk. */
  write(journal: Journal): Promise<void>;
  /** Who we are, and whether the process that wrote a journal is still there. */
  readonly process: { readonly pid: number; readonly host: string };
  isAlive(process: { readonly pid: number; readonly host: string }): boolean;
}

export function journalOf(plan: Plan, now: number, process: JournalStore['process'], rollbackOf?: string): Journal {
  return {
    version: 1,
    id: plan.id,
    made: now,
    changed: now,
    targets: plan.targets,
    state: 'running',
    process,
    steps: plan.steps.map(({ ref, tool, action, before, after }) => ({
      ref,
      tool,
      action,
      ...withheldFrom(before, after),
      state: 'pending',
    })),
    ...(rollbackOf !== undefined && { rollbackOf }),
  };
}

function withheldFrom(
  before: ApiObject | undefined,
  after: ApiObject | undefined,
): Pick<JournalStep, 'before' | 'after' | 'withheld'> {
  const isSecret = (before ?? after)?.kind === 'Secret';
  const bare = (object: ApiObject): ApiObject =>
    isSecret ? { apiVersion: object.apiVersion, kind: object.kind, metadata: bareMetadata(object) } : object;
  return {
    ...(before !== undefined && { before: bare(before) }),
    ...(after !== undefined && { after: bare(after) }),
    ...(isSecret && { withheld: true as const }),
  };
}

/** kubectl keeps the whole object, data and all, in an annotation. */
function bareMetadata({ metadata }: ApiObject): ApiObject['metadata'] {
  const { annotations: _annotations, managedFields: _fields, ...rest } = metadata;
  return rest as ApiObject['metadata'];
}

export function withStep(journal: Journal, index: number, change: Partial<JournalStep>, now: number): Journal {
  return {
    ...journal,
    changed: now,
    steps: journal.steps.map((step, at) => (at === index ? { ...step, ...change } : step)),
  };
}

export function inState(journal: Journal, state: JournalState, now: number, more: Partial<Journal> = {}): Journal {
  const { deadline: _deadline, ...rest } = journal;
  return { ...rest, state, changed: now, ...more };
}

/** Whether an apply stands open: it runs, was interrupted, or waits to be confirmed. Nothing else is applied to its target then. */
export function isOpen({ state }: Journal): boolean {
  return state === 'running' || state === 'unconfirmed';
}

export function isInterrupted(journal: Journal, store: Pick<JournalStore, 'isAlive'>): boolean {
  return journal.state === 'running' && (journal.process === undefined || !store.isAlive(journal.process));
}

/** Steps that changed the cluster, or may have. */
export function touched({ steps }: Journal): readonly JournalStep[] {
  return steps.filter(({ state }) => state === 'done' || state === 'unsure' || state === 'started');
}

/** Objects of these targets that stand there because they were applied from here, by key. What was rolled back does not count. */
export function managedIn(journals: readonly Journal[], targets: Journal['targets']): ReadonlySet<string> {
  const managed = new Set<string>();
  const own = journals.filter(
    (one) => one.rollbackOf === undefined && one.state !== 'rolled-back' && sharesTarget(one, targets),
  );
  for (const { steps } of [...own].sort((a, b) => a.made - b.made))
    for (const { ref, action, state } of steps) {
      if (state !== 'done') continue;
      if (action === 'remove') managed.delete(keyOf(ref));
      else managed.add(keyOf(ref));
    }
  return managed;
}

/** What was and what was not done, in one sentence. */
export function account({ steps }: Journal): Text {
  const named = (states: readonly StepState[]): string =>
    steps
      .filter(({ state }) => states.includes(state))
      .map(({ ref }) => shownRef(ref))
      .join(', ');
  const done = named(['done']);
  const open = named(['unsure', 'started']);
  const not = named(['failed', 'pending']);
  const en = [
    done === '' ? 'Nothing was applied' : `Applied: ${done}`,
    ...(open === '' ? [] : [`perhaps applied: ${open}`]),
    ...(not === '' ? [] : [`not applied: ${not}`]),
  ];
  const zh = [
    done === '' ? '未应用任何对象' : `已应用：${done}`,
    ...(open === '' ? [] : [`可能已应用：${open}`]),
    ...(not === '' ? [] : [`未应用：${not}`]),
  ];
  return { en: `${en.join('; ')}.`, 'zh-cn': `${zh.join('；')}。` };
}

/** A journal as it was read from disk; undefined for anything else. */
export function asJournal(value: unknown): Journal | undefined {
  if (!isMapping(value) || value.version !== 1 || typeof value.id !== 'string') return undefined;
  if (!isJournalId(value.id) || !Array.isArray(value.steps) || typeof value.state !== 'string') return undefined;
  return isMapping(value.targets) ? (value as unknown as Journal) : undefined;
}

export function isJournalId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id);
}
