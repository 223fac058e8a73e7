import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { linksIn } from '../engine/document-links.ts';
import { isInside } from '../workspace/uri.ts';
import { rangeIn } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/documentLink`: mounted files, start-up configurations, applied manifests. */
export async function documentLinks(
  session: Session,
  files: Files,
  { textDocument }: DocumentLinkParams,
): Promise<DocumentLink[]> {
  await files.settled();
  const { uris, workspace } = session;
  const file = workspace.file(uris.known(textDocument.uri));
  if (file === undefined) return [];
  const isFolder = (uri: string): boolean =>
    workspace.file(uri) === undefined && [...workspace.files].some((one) => isInside(uri, one.uri));
  return linksIn(file, workspace.sitesOf(file.uri), isFolder).map(({ span, target }) => ({
    range: rangeIn(session, file.uri, span),
    target: uris.shown(target),
  }));
}
