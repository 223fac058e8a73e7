import type { Plain } from '../syntax/plain.ts';

/** A value for a sentence. Mappings have no prototype here, so they cannot print themselves. */
export function show(value: Plain | undefined): string {
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[…]' : '{…}') : short(String(value));
}

/** At most 40 characters. */
export function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}
