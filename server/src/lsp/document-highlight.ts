import { type DocumentHighlight, DocumentHighlightKind, type DocumentHighlightParams } from 'vscode-languageserver';
import { highlightsAt } from '../engine/references.ts';
import { askedAt, rangeIn } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/documentHighlight`: a definition counts as written, a reference as read. */
export async function documentHighlights(
  session: Session,
  files: Files,
  params: DocumentHighlightParams,
): Promise<DocumentHighlight[]> {
  const asked = await askedAt(session, files, params);
  if (asked === undefined) return [];
  return highlightsAt(asked.file, asked.offset, asked.sites).map(({ file, span, use }) => ({
    range: rangeIn(session, file, span),
    kind: use.role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
