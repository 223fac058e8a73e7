import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grammar, scopes } from './grammar.ts';

const yaml = await grammar('source.yaml');
const told = (text: string) =>
  scopes(yaml, text)
    .filter(([, scope]) => scope.endsWith('.calico-selector'))
    .map(([token, scope]) => `${token.trim()} = ${scope.replace('.calico-selector', '')}`);

const EXPECTED = [
  'has = support.function',
  '( = punctuation.section.parens',
  'rack = variable.other.label',
  ') = punctuation.section.parens',
  '&& = keyword.operator.logical',
  'role = variable.other.label',
  '== = keyword.operator.logical',
];

test('a selector in a plain scalar, with the comment behind it left to YAML', () => {
  const text = "spec:\n  nodeSelector: has(rack) && role == 'tor' # by hand\n  cidr: 10.0.0.0/8";
  assert.deepEqual(told(text), [...EXPECTED, "'tor' = string.quoted.single"]);
  assert.ok(scopes(yaml, text).some(([token, scope]) => token.includes('by hand') && scope.startsWith('comment')));
  assert.ok(scopes(yaml, text).some(([token, scope]) => token === 'cidr' && scope.startsWith('entity.name.tag')));
});

test('a selector in double quotes and in single quotes', () => {
  assert.deepEqual(told('spec:\n  peerSelector: "has(rack) && role == \'tor\'"'), [
    ...EXPECTED,
    "'tor' = string.quoted.single",
  ]);
  assert.deepEqual(told('spec:\n  selector: \'has(rack) && role == "tor"\'\n  order: 1'), [
    ...EXPECTED,
    '"tor" = string.quoted.double',
  ]);
});

test('a selector in a folded block ends where the block ends', () => {
  const text = "spec:\n  namespaceSelector: >-\n    has(rack) &&\n    role == 'tor'\n  order: 10\n  action: in";
  assert.deepEqual(told(text), [...EXPECTED, "'tor' = string.quoted.single"]);
  assert.ok(scopes(yaml, text).some(([token, scope]) => token === 'order' && scope.startsWith('entity.name.tag')));
});

test('operators made of letters are not labels; labels that begin like them are', () => {
  assert.deepEqual(
    told("  selector: zone in {'a', 'b'} || inner not in {'c'} || !has(in.x)").filter((one) =>
      /(word|label)$/.test(one),
    ),
    [
      'zone = variable.other.label',
      'in = keyword.operator.word',
      'inner = variable.other.label',
      'not in = keyword.operator.word',
      'in.x = variable.other.label',
    ],
  );
});

test('Kubernetes’ own selectors, templates and other keys are left alone', () => {
  assert.deepEqual(told('spec:\n  selector:\n    app: web\n  nodeSelector:\n    disk: ssd'), []);
  assert.deepEqual(told('  nodeSelector: {{ .Values.selector }}'), []);
  assert.deepEqual(told('  mySelectors: has(x)'), []);
});

test('in a list of entities and in flow style', () => {
  assert.deepEqual(told('- selector: all()'), ['all = support.function', '() = punctuation.section.parens']);
  assert.ok(told('spec: {nodeSelector: "has(a)", cidr: 10.0.0.0/8}').includes('has = support.function'));
});
