import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grammar, read, scopes } from './grammar.ts';

const frr = await grammar('source.frr');
const told = (text: string) =>
  scopes(frr, text).map(([token, scope]) => `${token.trim()} = ${scope.replace('.frr', '')}`);

test('what a command begins with, whom it names and what it refers to have colours of their own', () => {
  assert.deepEqual(told(' neighbor 10.0.0.1 route-map FROM-TOR in'), [
    'neighbor = keyword.other',
    '10.0.0.1 = constant.numeric.address',
    'route-map = keyword.other',
    'FROM-TOR = variable.other.reference',
    'in = constant.language',
  ]);
  assert.deepEqual(told('  no neighbor fe80::1%eth0 activate').slice(0, 4), [
    'no = keyword.operator.negation',
    'neighbor = keyword.other',
    'fe80::1 = constant.numeric.address',
    '% = punctuation.separator.zone',
  ]);
});

test('blocks: a router, an address family, a route map with its action and number, and what closes them', () => {
  assert.deepEqual(told('router bgp 65000'), [
    'router = keyword.control.block',
    'bgp = entity.name.type.protocol',
    '65000 = constant.numeric',
  ]);
  assert.deepEqual(told(' address-family l2vpn evpn'), [
    'address-family = keyword.control.block',
    'l2vpn evpn = entity.name.type.address-family',
  ]);
  assert.deepEqual(told('route-map OUT permit 10'), [
    'route-map = keyword.control.block',
    'OUT = entity.name.function.route-map',
    'permit = keyword.operator.action',
    '10 = constant.numeric.sequence',
  ]);
  assert.deepEqual(told(' exit-address-family'), ['exit-address-family = keyword.control.block']);
});

test('a comment begins at a word; a ! in a password is a part of it', () => {
  assert.deepEqual(told('! set by hand').at(-1), 'set by hand = comment.line');
  assert.deepEqual(told(' bgp bestpath as-path multipath-relax ! why').slice(-2), [
    '! = punctuation.definition.comment',
    'why = comment.line',
  ]);
  assert.deepEqual(told(' neighbor 10.0.0.1 password zebra!x').at(-1), 'zebra!x = string.unquoted');
  assert.deepEqual(told(' neighbor TOR description to ! the rack').at(-1), 'to ! the rack = string.unquoted');
});

test('prefix lists: name, number, prefix', () => {
  assert.deepEqual(told('ip prefix-list PODS seq 5 permit 10.244.0.0/16 le 26'), [
    'ip prefix-list = keyword.other',
    'PODS = entity.name.function.list',
    'seq = constant.language',
    '5 = constant.numeric',
    'permit = keyword.operator.action',
    '10.244.0.0/16 = constant.numeric.address',
    'le = constant.language',
    '26 = constant.numeric',
  ]);
});

test('every command of the examples begins with a coloured word', () => {
  for (const example of ['broken-fabric/frr/tor0', 'broken-fabric/frr/tor1', '003-spiderpool-bgp/router'])
    for (const line of read(`examples/${example}/frr.conf`).split('\n')) {
      if (line.trim() === '') continue;
      assert.match(scopes(frr, line)[0]?.[1] ?? '', /^(keyword|punctuation\.definition\.comment|comment)/, line);
    }
});
