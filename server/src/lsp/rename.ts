import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { rename, renameableAt } from '../engine/rename.ts';
import type { Text } from '../text.ts';
import { askedAt, rangeIn } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';
import { workspaceEdit } from './workspace-edits.ts';

/** Answers `textDocument/prepareRename`; a refusal is an error whose message the editor shows. */
export async function prepareRename(
  session: Session,
  files: Files,
  params: PrepareRenameParams,
): Promise<{ range: Range; placeholder: string } | null> {
  const asked = await askedAt(session, files, params);
  if (asked === undefined) return null;
  const answer = renameableAt(asked.file, asked.offset, asked.sites);
  if ('refused' in answer) throw refusal(session, answer.refused);
  return { range: rangeIn(session, asked.file.uri, answer.span), placeholder: answer.name };
}

/** Answers `textDocument/rename` with the edits of every file. */
export async function renameName(session: Session, files: Files, params: RenameParams): Promise<WorkspaceEdit | null> {
  const asked = await askedAt(session, files, params);
  if (asked === undefined) return null;
  const { file, offset, sites } = asked;
  const answer = rename(file, offset, params.newName.trim(), sites, (uri) => session.workspace.file(uri)?.text);
  if ('refused' in answer) throw refusal(session, answer.refused);
  return workspaceEdit(session, files, answer) ?? null;
}

function refusal({ client }: Session, text: Text): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, text[client.language]);
}
