import type { Journal, JournalStore } from '../../server/src/apply/journal.ts';

/** Journals that last as long as the test, and keep every state that was written. */
export function memoryJournals(): JournalStore & { readonly written: readonly Journal[]; dead: boolean } {
  const known = new Map<string, Journal>();
  const written: Journal[] = [];
  const store = {
    written,
    dead: false,
    process: { pid: 1, host: 'test' },
    isAlive: () => !store.dead,
    list: async () => [...known.values()].sort((a, b) => b.made - a.made),
    read: async (id: string) => known.get(id),
    write: async (journal: Journal) => {
      written.push(journal);
      // As from disk.
      known.set(journal.id, JSON.parse(JSON.stringify(journal)));
    },
  };
  return store;
}
