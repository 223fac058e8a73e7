/** A count as people read it: `65,536`; a power of two that nobody reads digit by digit is one, `2^64`. */
export function counted(count: bigint | number): string {
  const value = BigInt(count);
  const bits = value.toString(2).length - 1;
  return bits >= 40 && value === 1n << BigInt(bits) ? `2^${bits}` : value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
