/** What the numbers of an autonomous system's range are for. */
export type AsUse = 'private' | 'documentation' | 'reserved' | 'transition' | 'public';

/** Whether an AS number is anybody's (RFC 6996), for examples (RFC 5398), of no use (RFC 7300, 7607), or somebody's. */
export function useOfAs(asn: number): AsUse {
  if (asn === 0 || asn === 65535 || asn === 4294967295) return 'reserved';
  if (asn === 23456) return 'transition';
  if ((asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294)) return 'private';
  if ((asn >= 64496 && asn <= 64511) || (asn >= 65536 && asn <= 65551)) return 'documentation';
  return asn >= 65552 && asn <= 131071 ? 'reserved' : 'public';
}
