import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Doc } from '../../server/src/syntax/document.ts';
import { segmented } from '../../server/src/syntax/embedding.ts';
import { fileSpan, insideScalar } from '../../server/src/syntax/place.ts';
import { isTemplated, resolvePlain, scalarSegments } from '../../server/src/syntax/scalar.ts';
import { splitDocuments } from '../../server/src/syntax/split.ts';
import type { Node, Scalar, ScalarValue } from '../../server/src/syntax/tree.ts';
import { nodeAt } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';
import { yamlCorpus } from './corpus.ts';

test('plain scalars mean what go-yaml v2 makes of them', () => {
  const table: readonly [ScalarValue, string][] = [
    [null, ' ~ null Null NULL'],
    [true, 'y Y yes Yes YES true True TRUE on On ON'],
    [false, 'n N no No NO false False FALSE off Off OFF'],
    [83, '0123 0o123 0O123 83 +83 8_3'],
    [-83, '-0123 -83 -0x53'],
    [5, '0b101 0B101 5 05 5. 5.0'],
    [8, '08 0b1000'],
    [1000, '1e3 1E3 1e+3 1_000 1000.0'],
    [0.5, '.5 0.5 +.5 5e-1'],
    [-0.5, '-.5'],
    [255, '0xff 0XFF 0x_ff'],
    [Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf'],
    [Number.NEGATIVE_INFINITY, '-.inf -.INF'],
    [Number.NaN, '.nan .NaN .NAN'],
  ];
  for (const [value, words] of table)
    for (const word of words.split(' ')) assert.deepEqual(resolvePlain(word), value, JSON.stringify(word));
});

test('what only looks like a number, a boolean or a null stays a text', () => {
  const texts =
    'yEs tRUE nULL oN 1:20 1:20:30 10.0.0.1 10.0.0.0/16 fd00::1 2001-01-01 0x 0b 0b2 0o8 0xfg 1e 1e+ . .. - + -- _1 .1_0 .e1 e3 1.2.3 64512:1 .Infinity inf nan 1a 0.1.0 v1 65001.1x';
  for (const text of texts.split(' ')) assert.equal(resolvePlain(text), text);
});

test('placeholders of templates make a text unknown; a dollar in a regular expression does not', () => {
  for (const text of ['{{ .x }}', `a-$${'{B}'}`, '$(HOST)', '$NODE', '<% x %>', '__NAME__'])
    assert.ok(isTemplated(text), text);
  for (const text of ['a$', '^10$', '5$', 'has(a)', "a == 'b'", '{a}', '10.0.0.0/8', '_a_'])
    assert.ok(!isTemplated(text), text);
});

/** Holds each mapped character against the source. Escapes stand for another character; their backslash is what is shown. */
function mapsTruly(source: string, scalar: Scalar): void {
  const problem = mappingProblem(source, scalar);
  if (problem !== undefined)
    assert.fail(`${problem}: ${JSON.stringify(source)} read as ${JSON.stringify(scalar.text)}`);
}

function mappingProblem(source: string, scalar: Scalar): string | undefined {
  const segments = scalarSegments(source, scalar);
  const map = segmented(segments, (text) => text);
  const decoded = scalar.text;
  let last = 0;
  for (let inner = 0; inner < decoded.length; inner++) {
    const outer = map.outer(inner);
    if (outer < last || outer > scalar.span[1]) return `offset ${inner} goes back or out`;
    last = outer;
    const wanted = decoded[inner]!;
    const there = source[outer];
    if (/\s/.test(wanted) || there === '\\') continue;
    // The second half of a pair written as one escape, too, is shown by its backslash.
    if (scalar.style === 'double' && /[\uDC00-\uDFFF]/.test(wanted) && source[map.outer(inner - 1)] === '\\') continue;
    if (there !== wanted) return `character ${inner} maps to ${outer}`;
  }
  if (segments.some(({ outer, length }) => outer < scalar.span[0] || outer + length > scalar.span[1]))
    return 'a run leaves the token';
  const [start, end] = insideScalar(source, scalar, [0, decoded.length]);
  return start < scalar.span[0] || start > end || end > scalar.span[1] ? 'the whole text leaves the token' : undefined;
}

function* scalarsOf(node: Node | undefined): Generator<Scalar> {
  if (node === undefined || node.kind === 'alias') return;
  if (node.kind === 'scalar') yield node;
  if (node.kind === 'sequence') for (const item of node.items) yield* scalarsOf(item);
  if (node.kind === 'mapping')
    for (const { key, value, merged } of node.pairs) {
      if (merged) continue;
      yield key;
      yield* scalarsOf(value);
    }
}

test('every character of every scalar of the examples and fixtures is found in its source', () => {
  for (const [path, text] of yamlCorpus())
    for (const variant of [text, text.replaceAll('\n', '\r\n')])
      for (const { start, end } of splitDocuments(variant)) {
        const source = variant.slice(start, end);
        const tree = parseYaml(source);
        if (tree.problems.length > 0) continue;
        for (const scalar of scalarsOf(tree.root))
          if (!scalar.templated) assert.doesNotThrow(() => mapsTruly(source, scalar), path);
      }
});

const word = fc.constantFrom(
  'a',
  'all()',
  'has(x)',
  '==',
  "'b'",
  '"c"',
  '\\d',
  'é',
  '网络',
  '🦊',
  '#',
  ': ',
  '{',
  '}',
  '-',
  ',',
  '"',
  "'",
  '  ',
);
const line = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
const newline = fc.constantFrom('\n', '\r\n');

const block = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '>-', '|+', '>+'),
    fc.constantFrom('', '  # c', ' '),
    fc.array(fc.tuple(fc.constantFrom('', '', '', ' ', '   '), line), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('  ', '    '),
  )
  .map(([header, comment, lines, indent]) => [
    `k: ${header}${comment}`,
    `${indent}first`,
    ...lines.map(([more, content]) => (content.trim() === '' ? content : indent + more + content)),
  ]);
const single = fc
  .array(line, { minLength: 1, maxLength: 4 })
  .map((lines) => `k: '${lines.map((content) => content.replaceAll("'", "''")).join('\n  ')}'`.split('\n'));
const escaped = fc.constantFrom('\\n', '\\"', '\\\\', '\\x41', '\\u4e2d', '\\U0001F98A', '\\t', '\\/', '\\ ', '\\e');
const double = fc
  .array(
    fc.array(
      fc.oneof(
        escaped,
        word.map((text) => text.replace(/["\\]/g, '\\$&')),
      ),
      { maxLength: 6 },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .chain((lines) =>
    fc
      .array(fc.constantFrom('', '', '\\', ' '), { minLength: lines.length, maxLength: lines.length })
      .map((ends) =>
        `k: "${lines.map((words, i) => words.join(' ') + (i < lines.length - 1 ? ends[i] : '')).join('\n   ')}"`.split(
          '\n',
        ),
      ),
  );
const plain = fc
  .array(fc.array(fc.constantFrom('a', 'b-c', 'has(x)', '网络', '🦊', 'd'), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((lines) =>
    fc
      .array(fc.constantFrom('', '', ' ', '\n'), { minLength: lines.length, maxLength: lines.length })
      .map((ends) =>
        `k: ${lines.map((words, i) => words.join(' ') + (i < lines.length - 1 ? ends[i] : '')).join('\n  ')}`.split(
          '\n',
        ),
      ),
  );

for (const [style, lines] of Object.entries({ block, single, double, plain }))
  test(`${style} scalars: every character that is not blank is the same character in the source`, () => {
    let checked = 0;
    fc.assert(
      fc.property(lines, newline, fc.constantFrom('', 'next: 1'), (text, end, after) => {
        const source = [...text, after].join(end);
        const tree = parseYaml(source);
        const scalar = nodeAt(tree.root, ['k']);
        if (tree.problems.length > 0 || scalar?.kind !== 'scalar' || scalar.templated) return;
        checked++;
        mapsTruly(source, scalar);
      }),
      { numRuns: 3000 },
    );
    assert.ok(checked > 500, `only ${checked} of the texts were YAML`);
  });

test('a span that ends in an escape takes the whole escape', () => {
  const text = `a: "[\\"web\\"]"\nb: '[''web'']'\n`;
  const { root } = parseYaml(text);
  const words = ['a', 'b'].map((key) => {
    const scalar = nodeAt(root, [key]) as Scalar;
    assert.equal(scalar.text.length, 7);
    const [start, end] = insideScalar(text, scalar, [1, 6]);
    return text.slice(start, end);
  });
  assert.deepEqual(words, ['\\"web\\"', "''web''"]);
});

test('a span inside a folded selector is the word in the file', () => {
  const text = 'spec:\r\n  selector: >-\r\n    has(a) &&\r\n    !all(b)\r\n';
  const doc: Doc = { file: 'f', format: 'yaml', text, base: 100, tree: { format: 'yaml', yaml: parseYaml(text) } };
  const at = 'has(a) && !all(b)'.indexOf('all(b)');
  const [start, end] = fileSpan({ doc, path: ['spec', 'selector'], span: [at, at + 6] });
  assert.equal(text.slice(start - 100, end - 100), 'all(b)');
});
