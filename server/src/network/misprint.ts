import { formatPrefix, type Prefix } from './prefix.ts';
import { isPublic } from './special.ts';

/**
 * The IPv4 networks that a network may be a slip of, as texts: with two digits of a three-digit octet swapped (`10.104` for
 * `10.140`), or, for a public one, with a digit of the first octet too many, too few or wrong (`110.1.3.0` for `10.1.3.0`).
 * Networks side by side differ in an octet too, mostly in its last digit: that is no slip.
 */
export function* slipsOf(network: Prefix): Generator<string> {
  if (network.family !== 4) return;
  const text = formatPrefix(network);
  const slash = text.indexOf('/');
  const octets = text.slice(0, slash).split('.');
  const outside = isPublic(network);
  for (const [index, octet] of octets.entries()) {
    // In the first octet only a slip out of private space is told from a network of somebody else's.
    if (index === 0 && !outside) continue;
    const candidates =
      index === 0 ? [...swaps(octet), ...fewer(octet), ...more(octet), ...others(octet)] : swaps(octet);
    for (const candidate of candidates) {
      if (Number(candidate) > 255 || (candidate.length > 1 && candidate.startsWith('0'))) continue;
      yield octets.with(index, candidate).join('.') + text.slice(slash);
    }
  }
}

function swaps(octet: string): readonly string[] {
  if (octet.length < 3) return [];
  const [a, b, c] = octet;
  return [`${b}${a}${c}`, `${a}${c}${b}`].filter((swapped) => swapped !== octet);
}

function fewer(octet: string): readonly string[] {
  return octet.length < 2 ? [] : [...octet].map((_, at) => octet.slice(0, at) + octet.slice(at + 1));
}

const DIGITS = [...'0123456789'];

function more(octet: string): readonly string[] {
  if (octet.length > 2) return [];
  return [...octet, ''].flatMap((_, at) => DIGITS.map((digit) => octet.slice(0, at) + digit + octet.slice(at)));
}

/** One digit is another, but not the last. */
function others(octet: string): readonly string[] {
  return [...octet.slice(0, -1)].flatMap((own, at) =>
    DIGITS.filter((digit) => digit !== own).map((digit) => octet.slice(0, at) + digit + octet.slice(at + 1)),
  );
}
