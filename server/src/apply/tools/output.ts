import { parse } from 'yaml';
import { type ApiObject, asObject, isMapping } from '../objects.ts';

/**
 * The objects that `get -o yaml` printed, in its three shapes: one object, a `<Kind>List` with items, a bare sequence of
 * objects. Undefined for anything else.
 */
export function objectsIn(text: string): readonly ApiObject[] | undefined {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return undefined;
  }
  return objectsOf(value);
}

export function objectsOf(value: unknown): readonly ApiObject[] | undefined {
  if (Array.isArray(value)) {
    const parts = value.map((item) => objectsOf(item));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (!isMapping(value)) return undefined;
  const { kind, apiVersion, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && (Array.isArray(items) || items == null))
    return itemsOf(kind.slice(0, -4), apiVersion, (items ?? []) as readonly unknown[]);
  const object = asObject(value);
  return object === undefined ? undefined : [object];
}

/** Items may leave out what the list says of them all. */
function itemsOf(kind: string, apiVersion: unknown, items: readonly unknown[]): readonly ApiObject[] | undefined {
  const objects: ApiObject[] = [];
  for (const item of items) {
    const object = asObject(isMapping(item) ? { ...(kind === '' ? {} : { kind, apiVersion }), ...item } : item);
    if (object === undefined) return undefined;
    objects.push(object);
  }
  return objects;
}
