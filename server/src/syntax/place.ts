import { type Doc, type Place, yamlOf } from './document.ts';
import { segmented } from './embedding.ts';
import { scalarSegments } from './scalar.ts';
import { moved, type Span } from './span.ts';
import { type Node, nodeAt, type Path, pairOf, resolved, type Scalar } from './tree.ts';

/** The YAML node a place points at; undefined for text formats and for paths that left the tree. */
export function nodeOf(place: Place): Node | undefined {
  return place.path === undefined ? undefined : nodeAt(yamlOf(place.doc)?.root, place.path);
}

/**
 * The span of a place in its document's text as it is now. A path that no longer exists falls back to its nearest
 * ancestor, so that a finding is never lost between two edits.
 */
export function spanOfPlace(place: Place): Span {
  if (place.path === undefined) return place.span ?? [0, Math.min(place.doc.text.length, 1)];
  if (place.part === 'key') return keySpan(place.doc, place.path);
  const node = nodeAt(yamlOf(place.doc)?.root, place.path);
  if (node === undefined) return place.path.length === 0 ? [0, 1] : keySpan(place.doc, place.path);
  if (place.span !== undefined && node.kind === 'scalar') return insideScalar(place.doc.text, node, place.span);
  return visible(place.doc, place.path, node);
}

/** A span of a scalar's decoded text as a span of the document. */
export function insideScalar(text: string, scalar: Scalar, span: Span): Span {
  const map = segmented(scalarSegments(text, scalar), (inserted) => inserted);
  const start = map.outer(span[0]);
  // The last line break of a block scalar stands behind its token.
  return [start, span[1] > span[0] ? Math.min(map.outerEnd(span[1]), scalar.span[1]) : start];
}

/** Scalars show their token; a mapping or list shows its key, for nobody wants a whole block underlined. */
function visible(doc: Doc, path: Path, node: Node): Span {
  if ((node.kind === 'scalar' && node.span[1] > node.span[0]) || node.kind === 'alias') {
    const newline = doc.text.indexOf('\n', node.span[0]);
    return newline !== -1 && newline < node.span[1] ? [node.span[0], newline] : node.span;
  }
  if (node.kind !== 'scalar' && node.flow) return node.span;
  return path.length === 0 ? firstToken(doc) : keySpan(doc, path);
}

function firstToken(doc: Doc): Span {
  const root = resolved(yamlOf(doc)?.root);
  if (root?.kind === 'mapping') {
    const kind = root.pairs.find((pair) => pair.key.text === 'kind') ?? root.pairs[0];
    if (kind !== undefined) return kind.key.span;
  }
  return root === undefined
    ? [0, Math.min(1, doc.text.length)]
    : [root.span[0], Math.min(root.span[0] + 1, root.span[1])];
}

/** The key that leads to a path; for a list item its first key, or the item itself; else the nearest ancestor's key. */
function keySpan(doc: Doc, path: Path): Span {
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(yamlOf(doc)?.root, path.slice(0, length - 1));
    const step = path[length - 1]!;
    if (typeof step === 'string') {
      const pair = pairOf(parent, step);
      if (pair !== undefined) return pair.key.span;
      continue;
    }
    const sequence = resolved(parent);
    const item = sequence?.kind === 'sequence' ? resolved(sequence.items[step]) : undefined;
    if (item?.kind === 'mapping' && !item.flow && item.pairs[0] !== undefined) return item.pairs[0].key.span;
    if (item !== undefined) return item.span;
  }
  return firstToken(doc);
}

/** An offset of a document as an offset of its file, through every text it is embedded in. */
export function fileOffset(doc: Doc, offset: number): number {
  if (doc.embedding === undefined || doc.parent === undefined) return doc.base + offset;
  return fileOffset(doc.parent, doc.embedding.outer(offset));
}

/** Where the character that ends at an offset of a document ends in its file. */
function fileEnd(doc: Doc, offset: number): number {
  if (doc.embedding === undefined || doc.parent === undefined) return doc.base + offset;
  return fileEnd(doc.parent, doc.embedding.outerEnd(offset));
}

/** The span of a place in its file, in UTF-16 units from the file's start. */
export function fileSpan(place: Place): Span {
  return documentSpanInFile(place.doc, spanOfPlace(place));
}

export function documentSpanInFile(doc: Doc, span: Span): Span {
  if (doc.embedding === undefined) return moved(span, doc.base);
  const start = fileOffset(doc, span[0]);
  return [start, span[1] > span[0] ? Math.max(start, fileEnd(doc, span[1])) : start];
}
