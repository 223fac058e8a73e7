import { promises as fs, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Text } from '../text.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { nodeFiles } from './node-files.ts';

/** The files below one folder of this machine. What a link below it leads to outside is not read and not listed. */
export function confinedFiles(folder: string): FileSystem {
  const root = realpathSync(folder);
  const isInside = async (uri: string): Promise<boolean> => {
    try {
      const real = await fs.realpath(fileURLToPath(uri));
      return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
    } catch {
      return false;
    }
  };
  return {
    list: async (directory) => ((await isInside(directory)) ? nodeFiles.list(directory) : []),
    read: async (file) => ((await isInside(file)) ? nodeFiles.read(file) : { unreadable: OUTSIDE }),
    // Whether a file is there tells nothing of what is in it, and a topology may bind files of anywhere.
    exists: (path) => nodeFiles.exists?.(path),
  };
}

const OUTSIDE: Text = { en: 'outside of the served folder', 'zh-cn': '位于所提供的文件夹之外' };
