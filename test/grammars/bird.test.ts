import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grammar, scopes } from './grammar.ts';

const bird = await grammar('source.bird');
const told = (text: string) =>
  scopes(bird, text).map(([token, scope]) => `${token.trim()} = ${scope.replace('.bird', '')}`);

test('a session, its template and whom it is with', () => {
  assert.deepEqual(told('protocol bgp spine0 from fabric {\n  neighbor 10.0.0.1 as 65001;'), [
    'protocol = keyword.control.block',
    'bgp = entity.name.type.protocol',
    'spine0 = entity.name.function.protocol',
    'from = keyword.other',
    'fabric = variable.other.reference',
    '{ = punctuation.section.braces',
    'neighbor = keyword.other',
    '10.0.0.1 = constant.numeric.address',
    'as = keyword.other',
    '65001 = constant.numeric',
    '; = source',
  ]);
  assert.deepEqual(told("protocol bgp 'up-1' {}").slice(0, 3), [
    'protocol = keyword.control.block',
    'bgp = entity.name.type.protocol',
    "'up-1' = entity.name.function.protocol",
  ]);
});

test('a filter: its conditions, sets and verdicts', () => {
  assert.deepEqual(told('filter pods {\n  if net ~ [ 10.244.0.0/16{26,26} ] then accept; # ours'), [
    'filter = keyword.control.block',
    'pods = entity.name.function.filter',
    '{ = punctuation.section.braces',
    'if = keyword.control.flow',
    'net = variable.language.attribute',
    '~ = keyword.operator',
    '[ = source',
    '10.244.0.0/16 = constant.numeric.address',
    '{ = punctuation.section.braces',
    '26 = constant.numeric',
    ', = source',
    '26 = constant.numeric',
    '} = punctuation.section.braces',
    '] = source',
    'then = keyword.control.flow',
    'accept = keyword.operator.action',
    '; = source',
    '# = punctuation.definition.comment',
    'ours = comment.line.number-sign',
  ]);
});

test('channels, tables, constants and comments over lines', () => {
  assert.deepEqual(told('  ipv4 { export filter pods; import all; };').slice(0, 7), [
    'ipv4 = entity.name.type.address-family',
    '{ = punctuation.section.braces',
    'export = keyword.other',
    'filter = keyword.other',
    'pods = variable.other.reference',
    '; = source',
    'import = keyword.other',
  ]);
  assert.deepEqual(told('ipv6 table back;').slice(0, 3), [
    'ipv6 = entity.name.type.address-family',
    'table = keyword.other',
    'back = entity.name.namespace.table',
  ]);
  assert.deepEqual(told('define OWN = 65001;').slice(0, 2), [
    'define = keyword.control.block',
    'OWN = variable.other.constant',
  ]);
  assert.match(told('/* a\nprotocol bgp x {\n*/')[1]!, /= comment\.block/);
  assert.ok(told('  route 2001:db8::/32 via "eth0";').includes('2001:db8::/32 = constant.numeric.address'));
});
