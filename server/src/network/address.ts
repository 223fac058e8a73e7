import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

/** One IP address. `value` is the whole address as an unsigned number. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

export const BITS: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/** Reads an address. Refuses octal and shortened IPv4, zones (`%eth0`) and surrounding blanks, as Go's parser does. */
export function parseAddress(text: string): Address | undefined {
  const number = dottedDecimal(text);
  if (number !== undefined) return { family: 4, value: BigInt(number) };
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  let value = 0n;
  for (const part of ipaddr.IPv6.parse(text).parts) value = (value << 16n) | BigInt(part);
  return { family: 6, value };
}

/** Four octets as one number. Addresses are read by the thousand after every edit, so it is done digit by digit. */
function dottedDecimal(text: string): number | undefined {
  if (text.length > 15) return undefined;
  let value = 0;
  let octet = -1;
  let octets = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e) {
      if (octet < 0 || octets === 4) return undefined;
      value = value * 256 + octet;
      octet = -1;
      octets++;
    } else {
      const digit = code - 0x30;
      // A leading zero would be octal to some.
      if (digit < 0 || digit > 9 || octet === 0) return undefined;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    }
  }
  return octets === 4 && octet >= 0 ? value * 256 + octet : undefined;
}

/** The canonical text: dotted decimal, or RFC 5952 for IPv6. */
export function formatAddress(address: Address): string {
  if (address.family === 4) {
    const n = Number(address.value);
    return `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`;
  }
  const parts = Array.from({ length: 8 }, (_, i) => Number((address.value >> BigInt(112 - 16 * i)) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

/** The canonical text of an address, or the text itself when it is none. */
export function canonicalAddress(text: string): string {
  const address = parseAddress(text);
  return address === undefined ? text : formatAddress(address);
}

/** By family, then by number. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.value === b.value;
}

/** fe80::/10: valid on one link only. */
export function isLinkLocal(address: Address): boolean {
  return address.family === 6 && address.value >> 118n === 0x3fan;
}
