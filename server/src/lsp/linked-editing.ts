import type { LinkedEditingRangeParams, LinkedEditingRanges } from 'vscode-languageserver';
import { linkedTokensAt } from '../engine/linked-editing.ts';
import { askedAt, rangeIn } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/linkedEditingRange`: where a name that one file has to itself is typed in all its places at once. */
export async function linkedEditingRanges(
  session: Session,
  files: Files,
  params: LinkedEditingRangeParams,
): Promise<LinkedEditingRanges | null> {
  const asked = await askedAt(session, files, params);
  const linked = asked && linkedTokensAt(asked.file, asked.offset, asked.sites);
  if (asked === undefined || linked === undefined) return null;
  return { ranges: linked.spans.map((span) => rangeIn(session, asked.file.uri, span)), wordPattern: linked.word };
}
