import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder with a repository, or the working directory where there is none. */
export function repositoryOf(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}
