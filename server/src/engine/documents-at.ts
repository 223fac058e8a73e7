import type { Doc } from '../syntax/document.ts';
import { documentSpanInFile } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';

/** The documents that an offset of a file is in, the innermost first. Of a file's hundreds only these are looked at. */
export function documentsAt(file: FileState, offset: number): readonly DocumentState[] {
  const found: DocumentState[] = [];
  let states = file.documents;
  for (;;) {
    // Where one ends and the next begins the offset belongs to the one that begins.
    const state = states.findLast(({ doc }) => holds(documentSpanInFile(doc, [0, doc.text.length]), offset));
    if (state === undefined) return found;
    found.unshift(state);
    states = state.children;
  }
}

/** An offset of a file as an offset of a document that it is in. */
export function offsetInDocument(doc: Doc, offset: number): number {
  if (doc.embedding === undefined || doc.parent === undefined) return offset - doc.base;
  const outer = offsetInDocument(doc.parent, offset);
  // Embeddings never go back, so the place is found by halving.
  let low = 0;
  let high = doc.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (doc.embedding.outer(middle) < outer) low = middle + 1;
    else high = middle;
  }
  return low;
}

function holds([start, end]: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
