import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { splitDocuments } from '../../server/src/syntax/split.ts';
import { yamlCorpus } from './corpus.ts';

const OPTIONS = { schema: 'failsafe', version: '1.1', uniqueKeys: false, strict: false, logLevel: 'silent' } as const;

/** The documents of a text as values, or undefined when the library finds it in error. */
function valuesOf(text: string): readonly unknown[] | undefined {
  const documents = parseAllDocuments(text, OPTIONS);
  if (!Array.isArray(documents)) return [];
  if (documents.some((document) => document.errors.length > 0)) return undefined;
  return documents.map((document) => {
    try {
      return document.toJS({ maxAliasCount: -1 });
    } catch {
      return 'an alias that cannot be followed';
    }
  });
}

function slicesOf(text: string): readonly string[] {
  const slices = splitDocuments(text);
  assert.equal(slices[0]!.start, 0);
  assert.equal(slices.at(-1)!.end, text.length);
  for (const [index, slice] of slices.slice(1).entries()) assert.equal(slice.start, slices[index]!.end);
  return slices.map(({ start, end }) => text.slice(start, end));
}

function agrees(text: string): void {
  const slices = slicesOf(text);
  const whole = valuesOf(text);
  if (whole === undefined) return;
  const apart = slices.flatMap((slice) => {
    const values = valuesOf(slice);
    assert.ok(values !== undefined, `the piece ${JSON.stringify(slice)} of ${JSON.stringify(text)} is in error`);
    assert.ok(values.length <= 1, `${JSON.stringify(slice)} is more than one document`);
    return values;
  });
  assert.deepEqual(apart, whole, JSON.stringify(text));
}

test('every example and fixture is cut where the yaml library cuts it', () => {
  let several = 0;
  for (const [, text] of yamlCorpus()) {
    agrees(text);
    agrees(text.replaceAll('\n', '\r\n'));
    if (splitDocuments(text).length > 1) several++;
  }
  assert.ok(several > 5, 'there are texts with several documents among them');
});

test('markers count in column 0 only, and not inside words', () => {
  for (const text of [
    'a: |\n  ---\n  ...\nb: 1\n',
    'a: ---\n',
    '---a\n',
    '--- a\n--- b\n',
    '--- |\n  text\n--- >\n  text\n',
    '---\n---\n---\n',
    'a: 1\n...\n---\nb: 2\n',
    'a: 1\n...\n# trailing\n',
    '%YAML 1.1\n---\na: 1\n...\n%YAML 1.1\n---\nb: 1\n',
    '# only a comment\n',
    '\uFEFF---\na: 1\n---\nb: 2\n',
    '\uFEFF# c\n---\na: 1\n',
    '---\t{a: 1}\n--- # c\nb\n',
    '',
    '\n\n',
    '...\n',
    'a\n...',
    '--- "a\n  b"\n---',
  ]) {
    agrees(text);
    agrees(text.replaceAll('\n', '\r\n'));
  }
});

const LINES = [
  '---',
  '--- a',
  '--- |',
  '---x',
  '...',
  '... # c',
  '# c',
  '%YAML 1.1',
  'a: 1',
  'b: |',
  'c: "x',
  '  y"',
  '  ---',
  ' ...',
  '- z',
  '',
  ' ',
  '\t',
  '  k: v',
  '- - q',
  '--- # c',
  '&a b',
  '*a',
];

test('texts made of awkward lines are cut where the yaml library cuts them', () => {
  const text = fc
    .tuple(
      fc.array(fc.constantFrom(...LINES), { maxLength: 9 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([lines, newline, mark, last]) => (mark ? '\uFEFF' : '') + lines.join(newline) + (last ? newline : ''));
  fc.assert(fc.property(text, agrees), { numRuns: 4000 });
});
