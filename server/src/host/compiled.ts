import * as module from 'node:module';
import { join } from 'node:path';

/** Where this user's programs keep what they can make again: XDG on Unix, and what stands for it elsewhere. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  if (env.XDG_CACHE_HOME?.startsWith('/')) return join(env.XDG_CACHE_HOME, 'selvage');
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'selvage', 'cache');
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches', 'selvage');
  return join(home, '.cache', 'selvage');
}

/**
 * Lets Node keep the compiled code of the modules that are loaded from now on, so that the next start is a third shorter. In a
 * folder of the user's own, for who can write there can run code. Without such a folder, or before Node 22.1, all is compiled
 * at each start. `NODE_DISABLE_COMPILE_CACHE=1` switches it off.
 */
export function keepCompiled(folder: string): void {
  module.enableCompileCache?.(join(folder, 'compiled'));
}
