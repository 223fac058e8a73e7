import type { Field } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';

/** Those of the given keys that a mapping still has, each at its key. */
export function removedKeys(reader: Reader, keys: readonly string[]): readonly Field<string>[] {
  return reader.entries().flatMap(({ key }) => (key.value !== undefined && keys.includes(key.value) ? [key] : []));
}
