import { compareRanges, type Range } from './range.ts';

export interface Owned<T> {
  readonly range: Range;
  readonly owner: T;
}

/**
 * Every pair whose ranges share an address, the one that starts first (or is larger) as the first of the pair.
 * Lazy: sorting is O(n log n), each pair costs constant time, and a caller may stop early.
 */
export function* overlappingPairs<T>(items: Iterable<Owned<T>>): Generator<readonly [Owned<T>, Owned<T>]> {
  let open: Owned<T>[] = [];
  for (const item of [...items].sort((a, b) => compareRanges(a.range, b.range))) {
    open = open.filter((other) => other.range.family === item.range.family && other.range.last >= item.range.first);
    for (const other of open) yield [other, item];
    open.push(item);
  }
}
