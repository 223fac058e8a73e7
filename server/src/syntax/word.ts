import { type Place, yamlOf } from './document.ts';
import { documentSpanInFile, nodeOf, spanOfPlace } from './place.ts';
import type { Span } from './span.ts';
import { nodeAt, pairOf, resolved, type Scalar } from './tree.ts';

/** The span of a place in its document without the quotes around it; of an alias, what it stands for. */
export function wordSpan(place: Place): Span {
  const scalar = scalarOf(place);
  if (scalar === undefined || place.span !== undefined) return spanOfPlace(place);
  const [start, end] = scalar.span;
  const isQuoted = scalar.style === 'single' || scalar.style === 'double';
  if (isQuoted && end - start >= 2) return [start + 1, end - 1];
  return isQuoted || scalar.style === 'plain' ? scalar.span : spanOfPlace(place);
}

/** The same in its file. */
export function wordSpanInFile(place: Place): Span {
  return documentSpanInFile(place.doc, wordSpan(place));
}

/** The scalar that a place with a path is or stands in. */
export function scalarOf({ doc, path, part }: Place): Scalar | undefined {
  if (path === undefined) return undefined;
  if (part === 'key') {
    const key = path.at(-1);
    return typeof key === 'string' ? pairOf(nodeAt(yamlOf(doc)?.root, path.slice(0, -1)), key)?.key : undefined;
  }
  const node = resolved(nodeOf({ doc, path }));
  return node?.kind === 'scalar' ? node : undefined;
}
