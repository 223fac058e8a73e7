import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slipsOf } from '../../server/src/network/misprint.ts';
import { parsePrefix } from '../../server/src/network/prefix.ts';

const isSlip = (written: string, meant: string): boolean => [...slipsOf(parsePrefix(written)!)].includes(meant);

test('a digit too many, too few or wrong that leaves private space', () => {
  assert.equal(isSlip('110.1.3.0/24', '10.1.3.0/24'), true);
  assert.equal(isSlip('19.168.1.0/24', '192.168.1.0/24'), true);
  assert.equal(isSlip('182.168.1.0/24', '192.168.1.0/24'), true);
  assert.equal(isSlip('129.168.1.0/24', '192.168.1.0/24'), true);
});

test('two digits of a three-digit octet swapped', () => {
  assert.equal(isSlip('10.104.0.0/16', '10.140.0.0/16'), true);
  assert.equal(isSlip('10.21.0.0/16', '10.12.0.0/16'), false);
});

test('networks side by side, other lengths and what is private in the first octet are no slips', () => {
  assert.equal(isSlip('10.1.4.0/24', '10.1.3.0/24'), false);
  assert.equal(isSlip('11.1.3.0/24', '10.1.3.0/24'), false);
  assert.equal(isSlip('110.1.3.0/24', '10.1.3.0/25'), false);
  assert.equal(isSlip('10.1.13.0/24', '10.1.3.0/24'), false);
  assert.deepEqual([...slipsOf(parsePrefix('2001:db8::/32')!)], []);
});

test('every slip is a network that can be written', () => {
  for (const text of ['110.1.3.0/24', '1.104.255.0/24', '250.199.0.0/16'])
    for (const slip of slipsOf(parsePrefix(text)!)) assert.notEqual(parsePrefix(slip), undefined, slip);
});
