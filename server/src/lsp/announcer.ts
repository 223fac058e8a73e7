import type { Files } from './files.ts';
import { type Findings, HOLD, type Report } from './findings.ts';
import { tellFailure } from './guard.ts';
import type { Session } from './session.ts';

/** Tells the editor of findings that it would not ask for: by asking it to ask again, or by pushing them when it cannot ask. */
export interface Announcer {
  /** Something changed; `uri` is the document that is typed in, which hears at once. */
  changed(uri: string): void;
  /** The editor was given this report. */
  told(uri: string, report: Report): void;
  toldAll(reports: ReadonlyMap<string, Report>): void;
  closed(uri: string): void;
  /** Stops for good. */
  dispose(): void;
}

const NOTHING = '[]';

export function announceTo(
  session: Session,
  files: () => Files,
  findings: Findings,
  afterwards: () => void,
): Announcer {
  const { connection, uris } = session;
  /** What the editor shows of each file, as far as we know. */
  const known = new Map<string, string>();
  let pullsAll = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;
  const next = new Set<string>();

  const attempt = (work: () => Promise<void>): void => {
    work().catch((error) => tellFailure(connection, 'work out its findings', error));
  };
  const publish = (uri: string, report: Report | undefined): void => {
    const key = keyOf(report);
    if ((known.get(uri) ?? NOTHING) === key) return;
    if (key === NOTHING) known.delete(uri);
    else known.set(uri, key);
    const version = files().versionOf(uri);
    void connection.sendDiagnostics({
      uri: uris.shown(uri),
      ...(version !== null && { version }),
      diagnostics: [...(report?.items ?? [])],
    });
  };
  const pushTyped = async (): Promise<void> => {
    const typed = [...next];
    next.clear();
    await files().settled();
    for (const uri of typed) publish(uri, files().isLoose(uri) ? undefined : await findings.of(uri));
  };
  const pushAll = (reports: ReadonlyMap<string, Report>): void => {
    for (const uri of [...known.keys()]) if (!reports.has(uri)) publish(uri, undefined);
    for (const [uri, report] of reports) publish(uri, report);
  };
  const refresh = (reports: ReadonlyMap<string, Report>): void => {
    let stale = false;
    const look = (uri: string): void => {
      const key = keyOf(reports.get(uri));
      if ((known.get(uri) ?? NOTHING) === key) return;
      known.set(uri, key);
      stale = true;
    };
    for (const uri of [...known.keys()]) look(uri);
    if (pullsAll) for (const uri of reports.keys()) look(uri);
    if (stale) connection.languages.diagnostics.refresh().catch(() => {});
  };
  const announce = async (): Promise<void> => {
    await files().settled();
    if (!session.client.pulls) pushAll(await findings.all());
    else if (session.client.refreshes) refresh(await findings.all());
    afterwards();
  };

  return {
    changed(uri) {
      if (!session.client.pulls && uri !== '') {
        next.add(uri);
        soon ??= setTimeout(() => {
          soon = undefined;
          attempt(pushTyped);
        }, 0);
      }
      clearTimeout(timer);
      // A little after the hold ends, so that what was held is free.
      timer = setTimeout(() => attempt(announce), HOLD + 5);
    },
    told(uri, report) {
      known.set(uri, keyOf(report));
    },
    toldAll(reports) {
      pullsAll = true;
      // Of an open document VS Code believes only what it asked about that document alone.
      const isTaken = (uri: string): boolean => files().versionOf(uri) === null;
      for (const uri of [...known.keys()]) if (!reports.has(uri) && isTaken(uri)) known.set(uri, NOTHING);
      for (const [uri, report] of reports) if (isTaken(uri)) known.set(uri, keyOf(report));
    },
    closed(uri) {
      if (session.client.pulls) known.delete(uri);
    },
    dispose() {
      clearTimeout(timer);
      clearTimeout(soon);
    },
  };
}

/** Reports of one file with the same items share their id. */
function keyOf(report: Report | undefined): string {
  return report === undefined || report.items.length === 0 ? NOTHING : report.resultId;
}
