import { FileChangeType, type FileEvent, TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CONFIGURATION_NAMES } from '../workspace/configuration.ts';
import { isCandidate } from '../workspace/formats.ts';
import { IGNORE_FILES, isInScope } from '../workspace/scan.ts';
import { baseName, isInside } from '../workspace/uri.ts';
import { tellFailure } from './guard.ts';
import { looseFiles } from './loose-files.ts';
import type { Session } from './session.ts';

export const SYNC = TextDocumentSyncKind.Incremental;

/** How the rest of the server hears of files. `typed` is true for a change in an open editor. */
export interface FilesListener {
  changed(uri: string, typed: boolean): void;
  closed(uri: string): void;
  /** A folder came, or what is ignored changed: look through it again. */
  appeared(folder: string): Promise<void>;
}

/** The open editors over the disk: what an editor shows wins, saved or not. URIs are the workspace's. */
export interface Files {
  /** Resolves when everything that the editor has told so far is in the workspace. */
  settled(): Promise<void>;
  /** Puts the open editors' texts into the workspace, after something else has written to it. */
  restore(): void;
  isOpen(uri: string): boolean;
  /** Read only because a file beside it is open, in no folder that is. */
  isLoose(uri: string): boolean;
  openUris(): readonly string[];
  languageOf(uri: string): string | undefined;
  /** What an open editor shows, whether or not the workspace knows what to make of it. */
  textOf(uri: string): string | undefined;
  /** Version of an open document, null for a file on disk. */
  versionOf(uri: string): number | null;
  watched(events: readonly FileEvent[]): void;
  /** Takes note that files are being read: events wait until then. */
  reading(work: Promise<unknown>): void;
}

export function trackFiles(session: Session, listener: FilesListener): Files {
  const { connection, fileSystem, uris, workspace } = session;
  const documents = new TextDocuments(TextDocument);
  const open = new Map<string, TextDocument>();
  /** Open documents that belong to a network; others, such as ignored files, are left alone. */
  const admitted = new Set<string>();
  const dirty = new Set<string>();
  const pending = new Set<Promise<void>>();
  const loose = looseFiles(session, (uri) => open.has(uri));
  let reads: Promise<unknown> = Promise.resolve();

  const wait = (work: Promise<void>, what: string): void => {
    const task = work.catch((error) => tellFailure(connection, what, error)).finally(() => pending.delete(task));
    pending.add(task);
  };
  const write = (uri: string): void => {
    const document = open.get(uri);
    if (document !== undefined && admitted.has(uri)) workspace.setFile(uri, document.getText(), document.languageId);
  };
  const flush = (): void => {
    for (const uri of dirty) write(uri);
    dirty.clear();
  };

  documents.onDidOpen(({ document }) => {
    const uri = uris.opened(document.uri);
    open.set(uri, document);
    wait(
      belongs(session, uri).then(async (yes) => {
        if (!yes || open.get(uri) !== document) return;
        await loose.opened(uri);
        if (open.get(uri) !== document) return;
        admitted.add(uri);
        dirty.add(uri);
        listener.changed(uri, false);
      }),
      `open ${baseName(uri)}`,
    );
  });
  documents.onDidChangeContent(({ document }) => {
    const uri = uris.known(document.uri);
    if (!admitted.has(uri)) return;
    dirty.add(uri);
    listener.changed(uri, true);
  });
  documents.onDidClose(({ document }) => {
    const uri = uris.closed(document.uri);
    open.delete(uri);
    dirty.delete(uri);
    listener.closed(uri);
    if (!admitted.delete(uri)) return;
    wait(
      fromDisk(session, uri).then(() => {
        loose.closed(uri);
        listener.changed(uri, false);
      }),
      'close a file',
    );
  });
  documents.listen(connection);

  const handle = async (events: readonly FileEvent[]): Promise<void> => {
    await reads;
    let others = false;
    for (const event of events) {
      const uri = uris.known(event.uri);
      if (open.has(uri)) continue;
      const folder = workspace.folders.find((one) => isInside(one.uri, uri))?.uri;
      if (folder === undefined || uri.includes('/.git/')) continue;
      const name = baseName(uri);
      if (IGNORE_FILES.includes(name)) {
        for (const file of [...workspace.files])
          if (isInside(folder, file.uri) && !open.has(file.uri)) workspace.removeFile(file.uri);
        await listener.appeared(folder);
      } else if (event.type === FileChangeType.Deleted) {
        for (const file of [...workspace.files])
          if (isInside(uri, file.uri) && !open.has(file.uri)) workspace.removeFile(file.uri);
        others = true;
      } else if (isCandidate(uri) || CONFIGURATION_NAMES.has(name)) {
        if (workspace.file(uri) !== undefined || (await isInScope(fileSystem, folder, uri)))
          await fromDisk(session, uri);
      } else if (event.type === FileChangeType.Created) {
        others = true;
        // A folder that was moved here is told as one event.
        const entries = await fileSystem.list(uri);
        if (entries.length > 0 && (await isInScope(fileSystem, folder, `${uri}/x`))) await listener.appeared(uri);
      }
    }
    if (others) workspace.touchFiles();
    flush();
    listener.changed('', false);
  };

  return {
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
      flush();
    },
    restore() {
      for (const uri of admitted) write(uri);
    },
    isOpen: (uri) => open.has(uri),
    isLoose: (uri) => loose.has(uri),
    openUris: () => [...open.keys()],
    languageOf: (uri) => open.get(uri)?.languageId,
    textOf: (uri) => open.get(uri)?.getText(),
    versionOf: (uri) => open.get(uri)?.version ?? null,
    watched(events) {
      wait(handle(events), 'follow a change on disk');
    },
    reading(work) {
      reads = work;
    },
  };
}

/** Whether an open document is part of a network: anything but what a scan of its folder would leave out. */
async function belongs({ workspace, fileSystem, ready }: Session, uri: string): Promise<boolean> {
  await ready;
  if (workspace.file(uri) !== undefined || CONFIGURATION_NAMES.has(baseName(uri))) return true;
  if (/\.(ya?ml|json)$/i.test(baseName(uri)) && !isCandidate(uri)) return false;
  const folder = workspace.folders.find((one) => isInside(one.uri, uri));
  return folder === undefined || isInScope(fileSystem, folder.uri, uri);
}

/** Reads what the disk holds now; a file that is gone, or in no folder that is open, is forgotten. */
async function fromDisk({ workspace, fileSystem }: Session, uri: string): Promise<void> {
  const inFolder = workspace.folders.some((folder) => isInside(folder.uri, uri));
  const content = inFolder ? await fileSystem.read(uri) : undefined;
  if (content !== undefined && 'text' in content) workspace.setFile(uri, content.text);
  else workspace.removeFile(uri);
}
