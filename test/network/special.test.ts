import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrefix } from '../../server/src/network/prefix.ts';
import { isPublic } from '../../server/src/network/special.ts';

const judged = (text: string): boolean => isPublic(parsePrefix(text)!);

test('what private ranges are often taken for is public', () => {
  for (const text of [
    '172.168.0.0/16',
    '172.32.0.0/16',
    '192.169.0.0/16',
    '193.168.1.0/24',
    '11.0.0.0/8',
    '8.8.8.8/32',
  ])
    assert.equal(judged(text), true, text);
});

test('private, shared, documentation and reserved ranges are not, nor is any IPv6 prefix', () => {
  for (const text of [
    '10.0.0.0/8',
    '172.31.0.0/16',
    '192.168.0.0/16',
    '100.127.0.0/16',
    '198.19.0.0/16',
    '203.0.113.0/25',
  ])
    assert.equal(judged(text), false, text);
  for (const text of ['240.0.0.0/4', '2001:db8::/32', '2606:4700::/32']) assert.equal(judged(text), false, text);
});

test('a range that is larger than the private one in it reaches into public space', () => {
  assert.equal(judged('172.0.0.0/8'), true);
  assert.equal(judged('192.168.0.0/15'), true);
});
