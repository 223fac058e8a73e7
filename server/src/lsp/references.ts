import type { Location, ReferenceParams } from 'vscode-languageserver';
import { referencesAt } from '../engine/references.ts';
import { askedAt, locationOf } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/references` across files and formats. */
export async function references(session: Session, files: Files, params: ReferenceParams): Promise<Location[]> {
  const asked = await askedAt(session, files, params);
  if (asked === undefined) return [];
  return referencesAt(asked.file, asked.offset, asked.sites)
    .filter(({ use }) => params.context.includeDeclaration || use.role === 'reference')
    .map((token) => locationOf(session, token));
}
