import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../engine.ts';
import { nodeFiles, uriOfPath } from '../../host/node-files.ts';
import { scanFolder } from '../../workspace/scan.ts';
import type { Reading } from '../read.ts';

/** A network on disk that is read again when it changes. */
export interface Network {
  readonly engine: Engine;
  /** Calls back after files changed. Returns what ends it. */
  follow(changed: () => void): () => void;
}

/** How long to wait for more changes, in milliseconds: editors write a file in several steps. */
const PAUSE = 120;

export function networkOf({ engine, scope }: Reading): Network {
  const { workspace } = engine;
  const reread = async (root: string, depth: number, paths: ReadonlySet<string>): Promise<void> => {
    for (const path of paths) {
      const uri = uriOfPath(path);
      if (workspace.file(uri) === undefined) continue;
      const content = await nodeFiles.read(uri);
      if ('text' in content) workspace.setFile(uri, content.text);
      else workspace.removeFile(uri);
    }
    // What is new is found as it was the first time: by the names and ignore files that a scan knows.
    await scanFolder(workspace, nodeFiles, uriOfPath(root), { depth });
  };
  return {
    engine,
    follow(changed) {
      const timers = new Set<ReturnType<typeof setTimeout>>();
      const watchers = scope.roots.flatMap(({ path, depth }): FSWatcher[] => {
        const pending = new Set<string>();
        let timer: ReturnType<typeof setTimeout> | undefined;
        const listener = (_event: string, name: string | null): void => {
          if (name === null || /(^|[\\/])(\.git|node_modules)([\\/]|$)/.test(name)) return;
          pending.add(join(path, name));
          if (timer !== undefined) {
            clearTimeout(timer);
            timers.delete(timer);
          }
          timer = setTimeout(() => {
            const paths = new Set(pending);
            pending.clear();
            void reread(path, depth, paths)
              .then(changed)
              .catch(() => {});
          }, PAUSE);
          timers.add(timer);
        };
        try {
          return [watch(path, { recursive: depth > 0 }, listener).on('error', () => {})];
        } catch {
          return []; // a folder that cannot be watched is drawn as it was
        }
      });
      return () => {
        for (const watcher of watchers) watcher.close();
        for (const timer of timers) clearTimeout(timer);
      };
    },
  };
}
