import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, toFileEdits } from '../../server/src/engine/file-edits.ts';
import type { Doc } from '../../server/src/syntax/document.ts';
import {
  appendItem,
  type Edit,
  insertLineAfter,
  quoteScalar,
  removeField,
  renameKey,
  replaceScalar,
  setField,
  unquoteScalar,
  type Value,
} from '../../server/src/syntax/edit.ts';
import { type Node, nodeAt, type Path, resolved } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

function docOf(text: string): Doc {
  return { file: 'file:///f.yaml', format: 'yaml', text, base: 0, tree: { format: 'yaml', yaml: parseYaml(text) } };
}

function edited(text: string, edits: readonly Edit[]): string {
  return applyEdits(
    text,
    toFileEdits(edits, () => text),
  );
}

function readBack(text: string): Value {
  const { root, problems } = parseYaml(text);
  assert.deepEqual(problems, [], JSON.stringify(text));
  return root === undefined ? null : plain(root);
}

function plain(node: Node): Value {
  const target = resolved(node)!;
  if (target.kind === 'scalar') return target.value;
  if (target.kind === 'sequence') return target.items.map(plain);
  return Object.fromEntries(target.pairs.map(({ key, value }) => [key.text, plain(value)]));
}

// What each edit means for plain values.

type Mapping = { readonly [key: string]: Value };

function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function changed(value: Value, path: Path, change: (old: Value | undefined) => Value | undefined): Value {
  const [step, ...rest] = path;
  if (step === undefined) return change(value)!;
  if (Array.isArray(value)) {
    const items = value.flatMap((item: Value, index): readonly Value[] => {
      if (index !== step) return [item];
      if (rest.length > 0) return [changed(item, rest, change)];
      const next = change(item);
      return next === undefined ? [] : [next];
    });
    return items;
  }
  const mapping = isMapping(value) ? value : {};
  const next = rest.length === 0 ? change(mapping[step]) : changed(mapping[step] ?? {}, rest, change);
  const entries = Object.entries(mapping).filter(([key]) => key !== step || next !== undefined);
  if (!(step in mapping)) return { ...mapping, [step]: next! };
  return Object.fromEntries(entries.map(([key, old]) => [key, key === step ? next! : old]));
}

// Texts of many shapes: indentation, list style, comments, quotes, flow, line ends.

type Written =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'block'; readonly lines: readonly string[] }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [string, Written])[] }
  | { readonly kind: 'list'; readonly items: readonly Written[] };

interface Style {
  readonly step: number;
  readonly indentLists: boolean;
  readonly comments: boolean;
  readonly newline: string;
}

const scalar = fc
  .constantFrom(
    'abc',
    '10',
    '10.0.0.0/16',
    '"q: x"',
    "'it''s'",
    '',
    '~',
    'yes',
    '"#no"',
    '[]',
    '{}',
    '[1, b]',
    '{a: 1, b: [x]}',
    '!has(x)',
  )
  .filter((text) => text !== '!has(x)')
  .map((text): Written => ({ kind: 'scalar', text }));
const block = fc
  .constantFrom(['|', 'one', 'two: 2'], ['>-', 'one', '', 'two'], ['|+', 'x', ''])
  .map((lines): Written => ({ kind: 'block', lines }));
const { map: tree } = fc.letrec<{ map: Written; any: Written }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: scalar, weight: 4 },
    { arbitrary: block, weight: 1 },
    { arbitrary: tie('map'), weight: 2 },
    {
      arbitrary: fc
        .array(tie('any'), { minLength: 1, maxLength: 3 })
        .map((items): Written => ({ kind: 'list', items })),
      weight: 2,
    },
  ),
  map: fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'spec', 'x.io/y', 'long-key'), tie('any')), {
      minLength: 1,
      maxLength: 4,
      selector: ([key]) => key,
    })
    .map((pairs): Written => ({ kind: 'map', pairs })),
}));
const style = fc.record({
  step: fc.constantFrom(2, 4),
  indentLists: fc.boolean(),
  comments: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
});

function write(root: Written, { step, indentLists, comments, newline }: Style): string {
  let count = 0;
  const comment = (): string => (comments ? `  # c${count++}` : '');
  const lines = (node: Written, column: number): string[] => {
    const indent = ' '.repeat(column);
    if (node.kind === 'map')
      return node.pairs.flatMap(([key, value]) => {
        const above = comments && count % 3 === 0 ? [`${indent}# c${count++}`] : [];
        return [
          ...above,
          ...entry(`${indent}${key}:`, value, column, value.kind === 'list' && !indentLists ? 0 : step),
        ];
      });
    if (node.kind === 'list')
      return node.items.flatMap((item) => {
        if (item.kind === 'map') {
          const inner = lines(item, column + 2);
          const first = inner.findIndex((line) => !line.trimStart().startsWith('#'));
          return [...inner.slice(0, first), `${indent}- ${inner[first]!.trimStart()}`, ...inner.slice(first + 1)];
        }
        return entry(`${indent}-`, item, column, 2);
      });
    return [];
  };
  const entry = (head: string, value: Written, column: number, deeper: number): string[] => {
    if (value.kind === 'scalar') return [`${head}${value.text === '' ? '' : ' '}${value.text}${comment()}`];
    if (value.kind === 'block') {
      const [header, ...content] = value.lines;
      return [`${head} ${header}`, ...content.map((line) => (line === '' ? '' : ' '.repeat(column + 3) + line))];
    }
    return [`${head}${comment()}`, ...lines(value, column + deeper)];
  };
  return [...lines(root, 0), ''].join(newline);
}

function* pathsIn(value: Value, path: Path = []): Generator<readonly [Path, Value]> {
  yield [path, value];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* pathsIn(item, [...path, index]);
  else if (isMapping(value)) for (const [key, item] of Object.entries(value)) yield* pathsIn(item, [...path, key]);
}

const newValue = fc.constantFrom<Value>(
  'text',
  'with: colon',
  'yes',
  '',
  ' lead',
  64512,
  true,
  null,
  [],
  {},
  ['a', 'no'],
  { k: 'v', n: { m: [1, { o: 'p' }] } },
  [{ a: 1, b: 2 }, ['x']],
  'a # b',
  '中文',
);

/** Runs an edit on many texts. `edit` gives the edits and what must come out, or undefined when it does not apply. */
function holds(
  edit: (
    doc: Doc,
    value: Value,
    path: Path,
    old: Value,
    given: Value,
  ) => { edits: readonly Edit[]; want: Value } | undefined,
  { keepsComments }: { readonly keepsComments: boolean },
): void {
  let ran = 0;
  fc.assert(
    fc.property(tree, style, fc.nat(), newValue, (root, how, choice, given) => {
      const text = write(root, how);
      const doc = docOf(text);
      const value = readBack(text);
      const paths = [...pathsIn(value)];
      const [path, old] = paths[choice % paths.length]!;
      const asked = edit(doc, value, path, old, given);
      if (asked === undefined) return;
      ran++;
      const result = edited(text, asked.edits);
      const told = `${JSON.stringify(text)} at ${JSON.stringify(path)} becomes ${JSON.stringify(result)}`;
      assert.deepEqual(parseYaml(result).problems, [], told);
      assert.deepEqual(readBack(result), asked.want, told);
      if (how.newline === '\r\n') assert.ok(!/[^\r]\n/.test(result), told);
      else assert.ok(!result.includes('\r'), told);
      if (keepsComments)
        for (const comment of text.match(/# c\d+/g) ?? []) assert.ok(result.includes(comment), `${comment}: ${told}`);
    }),
    { numRuns: 2500 },
  );
  assert.ok(ran > 200, `only ${ran} texts were edited`);
}

test('setField adds a field to any mapping', () => {
  holds(
    (doc, value, path, old, given) =>
      isMapping(old)
        ? { edits: setField(doc, [...path, 'added'], given), want: changed(value, [...path, 'added'], () => given) }
        : undefined,
    { keepsComments: true },
  );
});

test('setField creates the mappings that lead to a field', () => {
  holds(
    (doc, value, path, old, given) =>
      isMapping(old)
        ? {
            edits: setField(doc, [...path, 'one', 'two'], given),
            want: changed(value, [...path, 'one', 'two'], () => given),
          }
        : undefined,
    { keepsComments: true },
  );
});

test('setField fills a field that is empty or holds a scalar', () => {
  holds(
    (doc, value, path, old, given) => {
      if (path.length === 0 || typeof path.at(-1) !== 'string' || (typeof old === 'object' && old !== null))
        return undefined;
      const node = nodeAt(parseYaml(doc.text).root, path);
      if (node?.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')) return undefined;
      return { edits: setField(doc, path, given), want: changed(value, path, () => given) };
    },
    { keepsComments: true },
  );
});

test('appendItem adds to any list', () => {
  holds(
    (doc, value, path, old, given) =>
      Array.isArray(old)
        ? { edits: appendItem(doc, path, given), want: changed(value, path, () => [...(old as Value[]), given]) }
        : undefined,
    { keepsComments: true },
  );
});

test('appendItem begins a list that is not there', () => {
  holds(
    (doc, value, path, old, given) =>
      isMapping(old)
        ? { edits: appendItem(doc, [...path, 'list'], given), want: changed(value, [...path, 'list'], () => [given]) }
        : undefined,
    { keepsComments: true },
  );
});

test('removeField takes a pair or an item, or refuses where the last one would leave nothing', () => {
  holds(
    (doc, value, path) => {
      if (path.length === 0) return undefined;
      const edits = removeField(doc, path);
      return { edits, want: edits.length === 0 ? value : changed(value, path, () => undefined) };
    },
    { keepsComments: false },
  );
});

test('removeField refuses only the last pair or item of a block', () => {
  const text = 'a:\n  b: 1\nc: {d: 1}\ne:\n  - x\n  - y\n';
  assert.deepEqual(removeField(docOf(text), ['a', 'b']), []);
  for (const path of [['a'], ['c', 'd'], ['e', 0], ['e', 1], ['c']])
    assert.notDeepEqual(removeField(docOf(text), path), []);
});

test('renameKey changes a key and nothing else', () => {
  holds(
    (doc, value, path) => {
      const key = path.at(-1);
      if (typeof key !== 'string') return undefined;
      const parent = path.slice(0, -1);
      const renamed = (old: Value | undefined): Value =>
        Object.fromEntries(
          Object.entries(old as Mapping).map(([name, item]) => [name === key ? 'a new: key' : name, item]),
        );
      return { edits: renameKey(doc, path, 'a new: key'), want: changed(value, parent, renamed) };
    },
    { keepsComments: true },
  );
});

test('quoteScalar makes a plain scalar the text it looks like', () => {
  holds(
    (doc, value, path) => {
      const node = nodeAt(parseYaml(doc.text).root, path);
      if (node?.kind !== 'scalar' || node.style !== 'plain' || node.span[0] === node.span[1]) return undefined;
      return { edits: quoteScalar({ doc, path }), want: changed(value, path, () => node.text) };
    },
    { keepsComments: true },
  );
});

test('replaceScalar keeps the quotes and writes every text so that it is read back', () => {
  holds(
    (doc, value, path, _, given) => {
      const node = nodeAt(parseYaml(doc.text).root, path);
      if (node?.kind !== 'scalar' || node.span[0] === node.span[1] || (typeof given === 'object' && given !== null))
        return undefined;
      if (node.style === 'literal' || node.style === 'folded') return undefined;
      return { edits: replaceScalar({ doc, path }, given), want: changed(value, path, () => given) };
    },
    { keepsComments: true },
  );
});

test('unquoteScalar takes the quotes off', () => {
  const doc = docOf('a: "10" # c\nb: \'x\'\n');
  assert.equal(edited(doc.text, unquoteScalar({ doc, path: ['a'] })), "a: 10 # c\nb: 'x'\n");
  assert.equal(edited(doc.text, unquoteScalar({ doc, path: ['b'] })), 'a: "10" # c\nb: x\n');
});

test('insertLineAfter writes below a line with its indentation, also at the end of the text', () => {
  for (const newline of ['\n', '\r\n']) {
    const text = `router bgp 1${newline} neighbor a${newline} neighbor b`;
    const doc: Doc = { ...docOf(text), format: 'frr' };
    const at = text.indexOf('neighbor a');
    assert.equal(
      edited(text, insertLineAfter(doc, [at, at + 8], 'exit')),
      `router bgp 1${newline} neighbor a${newline} exit${newline} neighbor b`,
    );
    const end = text.indexOf('neighbor b');
    assert.equal(edited(text, insertLineAfter(doc, [end, end + 8], 'exit')), `${text}${newline} exit`);
  }
});

test('a JSON text stays JSON', () => {
  const text = '{\n  "type": "calico",\n  "ipam": {"type": "calico-ipam"},\n  "list": [1],\n  "none": {}\n}\n';
  const doc = docOf(text);
  const ways: readonly (readonly Edit[])[] = [
    setField(doc, ['name'], 'k8s'),
    setField(doc, ['type'], 'x'),
    setField(doc, ['list'], { a: ['b'] }),
    setField(doc, ['ipam', 'ranges'], ['10.0.0.0/8']),
    setField(doc, ['none', 'a', 'b'], 'c'),
    appendItem(doc, ['list'], { a: 'b' }),
    removeField(doc, ['type']),
    removeField(doc, ['none']),
  ];
  for (const edits of ways) assert.doesNotThrow(() => JSON.parse(edited(text, edits)), edited(text, edits));
});

test('flow collections keep their shape: trailing commas, comments, keys without a value', () => {
  const flow = (text: string, edit: (doc: Doc) => readonly Edit[]): string => edited(text, edit(docOf(text)));
  assert.equal(
    flow('a: [x, y,] # c\n', (doc) => appendItem(doc, ['a'], 'z')),
    'a: [x, y, z,] # c\n',
  );
  assert.equal(
    flow('a: [\n  x # c\n]\n', (doc) => appendItem(doc, ['a'], 'z')),
    'a: [\n  x, z # c\n]\n',
  );
  assert.equal(
    flow('a: {b: , c: 1}\n', (doc) => setField(doc, ['a', 'b'], { d: 1 })),
    'a: {b: {d: 1} , c: 1}\n',
  );
  assert.equal(
    flow('a: {b}\n', (doc) => setField(doc, ['a', 'b'], 1)),
    'a: {b: 1}\n',
  );
  assert.equal(
    flow('a: {}\n', (doc) => setField(doc, ['a', 'b', 'c'], 1)),
    'a: {b: {c: 1}}\n',
  );
});

test('a mapping or list that is there is not overwritten by setField', () => {
  const text = 'a: {b: 1}\nc:\n  - d\n';
  assert.deepEqual(setField(docOf(text), ['a'], 1), []);
  assert.deepEqual(setField(docOf(text), ['c'], 1), []);
});
