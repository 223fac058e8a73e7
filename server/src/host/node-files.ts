import { existsSync, promises as fs, readFile, realpathSync, stat } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Text } from '../text.ts';
import type { DirectoryEntry, FileContent, FileSystem } from '../workspace/file-system.ts';
import { LARGEST_FILE } from '../workspace/formats.ts';

/** URI of a path of this machine in the form that the workspace uses throughout. */
export function uriOfPath(path: string): string {
  const uri = pathToFileURL(path).href;
  return uri.endsWith('/') && uri.length > 'file:///'.length ? uri.slice(0, -1) : uri;
}

/** Thousands of small files take twice the CPU time when they are read through `fs.promises`. */
const statOf = promisify(stat);
const bytesOf = promisify(readFile);

/** The disk of this machine, read only. Links that lead back into a folder above themselves are not followed. */
export const nodeFiles: FileSystem = {
  async list(directory) {
    try {
      const path = fileURLToPath(directory);
      const entries = await fs.readdir(path, { withFileTypes: true });
      return await Promise.all(
        entries.map(async (entry): Promise<DirectoryEntry> => {
          if (entry.isDirectory()) return { name: entry.name, kind: 'directory' };
          if (entry.isFile()) return { name: entry.name, kind: 'file' };
          return { name: entry.name, kind: entry.isSymbolicLink() ? await linkKind(path, entry.name) : 'other' };
        }),
      );
    } catch {
      return [];
    }
  },

  async read(file) {
    try {
      const path = fileURLToPath(file);
      const { size } = await statOf(path);
      if (size > LARGEST_FILE) return { unreadable: TOO_LARGE };
      return decode(await bytesOf(path));
    } catch (error) {
      return { unreadable: reasonOf(error) };
    }
  },

  exists(path) {
    try {
      return existsSync(fileURLToPath(path));
    } catch {
      return undefined;
    }
  },
};

async function linkKind(folder: string, name: string): Promise<DirectoryEntry['kind']> {
  try {
    const path = `${folder}/${name}`;
    const target = await fs.stat(path);
    if (target.isFile()) return 'file';
    // A link within the tree shows files a second time, and a loop shows them for ever: only a link out of it is followed, and
    // below it no further one.
    const real = realpathSync(path);
    const here = realpathSync(folder);
    const loops = here !== folder || `${here}/`.startsWith(`${real}/`) || `${real}/`.startsWith(`${here}/`);
    return target.isDirectory() && !loops ? 'directory' : 'other';
  } catch {
    return 'other';
  }
}

function decode(bytes: Buffer): FileContent {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) };
  if (bytes.subarray(0, 8000).includes(0)) return { unreadable: BINARY };
  return { text: bytes.toString('utf8') };
}

const TOO_LARGE: Text = { en: 'larger than 4 MB', 'zh-cn': '大于 4 MB' };
const BINARY: Text = { en: 'not a text file', 'zh-cn': '不是文本文件' };

function reasonOf(error: unknown): Text {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return { en: 'no permission to read it', 'zh-cn': '没有读取权限' };
  if (code === 'ENOENT') return { en: 'it does not exist', 'zh-cn': '文件不存在' };
  return { en: `it cannot be read (${code ?? 'unknown error'})`, 'zh-cn': `无法读取（${code ?? '未知错误'}）` };
}
