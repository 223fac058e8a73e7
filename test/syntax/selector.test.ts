import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SelectorNode } from '../../server/src/syntax/selector.ts';
import { formatSelector, parseSelector } from '../../server/src/syntax/selector.ts';

function canonical(text: string): string {
  const { tree, problems } = parseSelector(text);
  assert.deepEqual(problems, [], text);
  return formatSelector(tree!);
}

/** The text with every suggestion taken. */
function repaired(text: string): string {
  let result = text;
  for (const { suggestion } of [...parseSelector(text).problems].reverse()) {
    assert.ok(suggestion, `a suggestion for ${text}`);
    result = result.slice(0, suggestion.span[0]) + suggestion.text + result.slice(suggestion.span[1]);
  }
  return result;
}

test('what Calico accepts, and its canonical spelling', () => {
  const cases: [string, string][] = [
    ['', 'all()'],
    [' \t ', 'all()'],
    ['all( )', 'all()'],
    [' (global())', 'global()'],
    ['has( route-reflector\t)', 'has(route-reflector)'],
    ["rack=='rack0'", 'rack == "rack0"'],
    ["a!='\"'", "a != '\"'"],
    ['a == ""', 'a == ""'],
    ['a == \'it is "x" {&&}\'', 'a == \'it is "x" {&&}\''],
    ['a contains"x"', 'a contains "x"'],
    ["a startswith 'x'", 'a starts with "x"'],
    ["a starts \t with 'x'", 'a starts with "x"'],
    ["a endswith 'x'", 'a ends with "x"'],
    ['a in {}', 'a in {}'],
    ["a in{'z','b', 'z',}", 'a in {"b", "z"}'],
    ["a notin {'x'}", 'a not in {"x"}'],
    ["a not in {'x'}", 'a not in {"x"}'],
    ["in in {'x'}", 'in in {"x"}'],
    ["has == 'x' && all != 'y' || contains contains 'z'", '(has == "x" && all != "y") || contains contains "z"'],
    ["a//b == 'x'", 'a//b == "x"'],
    ["projectcalico.org/rack-1_x == 'r'", 'projectcalico.org/rack-1_x == "r"'],
    ["!a == 'b'", '!a == "b"'],
    ['!! ! has(a)', '!has(a)'],
    ['!!has(a)', 'has(a)'],
    ['has(a)&&has(b)||has(c)', '(has(a) && has(b)) || has(c)'],
    ['has(a) && (has(b) || !has(c))', 'has(a) && (has(b) || !has(c))'],
    ['!(has(a)||has(b))', '!(has(a) || has(b))'],
    ["a == 'one\ntwo'", 'a == "one\ntwo"'],
  ];
  for (const [text, expected] of cases) {
    assert.equal(canonical(text), expected, text);
    assert.equal(canonical(expected), expected, 'canonical text stays as it is');
  }
});

test('what Calico refuses', () => {
  const refused = [
    'b == b',
    'b contains b',
    "'b1' == b",
    'b',
    'a b',
    '!',
    'a == "x" &',
    'a == "x" |',
    'a != ||',
    'a in {"", ||',
    'a in ""',
    '"FOO',
    "'FOO",
    '"FOO\'',
    '(',
    '(a == "x"',
    ')',
    '()',
    '%',
    'a == "b" && %',
    'a ',
    'has(a) &&',
    'has (a)',
    'all ()',
    'global ()',
    'has()',
    'has("a")',
    'has(a b)',
    'all(x)',
    'a = "b"',
    'a < "b"',
    'a in ("b")',
    'a in {,}',
    'a in {"b" "c"}',
    'a containsx "y"',
    'a starts "x"',
    'a not "x"',
    'has(a) has(b)',
    'a == "b" c == "d"',
    'a == "b", c == "d"',
    'a == "b"\n',
    '\nall()',
    'has(a)\n&& has(b)',
    'ALL()',
    "a == 'b' and c == 'd'",
    'not has(a)',
    'a == \u201cb\u201d',
    'a\u00a0== "b"',
    '# a',
  ];
  for (const text of refused) {
    const { tree, problems } = parseSelector(text);
    assert.equal(tree, undefined, text);
    assert.ok(problems.length > 0, text);
  }
});

test('the problem stands on the token, not on the line', () => {
  const at = (text: string) => parseSelector(text).problems.map((problem) => text.slice(...problem.span));
  assert.deepEqual(at("rack = 'rack0'"), ['=']);
  assert.deepEqual(at('rack == rack0'), ['rack0']);
  assert.deepEqual(at('has(a) && has (b)'), ['has (']);
  assert.deepEqual(at("a in ('x', y) || b == 'z'"), ["('x', y)"]);
  assert.deepEqual(at('has(a) & has(b) | has(c)'), ['&', '|']);
  assert.deepEqual(at("a == 'x"), ["'x"]);
  assert.deepEqual(at('has(a) has(b)'), ['has(b)']);
  assert.deepEqual(at("has(a) && $x == 'y'"), ['$']);
  assert.deepEqual(at("a == 'x'\n"), ['\n']);
});

test('what was meant is suggested, and Calico accepts it', () => {
  const cases: [string, string][] = [
    ["rack = 'rack0'", "rack == 'rack0'"],
    ['rack == rack0', "rack == 'rack0'"],
    ['rack=rack0', "rack=='rack0'"],
    ['ip == 10.0.0.1:179 && has(b)', "ip == '10.0.0.1:179' && has(b)"],
    ['has (a)', 'has(a)'],
    ['! all ()', '! all()'],
    ["has('a')", 'has(a)'],
    ['a=b,c=d', "a == 'b' && c == 'd'"],
    [
      'a = b, !c, d in (e, f), g notin (h), i!=j, k',
      `a == 'b' && !has(c) && d in {"e", "f"} && g not in {"h"} && i != 'j' && has(k)`,
    ],
    ['a in (b,c)', 'a in {"b", "c"}'],
    ["a in ['b']", 'a in {"b"}'],
    ['a not in {b, c}', 'a not in {"b", "c"}'],
    ['a in "b"', 'a in {"b"}'],
    ['has(a) & has(b)', 'has(a) && has(b)'],
    ['has(a) | has(b)', 'has(a) || has(b)'],
    ['has(a) AND not has(b) or c', 'has(a) && !has(b) || has(c)'],
    ["'x' == a", "a == 'x'"],
    ['a', 'has(a)'],
    ['has(a)\n', 'has(a)'],
    ['has(a) &&\n  has(b)\n', 'has(a) && has(b)'],
    ['a == \u201cb\u201d', "a == 'b'"],
    ['a\u00a0== "b"', 'a == "b"'],
  ];
  for (const [text, expected] of cases) {
    assert.equal(repaired(text), expected, text);
    canonical(expected);
  }
});

test('a line break has a code of its own', () => {
  assert.deepEqual(
    parseSelector('has(a) &&\r\nhas b').problems.map((problem) => problem.code),
    ['selector/newline', 'selector/syntax'],
  );
});

test('labels and values know their places', () => {
  const text = `!(rack == 'rack0') && zone not in {"a", 'b'} || has( gpu )`;
  const { tree } = parseSelector(text);
  const found: string[] = [];
  const visit = (node: SelectorNode): void => {
    if ('label' in node) found.push(text.slice(...node.labelSpan));
    if ('value' in node) found.push(text.slice(...node.valueSpan));
    if ('values' in node) found.push(...node.valueSpans.map((span) => text.slice(...span)));
    if ('operand' in node) visit(node.operand);
    if ('operands' in node) node.operands.forEach(visit);
  };
  visit(tree!);
  assert.deepEqual(found, ['rack', 'rack0', 'zone', 'a', 'b', 'gpu']);
  assert.equal(tree?.op, 'or');
  assert.ok(tree && 'operands' in tree);
  assert.equal(text.slice(...tree.operands[1]!.span), 'has( gpu )');
});

test('very deep parentheses do no harm', () => {
  assert.equal(parseSelector('('.repeat(50_000)).tree, undefined);
  assert.equal(canonical(`${'('.repeat(100)}has(a)${')'.repeat(100)}`), 'has(a)');
  assert.equal(canonical(`${'!'.repeat(1001)}has(a)`), '!has(a)');
});

const label = fc.stringMatching(/^[a-z][a-z0-9./_-]{0,6}$/);
const value = fc.string({ maxLength: 6 }).filter((text) => !(text.includes('"') && text.includes("'")));
const span = [0, 0] as const;
const node: fc.Arbitrary<SelectorNode> = fc.letrec<{ node: SelectorNode; leaf: SelectorNode }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<SelectorNode>({ op: 'all', span }, { op: 'global', span }),
    label.map((name): SelectorNode => ({ op: 'has', label: name, labelSpan: span, span })),
    fc
      .tuple(fc.constantFrom('equals', 'notEquals', 'contains', 'startsWith', 'endsWith' as const), label, value)
      .map(
        ([op, name, text]): SelectorNode => ({ op, label: name, labelSpan: span, value: text, valueSpan: span, span }),
      ),
    fc
      .tuple(fc.constantFrom('in', 'notIn' as const), label, fc.array(value, { maxLength: 3 }))
      .map(([op, name, values]): SelectorNode => ({ op, label: name, labelSpan: span, values, valueSpans: [], span })),
  ),
  node: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    tie('node').map((operand): SelectorNode => ({ op: 'not', operand, span })),
    fc
      .tuple(fc.constantFrom('and', 'or' as const), fc.array(tie('node'), { minLength: 2, maxLength: 3 }))
      .map(([op, operands]): SelectorNode => ({ op, operands, span })),
  ),
})).node;

test('what is formatted can be read, and is formatted the same again', () => {
  fc.assert(
    fc.property(node, (tree) => {
      const text = formatSelector(tree);
      // Two negations in a row read as none; the text is stable from then on.
      const again = canonical(text);
      assert.equal(canonical(again), again);
      if (!text.includes('!!')) assert.equal(again, text);
    }),
    { numRuns: 300 },
  );
});

const pieces = [
  'has(',
  'has (',
  'all()',
  'a',
  'rack',
  ' ',
  '==',
  '=',
  '!=',
  '!',
  '&&',
  '&',
  '||',
  '|',
  '(',
  ')',
  '{',
  '}',
  '[',
  ',',
  "'x'",
  '"',
  "'",
  ' in ',
  ' not in ',
  'contains',
  'starts with',
  '\n',
  'and',
  '\u201c',
  '$',
  '\u{1f600}',
];

test('whatever is typed, nothing throws and every span stays inside', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 20 }),
      (parts) => {
        const text = parts.join('');
        const { tree, problems } = parseSelector(text);
        assert.equal(tree === undefined, problems.length > 0, text);
        for (const problem of problems)
          for (const [start, end] of [problem.span, problem.suggestion?.span ?? problem.span])
            assert.ok(0 <= start && start <= end && end <= text.length, text);
        if (tree) canonical(formatSelector(tree));
      },
    ),
    { numRuns: 2000 },
  );
});
