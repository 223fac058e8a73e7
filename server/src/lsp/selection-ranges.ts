import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { linesOf, offsetAt } from '../engine/lines.ts';
import { selectionSpans } from '../engine/selection-ranges.ts';
import { rangeIn } from './asked.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/selectionRange`, one chain a position. */
export async function selectionRanges(
  session: Session,
  files: Files,
  { textDocument, positions }: SelectionRangeParams,
): Promise<SelectionRange[]> {
  await files.settled();
  const file = session.workspace.file(session.uris.known(textDocument.uri));
  if (file === undefined) return [];
  const lines = linesOf(file.uri, file.text);
  return positions.map((position) => {
    const spans = selectionSpans(file, offsetAt(lines, position, file.text.length));
    const chain = spans.reduceRight<SelectionRange | undefined>(
      (parent, span) => ({ range: rangeIn(session, file.uri, span), ...(parent && { parent }) }),
      undefined,
    );
    return chain ?? { range: { start: position, end: position } };
  });
}
