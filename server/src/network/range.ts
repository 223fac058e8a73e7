import { type Address, BITS, compareAddresses, type Family, formatAddress, parseAddress } from './address.ts';
import { firstOf, lastOf, type Prefix, parsePrefix } from './prefix.ts';

/** The addresses from `first` to `last`, both included. */
export interface Range {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads `a-b` or a single address, as Spiderpool writes them. Refuses mixed families and a last before the first. */
export function parseRange(text: string): Range | undefined {
  const dash = text.indexOf('-');
  const first = parseAddress(dash < 0 ? text : text.slice(0, dash));
  const last = dash < 0 ? first : parseAddress(text.slice(dash + 1));
  if (first === undefined || last === undefined || first.family !== last.family) return undefined;
  return first.value <= last.value ? { family: first.family, first: first.value, last: last.value } : undefined;
}

/** Reads a prefix, a range `a-b` or an address. */
export function parseSpan(text: string): Range | undefined {
  const prefix = parsePrefix(text);
  return prefix === undefined ? parseRange(text) : rangeOf(prefix);
}

export function rangeOf(prefix: Prefix): Range {
  return { family: prefix.family, first: firstOf(prefix), last: lastOf(prefix) };
}

/** `a-b`, or the address alone when the range holds one. */
export function formatRange(range: Range): string {
  const first = formatAddress({ family: range.family, value: range.first });
  return range.first === range.last ? first : `${first}-${formatAddress({ family: range.family, value: range.last })}`;
}

export function rangeSize(range: Range): bigint {
  return range.last - range.first + 1n;
}

export function rangeContains(range: Range, address: Address): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

export function rangesOverlap(a: Range, b: Range): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

export function rangeWithin(inner: Range, outer: Range): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** By family, start, and the larger one first, so that an outer range stands before what it holds. */
export function compareRanges(a: Range, b: Range): number {
  const start = compareAddresses({ family: a.family, value: a.first }, { family: b.family, value: b.first });
  return start !== 0 ? start : a.last > b.last ? -1 : a.last < b.last ? 1 : 0;
}

/** The ranges as few sorted ones: overlapping and adjacent ones become one. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort(compareRanges)) {
    const top = merged.at(-1);
    if (top === undefined || top.family !== range.family || range.first > top.last + 1n) merged.push(range);
    else if (range.last > top.last) merged[merged.length - 1] = { ...top, last: range.last };
  }
  return merged;
}

/** What of `within` is in none of `taken`, in order. */
export function freeRanges(within: Range, taken: readonly Range[]): Range[] {
  const free: Range[] = [];
  let next = within.first;
  for (const range of mergeRanges(taken)) {
    if (range.family !== within.family || range.last < next || range.first > within.last) continue;
    if (range.first > next) free.push({ family: within.family, first: next, last: range.first - 1n });
    next = range.last + 1n;
  }
  if (next <= within.last) free.push({ family: within.family, first: next, last: within.last });
  return free;
}

/** The first network of `length` bits inside `within` that touches none of `taken`. */
export function nextFreePrefix(within: Prefix, taken: readonly Range[], length: number): Prefix | undefined {
  if (length < within.length || length > BITS[within.family]) return undefined;
  const size = 1n << BigInt(BITS[within.family] - length);
  for (const free of freeRanges(rangeOf(within), taken)) {
    const address = ((free.first + size - 1n) / size) * size;
    if (address + size - 1n <= free.last) return { family: within.family, address, length };
  }
  return undefined;
}
