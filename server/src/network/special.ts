import { containsPrefix, type Prefix, parsePrefix } from './prefix.ts';

/** IPv4 space that nobody owns in the Internet: private, shared, link-local, for documentation and tests, and the rest. */
const NOT_PUBLIC: readonly Prefix[] = [
  '0.0.0.0/8', // RFC 1122
  '10.0.0.0/8', // RFC 1918
  '100.64.0.0/10', // RFC 6598
  '127.0.0.0/8', // RFC 1122
  '169.254.0.0/16', // RFC 3927
  '172.16.0.0/12', // RFC 1918
  '192.0.0.0/24', // RFC 6890
  '192.0.2.0/24', // RFC 5737
  '192.168.0.0/16', // RFC 1918
  '198.18.0.0/15', // RFC 2544
  '198.51.100.0/24', // RFC 5737
  '203.0.113.0/24', // RFC 5737
  '224.0.0.0/3', // RFC 1112: multicast and reserved
].map((text) => parsePrefix(text)!);

/** Whether an IPv4 prefix reaches into public address space; never true of IPv6, where public addresses are for everything. */
export function isPublic(prefix: Prefix): boolean {
  return prefix.family === 4 && !NOT_PUBLIC.some((range) => containsPrefix(range, prefix));
}
