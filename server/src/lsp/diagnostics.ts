import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Announcer } from './announcer.ts';
import type { Files } from './files.ts';
import type { Findings, Report } from './findings.ts';
import type { Session } from './session.ts';

/** Files in one part of a partial answer. */
const PART = 100;

/** Answers `textDocument/diagnostic`: in full, or that nothing changed since the answer that the editor has. */
export async function documentDiagnostics(
  { uris }: Session,
  files: Files,
  findings: Findings,
  announcer: Announcer,
  params: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  await files.settled();
  const uri = uris.known(params.textDocument.uri);
  const report = await findings.of(uri, token);
  announcer.told(uri, report);
  if (report.resultId === params.previousResultId)
    return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId: report.resultId, items: [...report.items] };
}

/** Answers `workspace/diagnostic`, in parts when the editor can take parts. */
export async function workspaceDiagnostics(
  session: Session,
  files: Files,
  findings: Findings,
  announcer: Announcer,
  params: WorkspaceDiagnosticParams,
  token: CancellationToken,
  reporter: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined,
): Promise<WorkspaceDiagnosticReport> {
  await files.settled();
  const reports = await findings.all(token);
  announcer.toldAll(reports);
  const items = workspaceItems(session, files, reports, params);
  if (reporter === undefined || items.length <= PART) return { items };
  for (let at = 0; at < items.length; at += PART) reporter.report({ items: items.slice(at, at + PART) });
  return { items: [] };
}

function workspaceItems(
  { uris }: Session,
  files: Files,
  reports: ReadonlyMap<string, Report>,
  { previousResultIds }: WorkspaceDiagnosticParams,
): WorkspaceDocumentDiagnosticReport[] {
  const before = new Map(previousResultIds.map(({ uri, value }) => [uris.known(uri), { uri, value }]));
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  for (const [uri, { resultId, items: own }] of reports) {
    const place = { uri: uris.shown(uri), version: files.versionOf(uri), resultId };
    if (before.get(uri)?.value === resultId) items.push({ kind: DocumentDiagnosticReportKind.Unchanged, ...place });
    else items.push({ kind: DocumentDiagnosticReportKind.Full, ...place, items: [...own] });
  }
  // What had findings and has none now, or is gone.
  for (const [uri, { uri: shown, value }] of before) {
    if (reports.has(uri)) continue;
    const place = { uri: shown, version: files.versionOf(uri), resultId: NONE };
    if (value === NONE) items.push({ kind: DocumentDiagnosticReportKind.Unchanged, ...place });
    else items.push({ kind: DocumentDiagnosticReportKind.Full, ...place, items: [] });
  }
  return items;
}

const NONE = 'none';
