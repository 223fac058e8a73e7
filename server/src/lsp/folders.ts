import type { WorkspaceFolder as ProtocolFolder } from 'vscode-languageserver';
import { scanFolder, type Unreadable } from '../workspace/scan.ts';
import type { SiteSettings } from '../workspace/settings.ts';
import { baseName, isInside } from '../workspace/uri.ts';
import { readSettings } from './configuration.ts';
import type { Files } from './files.ts';
import { tellFailure } from './guard.ts';
import { beginProgress } from './progress.ts';
import type { Session } from './session.ts';

/** The folders that are open, read once and then kept up by file events. */
export interface Folders {
  open(folders: readonly ProtocolFolder[], given: unknown): Promise<void>;
  change(added: readonly ProtocolFolder[], removed: readonly ProtocolFolder[]): Promise<void>;
  /** Asks the editor for its settings again. */
  configure(given?: unknown): Promise<void>;
  scan(folder: string): Promise<void>;
  /** True until every file was read: what is missing may yet come, so findings across files must wait. */
  isScanning(): boolean;
  /** False when the user stopped a scan: not every file is known. */
  isComplete(): boolean;
  unreadable(): readonly Unreadable[];
}

export interface FoldersListener {
  /** Files were read, or settings changed. */
  changed(): void;
  /** Scanning began or ended. */
  scanning(): void;
}

export function trackFolders(session: Session, files: () => Files, listener: FoldersListener): Folders {
  const { connection, workspace, fileSystem, uris } = session;
  let uriList: readonly string[] = [];
  let settings: readonly Partial<SiteSettings>[] = [];
  let scans = 0;
  let begun = false;
  let complete = true;
  let unreadable: readonly Unreadable[] = [];

  const apply = (): void => {
    workspace.setFolders(uriList.map((uri, index) => ({ uri, settings: settings[index] ?? {} })));
    for (const { uri } of [...workspace.files])
      if (!uriList.some((folder) => isInside(folder, uri)) && !files().isOpen(uri) && !files().isLoose(uri))
        workspace.removeFile(uri);
    files().restore();
    listener.changed();
  };
  const configure = async (given?: unknown): Promise<void> => {
    settings = await readSettings(session, uriList, given);
    apply();
  };

  const scan = async (folder: string): Promise<void> => {
    scans++;
    listener.scanning();
    const progress = beginProgress(session, baseName(folder));
    try {
      const failed = await scanFolder(workspace, fileSystem, folder, {
        isCancelled: () => progress.isCancelled() || !uriList.some((open) => isInside(open, folder)),
        isOpen: (uri) => files().isOpen(uri),
        onProgress: ({ found, read }) => {
          files().restore();
          progress.report(read, found);
        },
      });
      unreadable = [...unreadable.filter(({ uri }) => !isInside(folder, uri)), ...failed];
      if (progress.isCancelled()) complete = false;
    } catch (error) {
      tellFailure(connection, `read the folder ${baseName(folder)}`, error);
    } finally {
      progress.end();
      scans--;
      listener.scanning();
      listener.changed();
    }
  };
  const scanAll = (folders: readonly string[]): Promise<void> => {
    const work = Promise.all(folders.map(scan)).then(() => {});
    files().reading(work);
    return work;
  };

  return {
    async open(folders, given) {
      uriList = folders.map(({ uri }) => uris.known(uri));
      const scanned = scanning(() => scanAll(uriList));
      await configure(given);
      begun = true;
      void scanned();
    },
    async change(added, removed) {
      const gone = new Set(removed.map(({ uri }) => uris.known(uri)));
      const fresh = added.map(({ uri }) => uris.known(uri)).filter((uri) => !uriList.includes(uri) || gone.has(uri));
      uriList = [...uriList.filter((uri) => !gone.has(uri)), ...fresh];
      const scanned = scanning(() => scanAll(fresh));
      await configure();
      void scanned();
    },
    configure,
    scan,
    isScanning: () => !begun || scans > 0,
    isComplete: () => complete,
    unreadable: () => unreadable,
  };

  /** Counts as scanning from now on, although the work only begins when the settings are known. */
  function scanning(work: () => Promise<void>): () => Promise<void> {
    scans++;
    return () =>
      work().finally(() => {
        scans--;
        listener.scanning();
        listener.changed();
      });
  }
}
