import { type Address, formatAddress, parseAddress } from '../network/address.ts';
import { firstOf, lastOf, type Prefix, parsePrefix } from '../network/prefix.ts';
import { formatRange, parseRange, type Range } from '../network/range.ts';

/** Why Spiderpool does not take a text as a range. */
export type RangeFault =
  | 'cidr'
  | 'shorthand'
  | 'separator'
  | 'blanks'
  | 'dashes'
  | 'families'
  | 'descending'
  | 'address'
  | 'empty';

export interface ReadRange {
  readonly range?: Range;
  readonly fault?: RangeFault;
  /** What was probably meant, each in Spiderpool's grammar, the likeliest first. */
  readonly meant: readonly string[];
}

const OTHER_SEPARATOR = /\s*(?:\.\.\.?|[–—~～:]|\s(?:to|bis|至|到)\s|\s+)\s*/;

/**
 * Reads an item of `ips` or `excludeIPs`: `a` or `a-b`, without blanks, CIDRs or shortened ends, the first not after the
 * last (spiderpool pkg/ip/iprange.go).
 */
export function readRange(text: string): ReadRange {
  const range = parseRange(text);
  if (range !== undefined) return { range, meant: [] };
  if (text.trim() === '') return { fault: 'empty', meant: [] };
  const bare = text.replace(/\s+/g, '');
  if (bare !== text) {
    const joined = readRange(bare);
    if (joined.range !== undefined) return { fault: 'blanks', meant: [bare] };
    if (joined.meant.length > 0 && joined.fault !== undefined) return joined;
  }
  if (text.includes('/')) return { fault: 'cidr', meant: ofPrefix(parsePrefix(text)) };
  const ends = text.split('-');
  if (ends.length > 2) return { fault: 'dashes', meant: [] };
  if (ends.length === 2) return ofEnds(ends[0]!, ends[1]!);
  const parts = text.includes(':') ? text.split(/\s*(?:\.\.\.?|[–—~～])\s*/) : text.split(OTHER_SEPARATOR);
  const meant = parts.length === 2 ? `${parts[0]}-${parts[1]}` : '';
  return parseRange(meant) === undefined ? { fault: 'address', meant: [] } : { fault: 'separator', meant: [meant] };
}

function ofEnds(start: string, end: string): ReadRange {
  const first = parseAddress(start);
  const last = parseAddress(end);
  if (first !== undefined && last !== undefined) {
    if (first.family !== last.family) return { fault: 'families', meant: [] };
    return { fault: 'descending', meant: [`${end}-${start}`] };
  }
  const expanded = first === undefined ? undefined : expand(start, first, end);
  return expanded === undefined ? { fault: 'address', meant: [] } : { fault: 'shorthand', meant: [expanded] };
}

/** `10.0.0.1-9` and `10.0.0.1-1.9`: the second end repeats what it leaves out of the first. */
function expand(start: string, first: Address, end: string): string | undefined {
  if (first.family !== 4 || !/^\d{1,3}(\.\d{1,3}){0,2}$/.test(end)) return undefined;
  const octets = start.split('.');
  const whole = [...octets.slice(0, 4 - end.split('.').length), end].join('.');
  const last = parseAddress(whole);
  if (last === undefined) return undefined;
  return last.value < first.value ? `${whole}-${start}` : `${start}-${whole}`;
}

/** The addresses that hosts may have, then all of them. */
function ofPrefix(prefix: Prefix | undefined): readonly string[] {
  if (prefix === undefined) return [];
  const all: Range = { family: prefix.family, first: firstOf(prefix), last: lastOf(prefix) };
  if (all.last - all.first < 3n) return [formatRange(all)];
  const inner = prefix.family === 4 ? { ...all, first: all.first + 1n, last: all.last - 1n } : all;
  return [...new Set([formatRange(inner), formatRange(all)])];
}

/** The address of a text that may carry a prefix length. */
export function addressPart(text: string): string | undefined {
  const prefix = parsePrefix(text);
  return prefix === undefined ? undefined : formatAddress({ family: prefix.family, value: prefix.address });
}
