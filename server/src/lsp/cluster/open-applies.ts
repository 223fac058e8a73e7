import type { Journal, JournalStore } from '../../apply/journal.ts';

export interface OpenApplies {
  /** Still within their time: this process now counts down and rolls back. */
  readonly taken: readonly Journal[];
  /** Their time ran out while nobody was there to roll back. */
  readonly overdue: readonly Journal[];
}

/**
 * Applies that wait to be confirmed and whose window was closed. Those with time left are taken over, as the user wanted them
 * watched; for the others nothing is done unasked.
 */
export async function takeOver(journals: JournalStore, now: number): Promise<OpenApplies> {
  const left = (await journals.list()).filter(
    ({ state, process }) => state === 'unconfirmed' && process !== undefined && !journals.isAlive(process),
  );
  const taken: Journal[] = [];
  const overdue: Journal[] = [];
  for (const journal of left) {
    if ((journal.deadline ?? 0) <= now) {
      overdue.push(journal);
      continue;
    }
    const own = { ...journal, process: journals.process };
    await journals.write(own);
    taken.push(own);
  }
  return { taken, overdue };
}
