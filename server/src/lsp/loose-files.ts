import { isCandidate } from '../workspace/formats.ts';
import { folderOf, isInside } from '../workspace/uri.ts';
import type { Session } from './session.ts';

/** More than this beside an opened file is no network but somebody's downloads. */
const MOST = 200;

/**
 * The files beside one that is opened without its folder. What they define must be known, or half of what the open file
 * refers to would seem missing; findings in them are not shown.
 */
export interface LooseFiles {
  opened(uri: string): Promise<void>;
  closed(uri: string): void;
  has(uri: string): boolean;
}

export function looseFiles({ workspace, fileSystem }: Session, isOpen: (uri: string) => boolean): LooseFiles {
  const folders = new Map<string, Set<string>>();
  const isLoose = (uri: string): boolean => !workspace.folders.some((folder) => isInside(folder.uri, uri));
  return {
    async opened(uri) {
      const folder = folderOf(uri);
      if (!isLoose(uri) || folders.has(folder)) return;
      const known = new Set<string>();
      folders.set(folder, known);
      const entries = await fileSystem.list(folder);
      const found = entries
        .filter((entry) => entry.kind === 'file')
        .map((entry) => `${folder}/${encodeURIComponent(entry.name)}`)
        .filter(isCandidate);
      if (found.length > MOST) return;
      for (const file of found) {
        if (isOpen(file)) continue;
        const content = await fileSystem.read(file);
        if (!('text' in content) || isOpen(file)) continue;
        known.add(file);
        workspace.setFile(file, content.text);
      }
    },
    closed(uri) {
      const folder = folderOf(uri);
      const known = folders.get(folder);
      if (known === undefined) return;
      if ([...workspace.files].some((file) => folderOf(file.uri) === folder && isOpen(file.uri))) {
        known.add(uri);
        return;
      }
      folders.delete(folder);
      for (const file of known) if (isLoose(file)) workspace.removeFile(file);
    },
    has: (uri) => !isOpen(uri) && folders.get(folderOf(uri))?.has(uri) === true,
  };
}
