/** Reading plain values: each answer is undefined when the value is absent, of another type, or not known. */
import { type Plain, type PlainMapping, templated } from '../../syntax/plain.ts';
import type { Step } from '../../syntax/tree.ts';

type Value = Plain | undefined;

export function get(value: Value, ...steps: readonly Step[]): Value {
  let current: Value = value;
  for (const step of steps) {
    if (typeof current !== 'object' || current === null) return current === templated ? templated : undefined;
    current = (current as PlainMapping)[step];
  }
  return current;
}

export function textAt(value: Value, ...steps: readonly Step[]): string | undefined {
  const found = get(value, ...steps);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: Value, ...steps: readonly Step[]): number | undefined {
  const found = get(value, ...steps);
  return typeof found === 'number' ? found : undefined;
}

export function booleanAt(value: Value, ...steps: readonly Step[]): boolean | undefined {
  const found = get(value, ...steps);
  return typeof found === 'boolean' ? found : undefined;
}

export function mappingAt(value: Value, ...steps: readonly Step[]): PlainMapping | undefined {
  const found = get(value, ...steps);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as PlainMapping) : undefined;
}

export function listAt(value: Value, ...steps: readonly Step[]): readonly Plain[] {
  const found = get(value, ...steps);
  return Array.isArray(found) ? found : [];
}

/** Every text in a list, with its index. */
export function textsAt(value: Value, ...steps: readonly Step[]): readonly (readonly [index: number, text: string])[] {
  return listAt(value, ...steps).flatMap((item, index) => (typeof item === 'string' ? [[index, item] as const] : []));
}

/** Known to be there, empty or not. */
export function isPresent(value: Value, ...steps: readonly Step[]): boolean {
  const found = get(value, ...steps);
  return found !== undefined && found !== templated;
}

/** Known to hold something: not absent, not empty, not a template that may turn out empty. */
export function isGiven(value: Value, ...steps: readonly Step[]): boolean {
  const found = get(value, ...steps);
  if (found === undefined || found === null || found === templated || found === '') return false;
  return !Array.isArray(found) || found.length > 0;
}

/** Known to hold nothing: absent, or empty. */
export function isMissing(value: Value, ...steps: readonly Step[]): boolean {
  const found = get(value, ...steps);
  return found === undefined || found === null || found === '' || (Array.isArray(found) && found.length === 0);
}
