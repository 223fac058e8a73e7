import { promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { asJournal, isJournalId, type Journal, type JournalStore } from '../apply/journal.ts';

/** Where this user's programs keep what they must not lose: XDG on Unix, and what stands for it elsewhere. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  if (env.XDG_STATE_HOME?.startsWith('/')) return join(env.XDG_STATE_HOME, 'selvage');
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'selvage');
  return join(home, '.local', 'state', 'selvage');
}

/** Journals as files that only this user may read, one an apply. A write is whole or not at all. */
export function nodeJournals(folder: string): JournalStore {
  const directory = join(folder, 'journal');
  const own = { pid: process.pid, host: hostname() };

  async function read(id: string): Promise<Journal | undefined> {
    if (!isJournalId(id)) return undefined;
    try {
      return asJournal(JSON.parse(await fs.readFile(join(directory, `${id}.json`), 'utf8')));
    } catch {
      return undefined;
    }
  }

  return {
    process: own,
    read,

    async list() {
      const names = await fs.readdir(directory).catch(() => [] as string[]);
      const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
      const journals = await Promise.all(ids.map(read));
      return journals.filter((one) => one !== undefined).sort((a, b) => b.made - a.made || (a.id < b.id ? 1 : -1));
    },

    async write(journal) {
      if (!isJournalId(journal.id)) throw new Error('not a journal id');
      await fs.mkdir(directory, { recursive: true, mode: 0o700 });
      const path = join(directory, `${journal.id}.json`);
      const next = `${path}.${process.pid}.new`;
      const file = await fs.open(next, 'w', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(journal, null, 1)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await fs.rename(next, path);
    },

    isAlive({ pid, host }) {
      // Of a process on another machine nothing is known; then it counts as there.
      if (host !== own.host) return true;
      try {
        process.kill(pid, 0);
        return true;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
      }
    },
  };
}
