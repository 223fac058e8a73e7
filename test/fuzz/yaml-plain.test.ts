import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitDocuments } from '../../server/src/syntax/split.ts';
import { readPlainYaml } from '../../server/src/syntax/yaml-plain.ts';
import { yamlCorpus } from '../syntax/corpus.ts';
import { assertSameTree } from '../syntax/yaml-same-tree.ts';
import { mutated, mutation } from './mutations.ts';

/** How often in a usual run; a long one is asked for with RUNS=1000000. */
const RUNS = Number(process.env.RUNS ?? 10_000);

/** Documents of a size that a mutation still hits something in, and the library reads quickly. */
const documents = yamlCorpus()
  .flatMap(([, text]) => splitDocuments(text).map(({ start, end }) => text.slice(start, end)))
  .filter((text) => text.length < 1500);

/** Bits of lines: what looks nearly like another thing to a reader that is not careful. */
const PIECES = [
  ...['a: ', 'b: ', 'c:', 'a :', '"d": ', "'e' : ", 'f:g', '? ', ': ', '- ', '-', '- - ', '- a: ', '-b', '<<: '],
  ...['1', 'x', 'x y', 'x:y', 'x: y', 'x#y', 'x #y', '#c', '# c', ' # c', '"', "'", '"x"', "'x'", '"x\\ty"', "'x''y'"],
  ...['[', ']', '{', '}', ',', '[]', '{}', '[a, b]', '{a: b}', '["a":1]', '{"a":1}', '[a: b]', '{a}', '{{ x }}'],
  ...['|', '>', '|-', '|+', '>-', '>+', '|2', '&x ', '*x', '!t ', '%', '@', '`', '~', '=', '---', '...', '--- x'],
  ...['\t', ' ', '  ', '\\', '\\\n', '\r', '\u2028', '\u0085', '\ufeff', '\0', '\ud800', '$' + '{x}', '-1', '.5'],
] as const;

const line = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }))
  .map(([indent, pieces]) => ' '.repeat(indent) + pieces.join(''));

/** Lines that are more often YAML than not: a key, a dash or both, and a value. */
const sound = fc
  .tuple(
    fc.constantFrom('', '  ', '    '),
    fc.constantFrom('', '- ', '- - '),
    fc.constantFrom('', 'a: ', 'b: ', '"c": ', 'a:', 'b :'),
    fc.constantFrom('', 'x', '"x"', "'x'", '[x, {y: z}]', '|', '>-', '|+', '# c', '"x', 'x"', '[', ']'),
    fc.constantFrom('', '', '', ' ', ' # c'),
  )
  .map((parts) => parts.join(''));

const blank = fc.constantFrom('', ' ', '  # c', '# c', '    # c', '      ');
const made = fc
  .tuple(
    fc.array(
      fc.oneof({ weight: 6, arbitrary: sound }, { weight: 2, arbitrary: blank }, { weight: 1, arbitrary: line }),
      {
        minLength: 1,
        maxLength: 7,
      },
    ),
    fc.constantFrom('\n', '\n', '\n', '\r\n'),
    fc.constantFrom('', '\n', '\n\n'),
  )
  .map(([lines, lineBreak, end]) => lines.join(lineBreak) + end);

const VALUES = [
  ...[
    'x',
    'x y',
    '1',
    '-1',
    '"x"',
    "'x # y'",
    '"a\\tb"',
    '[]',
    '{}',
    '[a, "b", {c: d}]',
    '{"a":1, b: [c]}',
    'x:y',
    '',
    '',
  ],
  ...[
    'x # c',
    '"x" # c',
    '[a] # c',
    '  # c',
    'x\n@y z',
    '"x\n@y"',
    "'x\n\n@@y'",
    '[x,\n@y]',
    '{\n@a: b\n^}',
    '|\n@x',
    '|\n@x\n@ y\n\n',
  ],
  ...[
    '>\n@x\n@y\n\n@z',
    '|+\n@x\n\n\n',
    '>-\n@@x\n@@y\n  ',
    '|-\n@# x',
    '|1-\n@ x\n@y\n@ ',
    '|\n\n@x\n@\n',
    '\n@x',
    '\n@"x"',
    '\n@[a]',
    '$' + '{x}',
  ],
] as const;
const KEYS = ['a', 'b', 'c', 'd e', '"f"', "'g'", 'h:i', '$' + '{j}'] as const;

/** A document that is printed as real ones are, with comments anywhere: each number decides what comes next. */
function printed(choices: readonly number[]): string {
  let next = 0;
  const pick = (among: number): number => (choices[next++] ?? 0) % among;
  const between = (): string => {
    let lines = '';
    while (pick(6) === 1) lines += [`${' '.repeat(pick(7))}# c\n`, '\n', '  \n'][pick(3)]!;
    return lines;
  };
  const value = (indent: string): string =>
    VALUES[pick(VALUES.length)]!.replaceAll('@', `${indent} `).replaceAll('^', indent);
  const node = (indent: string, depth: number): string => {
    let text = '';
    for (let count = 1 + pick(3), first = true; count > 0 && next < choices.length; count--, first = false) {
      text += first ? '' : between() + indent;
      text += depth % 2 === 0 ? `${KEYS[pick(KEYS.length)]}:` : '-';
      const inner = [`${indent}  `, `${indent}    `, indent][pick(depth % 2 === 0 ? 3 : 2)]!;
      const below = (): string => `\n${between()}${inner}${node(inner, depth + 1)}`;
      if (pick(2) === 1 || depth > 5) text += ` ${value(indent)}\n`;
      else text += depth % 2 === 1 && pick(2) === 1 ? ` ${node(`${indent}  `, depth + 1 + pick(2))}` : below();
    }
    return text;
  };
  return between() + node('', 0) + between();
}

const real = fc
  .tuple(
    fc.array(fc.nat(1000), { minLength: 8, maxLength: 80, size: 'max' }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.nat(2),
  )
  .map(([choices, lineBreak, cut]) => {
    const text = printed(choices).replaceAll('\n', lineBreak);
    return cut === 1 ? text.trimEnd() : text;
  });

const mangled = fc
  .tuple(fc.constantFrom(...documents), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([text, steps]) => steps.reduce(mutated, text));

test('of texts made of nearly YAML the plain reader makes the tree of the library path, or none', () => {
  fc.assert(
    fc.property(made, (text) => assertSameTree(text)),
    { numRuns: RUNS },
  );
});

test('of texts as they are printed the plain reader makes the tree of the library path, or none', () => {
  fc.assert(
    fc.property(real, (text) => assertSameTree(text)),
    { numRuns: RUNS },
  );
});

test('of mangled documents the plain reader makes the tree of the library path, or none', () => {
  fc.assert(
    fc.property(mangled, (text) => assertSameTree(text)),
    { numRuns: RUNS },
  );
});

test('the texts made up here are often plain, so that they test something', () => {
  for (const [arbitrary, least] of [
    [made, 150],
    [real, 800],
    [mangled, 200],
  ] as const) {
    const plain = fc.sample(arbitrary, { numRuns: 1000, seed: 1 }).filter((text) => readPlainYaml(text) !== undefined);
    assert.ok(plain.length > least, `${plain.length} of 1000`);
  }
});
