import type { Place } from '../../syntax/document.ts';
import { documentSpanInFile, nodeOf, spanOfPlace } from '../../syntax/place.ts';
import type { Span } from '../../syntax/span.ts';

/** Everything that belongs to a place, in offsets of its file: a key with its block, the lines of a span, or the document. */
export function extentOf(place: Place): Span {
  const { doc } = place;
  if (place.path === undefined && place.span === undefined) return documentSpanInFile(doc, [0, doc.text.length]);
  const node = place.span === undefined ? nodeOf(place) : undefined;
  if (node !== undefined && place.path !== undefined) {
    const [key] = place.path.length === 0 ? node.span : spanOfPlace({ doc, path: place.path, part: 'key' });
    return documentSpanInFile(doc, [Math.min(key, node.span[0]), node.span[1]]);
  }
  const [start, end] = spanOfPlace(place);
  if (place.path !== undefined) return documentSpanInFile(doc, [start, end]);
  const from = doc.text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = doc.text.indexOf('\n', end);
  return documentSpanInFile(doc, [from, lineEnd === -1 ? doc.text.length : lineEnd]);
}
