import type { Text } from '../text.ts';
import type { Change } from './change.ts';
import { predictorFor, readCluster } from './cluster.ts';
import type { Connection } from './connect.ts';
import { compare, saysTheSame } from './diff.ts';
import { lookUp, type Workbench } from './execute.ts';
import type { Outcome } from './failure.ts';
import { type Journal, type JournalStep, touched } from './journal.ts';
import { authored, same } from './normalise.ts';
import { type ApiObject, keyOf, refOf, shownRef } from './objects.ts';
import { makePlan, type Plan } from './plan.ts';
import { emptySite } from './site-of.ts';

export interface Rollback {
  readonly changes: readonly Change[];
  /** What cannot or need not be taken back, and what was changed by others since. */
  readonly notes: readonly Text[];
}

/**
 * What takes an apply back, compared with the cluster as it is now. Objects return to exactly what they were, field by field,
 * not only to something that means the same.
 */
export function rollbackOf(journal: Journal, live: ReadonlyMap<string, ApiObject | undefined>): Rollback {
  const notes: Text[] = [];
  const changes = [...touched(journal)].reverse().flatMap((step) => {
    const now = live.get(keyOf(step.ref));
    const name = shownRef(step.ref);
    if (step.withheld) {
      notes.push(withheld(name));
      return [];
    }
    if (isBack(now, step.before)) return [];
    if (!saysTheSame(now, step.after)) notes.push(changedSince(name));
    return [changeBack(step, now)];
  });
  return { changes, notes };
}

function isBack(now: ApiObject | undefined, before: ApiObject | undefined): boolean {
  if (now === undefined || before === undefined) return now === before;
  return same(authored(now), authored(before));
}

function changeBack({ tool, before }: JournalStep, now: ApiObject | undefined): Change {
  const ref = refOf((before ?? now)!);
  const difference = compare(now, before);
  if (before === undefined) return { ref, tool, action: 'remove', before: now!, difference };
  const after = authored(before);
  return now === undefined
    ? { ref, tool, action: 'create', after, difference }
    : { ref, tool, action: 'replace', before: now, after, difference };
}

/** Reads the objects that an apply touched. */
export async function readTouched(
  journal: Journal,
  get: (step: JournalStep) => Promise<Outcome<ApiObject | undefined>>,
): Promise<Outcome<ReadonlyMap<string, ApiObject | undefined>>> {
  const live = new Map<string, ApiObject | undefined>();
  for (const step of touched(journal)) {
    const found = await get(step);
    if ('failure' in found) return found;
    live.set(keyOf(step.ref), found.ok);
  }
  return { ok: live };
}

const withheld = (name: string): Text => ({
  en: `${name} is not rolled back: secrets are not kept in the journal.`,
  'zh-cn': `${name} 不会回滚：日志中不保存机密数据。`,
});
const changedSince = (name: string): Text => ({
  en: `${name} was changed again after the apply; rolling back takes that change away too.`,
  'zh-cn': `${name} 在应用之后又被修改；回滚也会撤销该修改。`,
});

/**
 * Plans to take an apply back, as the cluster is now. An apply that was interrupted is looked at first: its last step may or
 * may not have been done.
 */
export async function planRollback(
  journal: Journal,
  bench: Workbench,
  options: { readonly id: string; readonly connection: Connection },
): Promise<Outcome<{ readonly plan: Plan; readonly journal: Journal }>> {
  const looked = await lookUp(journal, bench);
  if ('failure' in looked) return looked;
  const live = await readTouched(looked.ok, ({ ref, tool }) => bench.tools[tool]!.get(ref, bench.signal));
  if ('failure' in live) return live;
  const { changes, notes } = rollbackOf(looked.ok, live.ok);
  const usesCalico = journal.targets.calicoctl !== undefined;
  const around = usesCalico ? await readCluster(options.connection, [], 'network', bench.signal) : undefined;
  if (around !== undefined && 'failure' in around) return around;
  const predict = predictorFor({ site: emptySite(), files: [] });
  const plan = makePlan({
    id: options.id,
    made: bench.now(),
    targets: journal.targets,
    live: around?.ok.live ?? [],
    changes,
    ...(predict !== undefined && { predict }),
  });
  return { ok: { plan: { ...plan, notes: [...notes, ...plan.notes] }, journal: looked.ok } };
}
