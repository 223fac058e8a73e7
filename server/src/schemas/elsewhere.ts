import type { Path } from '../syntax/tree.ts';
import { partsOf, type Schema, type SchemaKey } from './keys.ts';
import { followed, schemaNode } from './lookup.ts';

/** How far below the top, or below a list item, a field is looked for. */
const DEEPEST = 4;

/**
 * The one other place in the same object where a field of this name belongs, for `peerIP` written beside `spec`. Undefined when
 * there is none, when there are several equally near, or when it is taken already.
 */
export function elsewhere(key: SchemaKey, name: string, at: Path, isTaken: (path: Path) => boolean): Path | undefined {
  for (const start of starts(at)) {
    const schema = schemaNode(key, start);
    if (schema === undefined) continue;
    const found = placesBelow(key, schema, name, start).filter((path) => !isTaken(path) && allowed(path, at));
    const nearest = Math.min(...found.map((path) => path.length));
    const best = found.filter((path) => path.length === nearest);
    if (best.length === 1) return best[0];
    if (best.length > 1) return undefined;
  }
  return undefined;
}

/** Inside a list item first, then the whole object: a field never moves from one item to another. */
function starts(at: Path): Path[] {
  const item = at.findLastIndex((step) => typeof step === 'number');
  return item < 0 ? [[]] : [at.slice(0, item + 1), []];
}

function allowed(path: Path, at: Path): boolean {
  // `name` deep inside a spec is rarely meant for metadata; labels and annotations are.
  if (path[0] === 'metadata') return at.length === 1 || ['labels', 'annotations'].includes(String(path[1]));
  return path.length > 1 || at.length <= 2;
}

function placesBelow(key: SchemaKey, top: Schema, name: string, start: Path): Path[] {
  const [family] = partsOf(key);
  const found: Path[] = [];
  let level: { schema: Schema; path: Path }[] = [{ schema: top, path: start }];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { schema, path } of level) {
      for (const [field, given] of Object.entries(schema.properties ?? {})) {
        if (path.length === 0 && field === 'status') continue;
        if (field === name) found.push([...path, field]);
        const below = followed(family, given)!;
        if (below.properties !== undefined && below.deprecated !== true)
          next.push({ schema: below, path: [...path, field] });
      }
    }
    level = next;
  }
  return found;
}
