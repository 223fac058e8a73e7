import type { Connection } from 'vscode-languageserver';
import type { Text } from '../text.ts';
import type { DirectoryEntry, FileSystem } from '../workspace/file-system.ts';

/** Files as the editor reads them for us. Whether a path exists is not known at once, so rules that ask stay silent. */
export function clientFiles(connection: Connection): FileSystem {
  return {
    async list(uri) {
      return await connection.sendRequest<readonly DirectoryEntry[]>('selvage/list', { uri }).catch(() => []);
    },
    async read(uri) {
      const text = await connection.sendRequest<string | null>('selvage/read', { uri }).catch(() => null);
      return text === null ? { unreadable: UNREADABLE } : { text };
    },
  };
}

/** The disk for `file:` and the editor for everything else, when it reads files at all. */
export function byScheme(disk: FileSystem, editor: FileSystem, readsFiles: () => boolean): FileSystem {
  const isOnDisk = (uri: string): boolean => uri.startsWith('file:') || !readsFiles();
  return {
    list: (uri) => (isOnDisk(uri) ? disk : editor).list(uri),
    read: (uri) => (isOnDisk(uri) ? disk : editor).read(uri),
    exists: (uri) => (isOnDisk(uri) ? disk.exists?.(uri) : undefined),
  };
}

const UNREADABLE: Text = { en: 'the editor cannot read it', 'zh-cn': '编辑器无法读取' };
