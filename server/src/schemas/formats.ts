/** The string and number formats of Calico's schemas, for the generated validators. */
import ipaddr from 'ipaddr.js';

/** Address family of an IP address as Go's net.ParseIP reads it (no zone, no leading zeros), or undefined when it is none. */
export function familyOf(text: string): 4 | 6 | undefined {
  if (/^\d/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text)) return /(^|\.)0\d/.test(text) ? undefined : 4;
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text) ? 6 : undefined;
}

/** Address and prefix length of a CIDR as Go's net.ParseCIDR reads it; host bits may be set. */
export function cidrOf(
  text: string,
): { readonly address: string; readonly length: number; readonly family: 4 | 6 } | undefined {
  const [, address, digits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined || digits === undefined || /^0\d/.test(digits)) return undefined;
  const family = familyOf(address);
  const length = Number(digits);
  return family === undefined || length > (family === 4 ? 32 : 128) ? undefined : { address, length, family };
}

/** An AS number as Calico reads it: 0–4294967295 in digits, or `hi.lo` with 16 bits each. */
export function isAsNumber(text: string): boolean {
  const [, high, low] = /^(\d{1,10})(?:\.(\d{1,5}))?$/.exec(text) ?? [];
  if (high === undefined) return false;
  return low === undefined ? Number(high) <= 0xffffffff : Number(high) <= 0xffff && Number(low) <= 0xffff;
}

/** A Go duration such as `90s`, `1h30m` or `1.5s`. */
export function isDuration(text: string): boolean {
  return (
    text === '0' ||
    /^[-+]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))*$/.test(text)
  );
}

interface Format {
  validate(value: string | number): boolean;
}

export const formats: Readonly<Record<'as-number' | 'cidr' | 'int32' | 'int64', Format>> = {
  'as-number': { validate: (value) => isAsNumber(String(value)) },
  cidr: { validate: (value) => cidrOf(String(value)) !== undefined },
  int32: { validate: (value) => Number(value) >= -0x80000000 && Number(value) <= 0x7fffffff },
  int64: { validate: (value) => Math.abs(Number(value)) <= 2 ** 63 },
};
