import type { Doc } from '../../syntax/document.ts';
import { fileOffset } from '../../syntax/place.ts';
import { type YamlCursor, yamlCursor } from '../../syntax/yaml-cursor.ts';
import { blockTextCursor } from '../../syntax/yaml-cursor-text.ts';
import type { DocumentState } from '../../workspace/documents.ts';
import type { FileState } from '../../workspace/file-state.ts';

/** Where somebody types: the innermost document there, and the offset in its text. */
export interface Spot {
  readonly file: FileState;
  readonly doc: Doc;
  readonly offset: number;
  /** Absent in formats other than YAML, and where nothing can be written. */
  readonly yaml?: YamlCursor;
  /** In the text of a block scalar, where no YAML can be written. */
  readonly blockText?: YamlCursor;
}

/** The spot at an offset of a file; undefined for a file without documents. */
export function spotAt(file: FileState, offset: number): Spot | undefined {
  const state = file.documents.findLast(({ doc }) => doc.base <= offset);
  if (state === undefined) return undefined;
  const found = innermost(state, offset, offset - state.doc.base);
  const { doc } = found;
  if (doc.tree.format !== 'yaml') return { file, ...found };
  const yaml = yamlCursor(doc.text, found.offset, doc.tree.yaml);
  const blockText = yaml === undefined ? blockTextCursor(doc.text, found.offset, doc.tree.yaml) : undefined;
  return { file, ...found, ...(yaml && { yaml }), ...(blockText && { blockText }) };
}

function innermost(state: DocumentState, inFile: number, offset: number): { doc: Doc; offset: number } {
  const child = state.children.findLast(
    ({ doc }) => fileOffset(doc, 0) <= inFile && inFile <= fileOffset(doc, doc.text.length),
  );
  const inside = child && offsetInside(child.doc, inFile);
  return child === undefined || inside === undefined ? { doc: state.doc, offset } : innermost(child, inFile, inside);
}

/** The offset in an embedded text of a character of its file; undefined for characters that are not in it, such as escapes. */
function offsetInside(doc: Doc, inFile: number): number | undefined {
  let low = 0;
  let high = doc.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fileOffset(doc, middle) < inFile) low = middle + 1;
    else high = middle;
  }
  return fileOffset(doc, low) === inFile ? low : undefined;
}
