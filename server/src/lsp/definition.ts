import type { DefinitionParams, Location } from 'vscode-languageserver';
import { definitionsAt } from '../engine/definition.ts';
import { askedAt, locationOf } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/definition`: every file that defines what the name under the cursor means. */
export async function definition(session: Session, files: Files, params: DefinitionParams): Promise<Location[]> {
  const asked = await askedAt(session, files, params);
  if (asked === undefined) return [];
  return definitionsAt(asked.file, asked.offset, asked.sites).map((token) => locationOf(session, token));
}
