import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../server/src/network/near.ts';
import { type Labels, matches, type SelectorNode, selected } from '../../server/src/network/selector.ts';
import { neverMatches } from '../../server/src/network/selector-satisfiable.ts';
import { labelInventory, slipsIn } from '../../server/src/network/selector-suggest.ts';

const labels = (entries: Record<string, string | undefined>): Labels => new Map(Object.entries(entries));
const equals = (label: string, value: string): SelectorNode => ({ op: 'equals', label, value });
const has = (label: string): SelectorNode => ({ op: 'has', label });
const not = (operand: SelectorNode): SelectorNode => ({ op: 'not', operand });
const and = (...operands: SelectorNode[]): SelectorNode => ({ op: 'and', operands });
const or = (...operands: SelectorNode[]): SelectorNode => ({ op: 'or', operands });

test('a node without the label is selected by != and not in, and by nothing else', () => {
  const none = labels({});
  assert.equal(matches({ op: 'notEquals', label: 'rack', value: 'r1' }, none), true);
  assert.equal(matches({ op: 'notIn', label: 'rack', values: ['r1'] }, none), true);
  for (const op of ['equals', 'contains', 'startsWith', 'endsWith'] as const)
    assert.equal(matches({ op, label: 'rack', value: '' }, none), false, op);
  assert.equal(matches({ op: 'in', label: 'rack', values: ['r1'] }, none), false);
  assert.equal(matches(has('rack'), none), false);
});

test('has() looks at the key only: route-reflector "false" is a reflector all the same (C6d)', () => {
  assert.equal(matches(has('route-reflector'), labels({ 'route-reflector': 'false' })), true);
});

test('text comparisons look at the value', () => {
  const node = labels({ rack: 'row3-rack12' });
  assert.equal(matches({ op: 'startsWith', label: 'rack', value: 'row3' }, node), true);
  assert.equal(matches({ op: 'endsWith', label: 'rack', value: 'rack1' }, node), false);
  assert.equal(matches({ op: 'contains', label: 'rack', value: '-' }, node), true);
});

test('an unknown value is unknown only where it decides', () => {
  const templated = labels({ rack: undefined });
  assert.equal(matches(equals('rack', 'r1'), templated), 'unknown');
  assert.equal(matches(has('rack'), templated), true);
  assert.equal(matches(not(equals('rack', 'r1')), templated), 'unknown');
  assert.equal(matches(and(has('gpu'), equals('rack', 'r1')), templated), false);
  assert.equal(matches(or(has('rack'), equals('rack', 'r1')), templated), true);
  assert.equal(matches({ op: 'all' }, undefined), true);
  assert.equal(matches(has('rack'), undefined), 'unknown');
});

test('selected() keeps the undecided apart', () => {
  const nodes = [
    ['n1', labels({ rack: 'r1' })],
    ['n2', labels({ rack: undefined })],
    ['n3', labels({})],
  ] as const;
  assert.deepEqual(selected(equals('rack', 'r1'), nodes), { matched: ['n1'], unknown: ['n2'] });
});

test('contradictions are found, and only contradictions', () => {
  const never = [
    and(equals('a', 'x'), equals('a', 'y')),
    and(has('a'), not(has('a'))),
    { op: 'in', label: 'a', values: [] } as const,
    not({ op: 'all' }),
    and(equals('a', 'x'), { op: 'notIn', label: 'a', values: ['x', 'y'] }),
    and(not(has('a')), { op: 'startsWith', label: 'a', value: 'x' }),
    and({ op: 'startsWith', label: 'a', value: 'x' }, { op: 'startsWith', label: 'a', value: 'y' }),
    or(and(equals('a', 'x'), not(has('a'))), and(has('b'), not(has('b')))),
  ] satisfies SelectorNode[];
  for (const node of never) assert.equal(neverMatches(node), true, JSON.stringify(node));
  const may = [
    { op: 'all' },
    and(not(has('a')), { op: 'notEquals', label: 'a', value: 'x' }),
    and({ op: 'startsWith', label: 'a', value: 'x' }, { op: 'endsWith', label: 'a', value: 'y' }),
    or(and(equals('a', 'x'), equals('a', 'y')), has('b')),
    not(and(has('a'), not(has('a')))),
  ] satisfies SelectorNode[];
  for (const node of may) assert.equal(neverMatches(node), false, JSON.stringify(node));
});

test('a selector that selects nothing is told what was probably meant', () => {
  const inventory = labelInventory([labels({ 'route-reflector': 'true', rack: 'rack0' }), labels({ rack: 'rack1' })])!;
  assert.deepEqual(
    slipsIn(and(has('route-refelctor'), equals('rack', 'rakc0')), inventory).map(({ kind, written, meant }) => [
      kind,
      written,
      meant,
    ]),
    [
      ['label', 'route-refelctor', 'route-reflector'],
      ['value', 'rakc0', 'rack0'],
    ],
  );
  assert.equal(labelInventory([undefined]), undefined);
});

test('nearest offers slips, not strangers', () => {
  assert.equal(nearest('10.1.5.12', ['10.1.8.1', '10.1.5.11']), '10.1.5.11');
  assert.equal(nearest('zone', ['rack', 'row']), undefined);
});
