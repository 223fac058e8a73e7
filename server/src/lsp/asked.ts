import type { Location, Range, TextDocumentPositionParams } from 'vscode-languageserver';
import { linesOf, offsetAt, rangeAt } from '../engine/lines.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { TrackedSite } from '../workspace/site.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** A position that an editor asks about: the file, the offset in it, and the networks that the file belongs to. */
export interface Asked {
  readonly file: FileState;
  readonly offset: number;
  readonly sites: readonly TrackedSite[];
}

/** Waits until what was typed is read; undefined for a file that is none of ours. */
export async function askedAt(
  { uris, workspace }: Session,
  files: Files,
  { textDocument, position }: TextDocumentPositionParams,
): Promise<Asked | undefined> {
  await files.settled();
  const file = workspace.file(uris.known(textDocument.uri));
  if (file === undefined) return undefined;
  const offset = offsetAt(linesOf(file.uri, file.text), position, file.text.length);
  return { file, offset, sites: workspace.sitesOf(file.uri) };
}

/** Where something stands, in UTF-16 units from the file's start. */
export interface FileSpan {
  readonly file: string;
  readonly span: readonly [start: number, end: number];
}

/** A span of a file as the editor's range of it. */
export function rangeIn({ workspace }: Session, file: string, span: readonly [number, number]): Range {
  return rangeAt(linesOf(file, workspace.file(file)?.text ?? ''), span);
}

export function locationOf(session: Session, { file, span }: FileSpan): Location {
  return { uri: session.uris.shown(file), range: rangeIn(session, file, span) };
}
