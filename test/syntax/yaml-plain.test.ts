import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitDocuments } from '../../server/src/syntax/split.ts';
import { parseWithLibrary } from '../../server/src/syntax/yaml-library.ts';
import { readPlainYaml } from '../../server/src/syntax/yaml-plain.ts';
import { yamlCorpus } from './corpus.ts';
import { assertSameTree } from './yaml-same-tree.ts';

/** Every document of the examples and fixtures, by its place. */
const documents = yamlCorpus().flatMap(([path, text]) =>
  splitDocuments(text).map(({ start, end }) => [`${path}:${start}`, text.slice(start, end)] as const),
);

test('the plain reader makes the very tree of the library path, or none', () => {
  for (const [place, text] of documents) assertSameTree(text, place);
});

test('nine of ten documents that are YAML are plain', () => {
  const good = documents.filter(([, text]) => parseWithLibrary(text).problems.length === 0);
  const plain = good.filter(([, text]) => readPlainYaml(text) !== undefined);
  const share = plain.length / good.length;
  assert.ok(share >= 0.9, `${plain.length} of ${good.length} documents`);
});

/** What real files are made of: each is read without the library. */
const PLAIN: readonly string[] = [
  '',
  '# nothing but a comment',
  '---\n',
  '---  # first\n# second\na: 1\n',
  'a: 1\nb: -1\nc: 0x1f\nd: 0123\ne: 1.5e3\nf: .inf\ng: ~\nh: yes\n',
  'a: 1\na: 2\na: 3\n',
  'a: {b: {c: 1, c: 2}, b: 3}\na: 4\n',
  'a:\r\n  - b\r\n\r\n  - c # d\r\n',
  '  a: 1\n  b:\n    c: 2\n',
  'a:\n- b\n- c: 1\n  d: 2\n- - e\n  - f\n-\n- \ng:\n',
  '-\n  a: 1\n-\n  - b\n',
  '- - - a\n    - b\n  - c\n- d',
  'a: b:c\nd: e#f\ng: -h\ni: ?j\nk: :l\nm: [n]\no: p, q\nr: s{t}\nu:v: w\n',
  'a : 1\n"b" : 2\n\'c\'  : 3\n"d:e": 4\n',
  'a: http://[::1]:80/?x=y&z#q\nb: fd00::/64\n::: c\n',
  'a: "b # c: d"\ne: \'it\'\'s\'\nf: "\\u4e2d \\x41\\t\\"\\\\"\ng: ""\nh: \'\'\n',
  'a: ["x:1", y, 2, [], {}, {"b":1, c: [d]}, ]\n',
  '{"a": [1, 2.5, null, true], "b": {\n\t"c": "d"\n}}\n',
  'a: [\n  b, # first\n  c,\n  # more\n  {d: e,\n  f: g}\n]\n',
  'a: |\n  b\n   c\n\n  d\n\n\ne: >-\n  f\n  g\n\n  h\n   i\n\nj: |+\n  k\n\n\nl: 1\n',
  '- |\n b\n \tc\n- >+\n d\n\n',
  'a: |2\n   b\n\n  c\nd:\n  - |1-\n     e\n   f\n\n  - >+1\n   g\n\n',
  'a: |  # comment\n  # text\n # comment\n# comment\nb: 1\n',
  'a: b\n  c d\n\n  e\n# comment\nf: "g\n\n  h \\\n  i"\nj: \'k\n  l\'\n',
  'a:\n  long text\n  in lines\nb:\n  "quoted"\nc:\n  [d, e]\n',
  "a: 'as Go writes it,\nas far out as its key'\nb: 1\n",
  'a:\n  b: 1\n  # in b\n\n  # in a\n# outside\nc:\n  - d\n  # in the list\ne: 1\n',
  'a:\n  b:\n  # after b\n\nc: 1\n',
  'a:\n  - b:\n      c: 1\n    # of the item\n  # of the list\n# of the file\n',
  'a: 1   \nb:   \nc: "d"   # e   \n   \n',
  'a: $' + '{X}\n$' + '{Y}: 1\n$' + '{Y}: 2\nb: "{{ .z }}"\nc: __W__\nd: a$b\ne: <% f %>\n',
  'a: x\u0085y\u2028z\u00a0\u0000\n网络: 🦊\n\ud800: b\n',
  `${'k'.repeat(2000)}: 1\n`,
  `${Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')}`,
];

test('what real files are made of is plain', () => {
  for (const text of PLAIN) assert.deepEqual(readPlainYaml(text), parseWithLibrary(text), JSON.stringify(text));
});

/** What only the library can tell: it is wrong, out of the way, or not what it looks like. */
const NOT_PLAIN: readonly string[] = [
  'text',
  '"text"\n',
  '|\n  text\n',
  '--- text\n',
  '--- {a: b}\n',
  'a: 1\n---\nb: 1\n',
  'a: 1\n--- b: 1\n',
  'a: 1\n...\n',
  '[a,\n---\n]\n',
  '%YAML 1.1\n---\na: 1\n',
  '\ufeffa: 1\n',
  'a: 1\rb: 2\n',
  'a: &x 1\nb: *x\n',
  'a: !tag b\n',
  '*x: 1\n',
  '&x a: 1\n',
  '<<: {a: 1}\n',
  '{<<: {a: 1}}\n',
  '? a\n: b\n',
  ': a\n',
  '{a, b: c}\n',
  '{a: }\n',
  '[a: b]\n',
  '["a":b]\n',
  '[a]: b\n',
  '{? a: b}\n',
  '[,]\n',
  '[a,,b]\n',
  '[a b\n',
  '[a\n b]\n',
  '["a\n b"]\n',
  'a: [b,\nc]\n',
  'a: [b] c\n',
  'a: {{ .x }}\n',
  '{{ .x }}: a\n',
  'a: b: c\n',
  'a: b\n  c: d\n',
  'a: b\n  c:\n',
  'a: - b\n',
  'a: b\n- c\n',
  '- a\nb: c\n',
  'a: 1\n  b: 2\n',
  'a:\n    b: 1\n  c: 2\n',
  '- a: 1\n b: 2\n',
  'a: "b" c\n',
  'a: "b"#c\n',
  'a: "b\n',
  "a: 'b''\n",
  'a: "\\q"\n',
  'a: "\\x4"\n',
  'a: %b\n',
  'a: @b\n',
  'a: `b`\n',
  'a: ]\n',
  'a: ,b\n',
  'a:\tb\n',
  '\ta: b\n',
  'a:\n\tb: 1\n',
  'a: b\n\tc\n',
  '-\ta\n',
  'a:\n#c\n  text\nb: 1\n',
  'a: |x\n  b\n',
  'a: |\nb: 1\n',
  'a: |\n   \n b\n',
  'a: |2\n b\n',
  'a: |\n  b\n\t\nc: 1\n',
  'a\n',
  'a\nb: 1\n',
  'a #b: 1\n',
  'a: 1\nb\n',
  '"a\n b": 1\n',
  `${'['.repeat(1000)}${']'.repeat(1000)}`,
  `${'- '.repeat(1000)}a`,
];

test('what is not plain is left to the library', () => {
  for (const text of NOT_PLAIN) assert.equal(readPlainYaml(text), undefined, JSON.stringify(text));
});
