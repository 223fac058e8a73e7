import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grammar, read, scopes } from './grammar.ts';

const vyos = await grammar('source.vyos');
const told = (text: string) =>
  scopes(vyos, text).map(([token, scope]) => `${token.trim()} = ${scope.replace('.vyos', '')}`);

test('nodes, their values and their braces', () => {
  assert.deepEqual(
    told('protocols {\n    bgp {\n        neighbor 10.0.0.1 {\n            remote-as 65001\n        }'),
    [
      'protocols = entity.name.tag',
      '{ = punctuation.section.braces',
      'bgp = entity.name.tag',
      '{ = punctuation.section.braces',
      'neighbor = entity.name.tag',
      '10.0.0.1 = constant.numeric.address',
      '{ = punctuation.section.braces',
      'remote-as = entity.name.tag',
      '65001 = constant.numeric',
      '} = punctuation.section.braces',
    ],
  );
});

test('a name that is a value: an interface, a route map, a flag without value', () => {
  assert.deepEqual(told('    ethernet eth1 {'), [
    'ethernet = entity.name.tag',
    'eth1 = entity.name.type.instance',
    '{ = punctuation.section.braces',
  ]);
  assert.deepEqual(told('        peer-group TORS'), ['peer-group = entity.name.tag', 'TORS = string.unquoted']);
  assert.deepEqual(told('        nexthop-self'), ['nexthop-self = entity.name.tag']);
});

test('strings with escapes, comments, the footer', () => {
  assert.deepEqual(
    scopes(vyos, '        description "up \\" link"').map(([, scope]) => scope),
    [
      'entity.name.tag.vyos',
      'string.quoted.double.vyos',
      'constant.character.escape.vyos',
      'string.quoted.double.vyos',
    ],
  );
  assert.deepEqual(told('/* one\n { two */\nsystem {').slice(-2), [
    'system = entity.name.tag',
    '{ = punctuation.section.braces',
  ]);
  assert.match(told('// vyos-config-version: "bgp@4"').at(-1)!, /= comment\.line/);
});

test('the same as set commands', () => {
  assert.deepEqual(told("set protocols bgp neighbor 10.0.0.1 remote-as '65001'").slice(0, 5), [
    'set = keyword.control.command',
    'protocols = entity.name.tag',
    'bgp = entity.name.tag',
    'neighbor = entity.name.tag',
    '10.0.0.1 = constant.numeric.address',
  ]);
});

test('every node of the examples has the colour of a name', () => {
  for (const example of [
    'broken-fabric/vyos/core0/config.boot',
    'broken-fabric/vyos/edge0/config.boot',
    '004-leaf-spine/startup-conf/leaf0-boot.cfg',
  ]) {
    const text = read(`examples/${example}`);
    let block = false;
    const stretches = text.split('\n').filter((line) => {
      block ||= line.includes('/*');
      const counts = !block && /^\s*[a-z]/.test(line);
      if (line.includes('*/')) block = false;
      return counts;
    });
    assert.ok(stretches.length > 20);
    for (const line of stretches) assert.equal(scopes(vyos, line)[0]?.[1], 'entity.name.tag.vyos', line);
  }
});
