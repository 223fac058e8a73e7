import { type Prefix, parsePrefix } from './prefix.ts';
import { nextFreePrefix, type Range } from './range.ts';

export { formatPrefix, parsePrefix } from './prefix.ts';

/** Where private addresses are taken from, the largest first (RFC 1918, RFC 4193). */
const PRIVATE: Readonly<Record<Prefix['family'], readonly string[]>> = {
  4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  6: ['fd00::/8'],
};

/** A private prefix of the same family and length that touches none of `taken`; undefined when there is none. */
export function nextFree(like: Prefix, taken: readonly Range[]): Prefix | undefined {
  for (const text of PRIVATE[like.family]) {
    const free = nextFreePrefix(parsePrefix(text)!, taken, like.length);
    if (free !== undefined) return free;
  }
  return undefined;
}
