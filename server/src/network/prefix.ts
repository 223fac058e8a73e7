import { type Address, BITS, type Family, formatAddress, parseAddress } from './address.ts';

/** An address with a prefix length, as written: `address` may have host bits. */
export interface Prefix {
  readonly family: Family;
  readonly address: bigint;
  readonly length: number;
}

/** Reads `address/length`. Refuses a missing length, leading zeros and lengths beyond the family's. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (address === undefined || !/^(0|[1-9]\d{0,2})$/.test(digits)) return undefined;
  const length = Number(digits);
  if (length > BITS[address.family]) return undefined;
  return { family: address.family, address: address.value, length };
}

/** Reads a prefix, or an address as the prefix that holds only it. */
export function parsePrefixOrAddress(text: string): Prefix | undefined {
  const address = text.includes('/') ? undefined : parseAddress(text);
  return address === undefined ? parsePrefix(text) : hostPrefix(address);
}

export function hostPrefix(address: Address): Prefix {
  return { family: address.family, address: address.value, length: BITS[address.family] };
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress({ family: prefix.family, value: prefix.address })}/${prefix.length}`;
}

/** The number of addresses in the prefix. */
export function sizeOf(prefix: Prefix): bigint {
  return 1n << BigInt(BITS[prefix.family] - prefix.length);
}

/** The first address: the network address. */
export function firstOf(prefix: Prefix): bigint {
  const free = BigInt(BITS[prefix.family] - prefix.length);
  return (prefix.address >> free) << free;
}

/** The last address: in IPv4 the broadcast address. */
export function lastOf(prefix: Prefix): bigint {
  return firstOf(prefix) + sizeOf(prefix) - 1n;
}

/** Whether bits beyond the length are set, so that the text names a host rather than a network. */
export function hasHostBits(prefix: Prefix): boolean {
  return firstOf(prefix) !== prefix.address;
}

/** The prefix with its host bits cleared. */
export function networkOf(prefix: Prefix): Prefix {
  return { family: prefix.family, address: firstOf(prefix), length: prefix.length };
}

export function containsAddress(prefix: Prefix, address: Address): boolean {
  if (prefix.family !== address.family) return false;
  const free = BigInt(BITS[prefix.family] - prefix.length);
  return prefix.address >> free === address.value >> free;
}

/** Whether every address of `inner` is in `outer`; a prefix contains itself. */
export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  return outer.length <= inner.length && containsAddress(outer, { family: inner.family, value: inner.address });
}

export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return a.length <= b.length ? containsPrefix(a, b) : containsPrefix(b, a);
}

/** Whether two prefixes are the same network. */
export function sameNetwork(a: Prefix, b: Prefix): boolean {
  return a.length === b.length && containsPrefix(a, b);
}

/** Every network with this many bits inside the prefix, in order, lazily. */
export function* subnetsOf(prefix: Prefix, length: number): Generator<Prefix> {
  if (length < prefix.length || length > BITS[prefix.family]) return;
  const step = 1n << BigInt(BITS[prefix.family] - length);
  const last = lastOf(prefix);
  for (let address = firstOf(prefix); address <= last; address += step)
    yield { family: prefix.family, address, length };
}

/** Whether the second prefix is a smaller part of the first. */
export function isWithin(whole: Prefix, part: Prefix): boolean {
  return part.length > whole.length && containsPrefix(whole, part);
}
