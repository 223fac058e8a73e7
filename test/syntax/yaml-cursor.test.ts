import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { yamlCursor } from '../../server/src/syntax/yaml-cursor.ts';

/** The cursor at the `|` of a text, as one line: role, path and what is replaced. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const cursor = yamlCursor(text, offset, parseYaml(text));
  return cursor && `${cursor.role} ${cursor.path.join('.')} [${text.slice(...cursor.token).trim()}]`;
}

function written(marked: string): readonly string[] {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return [...(yamlCursor(text, offset, parseYaml(text))?.written ?? [])].sort();
}

test('keys and values of block mappings, half typed or not at all', () => {
  assert.equal(at('spec:\n  ci|'), 'key spec [ci]');
  assert.equal(at('spec:\n  |'), 'key spec []');
  assert.equal(at('spec:\n  a: 1\n|'), 'key  []');
  assert.equal(at('spec:\n  ci|dr: 10.0.0.0/8'), 'key spec [cidr]');
  assert.equal(at('spec:\n  cidr: 10.|0.0.0/8 # mine'), 'value spec.cidr [10.0.0.0/8]');
  assert.equal(at('spec:\n  cidr: |\n  x: y'), 'value spec.cidr []');
  assert.equal(at('spec:\n  cidr: "10.|"'), 'value spec.cidr [10.]');
  assert.equal(at("spec:\n  cidr: '10.|"), 'value spec.cidr [10.]');
});

test('items of lists, indented or not, nested, and after broken ones', () => {
  assert.equal(at('peers:\n  - a\n  - b|'), 'item peers.1 [b]');
  assert.equal(at('peers:\n- a: 1\n  b: 2\n- c|'), 'item peers.1 [c]');
  assert.equal(at('x:\n  peers:\n  - a: 1\n    b: |'), 'value x.peers.0.b []');
  assert.equal(at('a:\n  - b:\n      - c: 1\n      - d: |\n  - e'), 'value a.0.b.1.d []');
  assert.equal(at('a:\n  - - x\n    - |'), 'item a.0.1 []');
  assert.equal(at('- kind: |'), 'value 0.kind []');
  assert.equal(at('a:\n  - b: [1, {\n  - c: |'), 'value a.1.c []');
  assert.equal(at('a:\n  - "unclosed\n  - c: |'), 'value a.1.c []');
});

test('brackets on one line and over several', () => {
  assert.equal(at('metadata: {name: a, la|}'), 'key metadata [la]');
  assert.equal(at('metadata: {name: |'), 'value metadata.name []');
  assert.equal(at('endpoints: ["leaf0:eth1", "sp|"]'), 'item endpoints.1 [sp]');
  assert.equal(at('{\n  "spec": {\n    "ci|"\n  }\n}'), 'key spec [ci]');
  assert.equal(at('{"a": [1, 2, {"b": "|"}]}'), 'value a.2.b []');
  assert.equal(at('a: {b: c} |'), undefined);
  assert.equal(at('a: {b: {c: |}, d: 1}'), 'value a.b.c []');
});

test('nothing in comments, block scalars and behind what is whole', () => {
  assert.equal(at('a: 1 # |'), undefined);
  assert.equal(at('# a|'), undefined);
  assert.equal(at('a: |-\n  te|xt'.replace('|-', '>-')), undefined);
  assert.equal(at('a: "x" |'), undefined);
  assert.equal(at('a:|'), undefined);
  assert.equal(at('--|-'), undefined);
});

test('with Windows line breaks', () => {
  assert.equal(at('spec:\r\n  cidr: |\r\n  x: y\r\n'), 'value spec.cidr []');
  assert.equal(at('spec:\r\n  - a: 1\r\n    b|\r\n'), 'key spec.0 [b]');
});

test('the keys that a mapping has, above and below, on the dash or not', () => {
  assert.deepEqual(written('spec:\n  a: 1\n  b:\n    z: 1\n  |\n  c: 2\nd: 1'), ['a', 'b', 'c']);
  assert.deepEqual(written('l:\n  - a: 1\n    |\n    b: 1\n  - c: 1'), ['a', 'b']);
  assert.deepEqual(written('l:\n  - x: 1\n  - |\n    b: 1\n  - c: 1'), ['b']);
  assert.deepEqual(written('m: {a: 1, |, "b": {z: 1}, c: 1}'), ['a', 'b', 'c']);
  assert.deepEqual(written('spec:\n- a: 1\n- b: 1\nki|'), ['spec']);
});

test('what the mappings above say', () => {
  const text = 'kind: IPPool # here\nmetadata: {name: p}\nspec:\n  l:\n    - n: "x"\n      v: ';
  const cursor = yamlCursor(text, text.length, parseYaml(text));
  assert.equal(cursor?.textAt([], 'kind'), 'IPPool');
  assert.equal(cursor?.textAt(['metadata'], 'name'), 'p');
  assert.equal(cursor?.textAt(['spec', 'l', 0], 'n'), 'x');
  assert.equal(cursor?.textAt([], 'apiVersion'), undefined);
});

test('any text at any offset gets an answer', () => {
  const pieces = [
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ',',
    '#',
    ':',
    '|',
    '\r\n',
    '---\n',
    'kind',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const tree = parseYaml(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const cursor = yamlCursor(text, offset, tree);
        if (cursor === undefined) continue;
        const [start, end] = cursor.token;
        assert.ok(start <= offset && offset <= end && end <= text.length, JSON.stringify({ text, offset, start, end }));
        assert.ok(!text.slice(offset, end).includes('\n'));
        cursor.textAt(cursor.path, 'kind');
      }
    }),
    { numRuns: 400 },
  );
});
