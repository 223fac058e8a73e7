import { documentSpanInFile } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';

/** The documents of a file that touch a span of it, those inside others too: what is shown of a large file is a few of them. */
export function documentsWithin(file: FileState, [start, end]: Span): readonly DocumentState[] {
  return file.all.filter(({ doc }) => {
    const span = documentSpanInFile(doc, [0, doc.text.length]);
    return span[0] <= end && span[1] >= start;
  });
}
