import type { FoldingRange, FoldingRangeParams } from 'vscode-languageserver';
import { foldsOf } from '../engine/folds.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/foldingRange` with whole lines, as many as the editor takes. */
export async function foldingRanges(
  { uris, workspace, client }: Session,
  files: Files,
  { textDocument }: FoldingRangeParams,
): Promise<FoldingRange[]> {
  await files.settled();
  const file = workspace.file(uris.known(textDocument.uri));
  if (file === undefined) return [];
  return foldsOf(file)
    .slice(0, client.mostFolds)
    .map(({ start, end, kind }) => ({ startLine: start, endLine: end, ...(kind !== undefined && { kind }) }));
}
