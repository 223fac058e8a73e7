import type { Text } from '../text.ts';

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

export type FileContent = { readonly text: string } | { readonly unreadable: Text };

/** Where files come from. Every place is a URI; implementations stand in `host/`. Nothing here writes. */
export interface FileSystem {
  /** Entries of a directory; symbolic links are resolved, and a link into a directory being listed is `other`. Empty when it cannot be read. */
  list(directory: string): Promise<readonly DirectoryEntry[]>;
  /** The text of a file, or why it cannot be read (missing, no permission, too large, binary). */
  read(file: string): Promise<FileContent>;
  /** Whether a path exists, where that can be answered at once; undefined when it cannot be known (a virtual workspace). */
  exists?(path: string): boolean | undefined;
}
