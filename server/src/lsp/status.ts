import { wantedIn } from '../apply/wanted.ts';
import type { Files } from './files.ts';
import type { Folders } from './folders.ts';
import type { Session } from './session.ts';

/** A file that is not judged, and why. */
export interface LeftOut {
  readonly uri: string;
  readonly reason: string;
}

/** The notification `selvage/status`: what is known of the network. */
export interface Status {
  readonly state: 'scanning' | 'ready' | 'incomplete';
  readonly sites: readonly { readonly name: string; readonly root: string; readonly files: number }[];
  readonly files: number;
  readonly documents: number;
  readonly resources: number;
  /** Files that could not be read: what they define is unknown. */
  readonly unknown: readonly LeftOut[];
  /** Files that are left alone, such as templates. */
  readonly skipped: readonly LeftOut[];
}

/** The answer to `selvage/file`: what is known of one file. */
export interface FileStatus {
  readonly sites: readonly string[];
  readonly resources: number;
  /** Objects of it that a tool can apply to a cluster. */
  readonly objects: number;
  /** What the file is read as; absent when it is none that Selvage reads. */
  readonly format?: string;
  readonly skipped?: string;
}

const MOST_NAMED = 50;

export function statusOf({ workspace, client, uris }: Session, folders: Folders): Status {
  const say = (uri: string, reason: { readonly en: string; readonly 'zh-cn': string }): LeftOut => ({
    uri: uris.shown(uri),
    reason: reason[client.language],
  });
  const skipped: LeftOut[] = [];
  for (const { uri, skipped: reason } of workspace.skipped)
    if (reason !== undefined && skipped.length < MOST_NAMED) skipped.push(say(uri, reason));
  const scanning = folders.isScanning();
  return {
    state: scanning ? 'scanning' : folders.isComplete() ? 'ready' : 'incomplete',
    // Grouping half of the files would be work for nothing.
    sites: scanning
      ? []
      : workspace
          .sites()
          .map((site) => ({ name: site.name, root: uris.shown(site.root), files: workspace.filesOf(site).size })),
    ...workspace.counts,
    unknown: folders
      .unreadable()
      .slice(0, MOST_NAMED)
      .map(({ uri, reason }) => say(uri, reason)),
    skipped,
  };
}

export async function fileStatus(
  { workspace, uris, client }: Session,
  files: Files,
  uri: unknown,
): Promise<FileStatus> {
  await files.settled();
  const file = typeof uri === 'string' ? workspace.file(uris.known(uri)) : undefined;
  if (file === undefined) return { sites: [], resources: 0, objects: 0 };
  return {
    sites: workspace.sitesOf(file.uri).map((site) => site.name),
    resources: file.all.reduce((sum, { resources }) => sum + resources.length, 0),
    objects: wantedIn([file]).objects.length,
    ...(file.format !== undefined && { format: file.format }),
    ...(file.skipped !== undefined && { skipped: file.skipped[client.language] }),
  };
}

/** Sends the status when it is another one than last time. */
export function statusReporter(session: Session, folders: () => Folders): () => void {
  let last = '';
  return () => {
    const status = statusOf(session, folders());
    const json = JSON.stringify(status);
    if (json === last) return;
    last = json;
    void session.connection.sendNotification('selvage/status', status);
  };
}
