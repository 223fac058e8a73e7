import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Family, formatAddress, parseAddress } from '../../server/src/network/address.ts';
import { overlappingPairs } from '../../server/src/network/overlap.ts';
import {
  containsPrefix,
  firstOf,
  formatPrefix,
  hasHostBits,
  lastOf,
  networkOf,
  parsePrefix,
  prefixesOverlap,
  sizeOf,
} from '../../server/src/network/prefix.ts';
import {
  freeRanges,
  nextFreePrefix,
  parseSpan,
  type Range,
  rangeOf,
  rangesOverlap,
} from '../../server/src/network/range.ts';
import { PrefixTable } from '../../server/src/network/table.ts';

const ipv4 = fc.record({
  family: fc.constant<Family>(4),
  address: fc.bigInt({ min: 0n, max: (1n << 32n) - 1n }),
  length: fc.integer({ min: 0, max: 32 }),
});
const ipv6 = fc.record({
  family: fc.constant<Family>(6),
  address: fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
  length: fc.integer({ min: 0, max: 128 }),
});
const anyPrefix = fc.oneof(ipv4, ipv6);
const small = fc.record({
  family: fc.constant<Family>(4),
  address: fc.bigInt({ min: 0n, max: 255n }),
  length: fc.integer({ min: 24, max: 32 }),
});

test('what is written is read back, whatever the prefix', () => {
  fc.assert(fc.property(anyPrefix, (prefix) => assert.deepEqual(parsePrefix(formatPrefix(prefix)), { ...prefix })));
});

test('addresses that a shell or an old library would accept are refused', () => {
  for (const text of [
    '010.0.0.1',
    '10.1',
    '10.0.0.256',
    ' 10.0.0.1',
    '10.0.0.1 ',
    '0x0a.0.0.1',
    'fe80::1%eth0',
    '',
    '::g',
    '1.2.3.4.5',
  ])
    assert.equal(parseAddress(text), undefined, text);
  for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/', '10.0.0.0/-1', '::/129', '10.0.0.0/24/8'])
    assert.equal(parsePrefix(text), undefined, text);
});

test('IPv6 has one canonical text', () => {
  assert.equal(formatAddress(parseAddress('2001:DB8:0:0:0:0:0:1')!), '2001:db8::1');
  assert.equal(formatAddress(parseAddress('::ffff:1.2.3.4')!).includes('ffff'), true);
});

test('the network address begins the prefix, and host bits are what is left over', () => {
  const prefix = parsePrefix('10.1.5.17/24')!;
  assert.equal(hasHostBits(prefix), true);
  assert.equal(formatPrefix(networkOf(prefix)), '10.1.5.0/24');
  assert.equal(sizeOf(prefix), 256n);
  assert.equal(formatAddress({ family: 4, value: lastOf(prefix) }), '10.1.5.255');
  fc.assert(
    fc.property(anyPrefix, (p) => {
      assert.equal(lastOf(p) - firstOf(p) + 1n, sizeOf(p));
      assert.equal(hasHostBits(networkOf(p)), false);
    }),
  );
});

test('two prefixes overlap exactly when one contains the other', () => {
  fc.assert(
    fc.property(small, small, (a, b) => {
      assert.equal(prefixesOverlap(a, b), containsPrefix(a, b) || containsPrefix(b, a));
      assert.equal(prefixesOverlap(a, b), rangesOverlap(rangeOf(a), rangeOf(b)));
    }),
  );
});

test('the sweep finds the same pairs as comparing everything with everything', () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 30 }), (prefixes) => {
      const items = prefixes.map((prefix, owner) => ({ range: rangeOf(prefix), owner }));
      const swept = [...overlappingPairs(items)]
        .map(([a, b]) => [a.owner, b.owner].sort((x, y) => x - y).join())
        .sort();
      const naive: string[] = [];
      for (let i = 0; i < items.length; i++)
        for (let j = i + 1; j < items.length; j++)
          if (rangesOverlap(items[i]!.range, items[j]!.range)) naive.push(`${i},${j}`);
      assert.deepEqual(swept, naive.sort());
    }),
  );
});

test('free ranges and taken ranges together are the whole, and never share an address', () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 12 }), (prefixes) => {
      const within: Range = { family: 4, first: 16n, last: 239n };
      const taken = prefixes.map(rangeOf);
      const free = freeRanges(within, taken);
      for (let value = within.first; value <= within.last; value++) {
        const inTaken = taken.some((range) => range.first <= value && value <= range.last);
        const inFree = free.filter((range) => range.first <= value && value <= range.last).length;
        assert.equal(inFree, inTaken ? 0 : 1);
      }
    }),
  );
});

test('the next free block of a pool lies between those in use', () => {
  const taken = ['10.20.0.0/26', '10.20.0.128/26'].map((text) => parseSpan(text)!);
  assert.equal(formatPrefix(nextFreePrefix(parsePrefix('10.20.0.0/24')!, taken, 26)!), '10.20.0.64/26');
  assert.equal(nextFreePrefix(parsePrefix('10.20.0.0/26')!, taken, 26), undefined);
});

test('the longest prefix wins', () => {
  const table = new PrefixTable<string>();
  for (const text of ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16']) table.set(parsePrefix(text)!, text);
  assert.equal(table.longest(parseAddress('10.1.2.3')!), '10.1.0.0/16');
  assert.equal(table.longest(parseAddress('10.2.2.3')!), '10.0.0.0/8');
  assert.equal(table.longest(parseAddress('192.0.2.1')!), '0.0.0.0/0');
  assert.equal(table.longest(parseAddress('2001:db8::1')!), undefined);
});

test('ten thousand prefixes are compared in well under a second', () => {
  const items = Array.from({ length: 10_000 }, (_, i) => ({
    range: rangeOf(parsePrefix(`10.${i >> 8}.${i & 255}.0/24`)!),
    owner: i,
  }));
  items.push({ range: rangeOf(parsePrefix('10.3.4.128/25')!), owner: -1 });
  const started = performance.now();
  const pairs = [...overlappingPairs(items)];
  assert.deepEqual(
    pairs.map(([a, b]) => [a.owner, b.owner]),
    [[3 * 256 + 4, -1]],
  );
  assert.ok(performance.now() - started < 1000);
});
