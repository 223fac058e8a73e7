import type { Plain } from '../syntax/plain.ts';
import type { Path } from '../syntax/tree.ts';

/** A value for a sentence. Mappings have no prototype here, so they cannot print themselves. */
export function show(value: Plain | undefined): string {
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[…]' : '{…}') : short(String(value));
}

/** At most 40 characters. */
export function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}

/** Whether what stands at a path may be a secret, which no message may repeat. */
export function isSecret(path: Path): boolean {
  return path.some((step) => /pass(word|phrase|wd)|secret|token|credential|private_?key/i.test(String(step)));
}
