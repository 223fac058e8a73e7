import { type Address, BITS, type Family } from './address.ts';
import type { Prefix } from './prefix.ts';

/** Prefixes with values, found by longest match: one hash lookup for each length in use. */
export class PrefixTable<T> {
  readonly #families: Readonly<Record<Family, Map<number, Map<bigint, T>>>> = { 4: new Map(), 6: new Map() };
  readonly #lengths: Record<Family, number[]> = { 4: [], 6: [] };

  set(prefix: Prefix, value: T): void {
    const byLength = this.#families[prefix.family];
    let entries = byLength.get(prefix.length);
    if (entries === undefined) {
      entries = new Map();
      byLength.set(prefix.length, entries);
      this.#lengths[prefix.family] = [...byLength.keys()].sort((a, b) => b - a);
    }
    entries.set(key(prefix.family, prefix.address, prefix.length), value);
  }

  get(prefix: Prefix): T | undefined {
    return this.#families[prefix.family].get(prefix.length)?.get(key(prefix.family, prefix.address, prefix.length));
  }

  /** The value of the longest prefix that contains the address. */
  longest(address: Address): T | undefined {
    for (const value of this.matches(address)) return value;
    return undefined;
  }

  /** The values of all prefixes that contain the address, longest first. */
  *matches(address: Address): Generator<T> {
    for (const length of this.#lengths[address.family]) {
      const value = this.#families[address.family].get(length)!.get(key(address.family, address.value, length));
      if (value !== undefined) yield value;
    }
  }

  /** The values of all prefixes that contain this one or equal it, longest first. */
  *covering(prefix: Prefix): Generator<T> {
    for (const length of this.#lengths[prefix.family]) {
      if (length > prefix.length) continue;
      const value = this.#families[prefix.family].get(length)!.get(key(prefix.family, prefix.address, length));
      if (value !== undefined) yield value;
    }
  }
}

function key(family: Family, address: bigint, length: number): bigint {
  return address >> BigInt(BITS[family] - length);
}
