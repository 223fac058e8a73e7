import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type BirdStatement,
  isBirdPath,
  isSurelyBird,
  looksLikeBird,
  parseBird,
} from '../../server/src/syntax/bird.ts';

/** Statements as text: words with a space between them, blocks in braces. */
function told(statements: readonly BirdStatement[]): string[] {
  return statements.map(({ words, body }) => {
    const head = words.map(({ text }) => text).join(' ');
    return body === undefined ? head : `${head} { ${told(body).join('; ')} }`.trim();
  });
}

const CONFIG = `# the router
router id 10.0.0.1; /* two
lines; { */
protocol bgp 'up-1' from peers {
  neighbor 10.0.0.2 as 65001/* ours */;   # with a semicolon; here
  password "a;b}c";
  ipv4 {
    import where net ~ [ 10.0.0.0/8{16,24}, 2001:db8::/32+ ];
    export filter { if net = 10.0.0.0/8 then accept; else reject; };
  };
}
`;

test('statements, blocks, strings, comments and sets are told apart', () => {
  const { statements, broken } = parseBird(CONFIG);
  assert.equal(broken, false);
  assert.deepEqual(told(statements), [
    'router id 10.0.0.1',
    'protocol bgp up-1 from peers { neighbor 10.0.0.2 as 65001; password a;b}c; ' +
      'ipv4 { import where net ~ [ 10.0.0.0/8 { 16 , 24 } , 2001:db8::/32 + ]; ' +
      'export filter { if net = 10.0.0.0/8 then accept; else reject } } }',
  ]);
});

test('every statement and word stands where it says', () => {
  const { statements } = parseBird(CONFIG);
  const [id, session] = statements;
  assert.equal(CONFIG.slice(...id!.span), 'router id 10.0.0.1;');
  assert.equal(CONFIG.slice(...id!.words[2]!.span), '10.0.0.1');
  assert.equal(CONFIG.slice(...session!.words[2]!.span), "'up-1'");
  assert.ok(CONFIG.slice(...session!.span).endsWith('};\n}'));
});

for (const [what, text] of [
  ['a block', 'protocol bgp x { local as 1;'],
  ['a set', 'define x = [ 10.0.0.0/8; router id 1.1.1.1;'],
  ['a string', 'protocol bgp x { password "secret; }'],
  ['a comment', 'router id 1.1.1.1; /* more'],
  ['a brace too many', 'protocol device { } } router id 1.1.1.1;'],
] as const)
  test(`${what} that is not closed is told, and what stands there is read`, () => {
    const { statements, broken } = parseBird(text);
    assert.equal(broken, true);
    assert.ok(statements.length > 0);
  });

test('a file is BIRD’s by its name and what is in it', () => {
  for (const path of ['/etc/bird/bird.conf', 'r1/bird6.conf', 'r1.bird.conf', 'bird/peers.conf', 'leaf-bird.conf'])
    assert.ok(isBirdPath(path), path);
  for (const path of ['frr.conf', 'blackbird.txt', 'ladybirdconf', 'birds/x.conf']) assert.ok(!isBirdPath(path), path);
  assert.ok(looksLikeBird('protocol device {\n}\n'));
  assert.ok(looksLikeBird('protocol bgp x from y {'));
  assert.ok(!looksLikeBird('router bgp 65000\n neighbor 10.0.0.1 remote-as 1\n'));
  assert.ok(!looksLikeBird('router id {{ .ID }};\nprotocol device {}\n'), 'a template is none yet');
  assert.ok(isSurelyBird('router id 1.1.1.1;\nprotocol device {}\n'));
  assert.ok(!isSurelyBird('protocol device {}\n'));
});

test('any text is read without fail, and spans stay inside it', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '(',
    ';',
    '"',
    "'",
    '#',
    '/*',
    '*/',
    '\n',
    ' net ',
    '~',
    ' 10.0.0.0/8',
    ' if ',
    ' then ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
      const text = pieces.join('');
      const visit = (statements: readonly BirdStatement[]): void => {
        for (const { span, words, body } of statements) {
          assert.ok(0 <= span[0] && span[0] <= span[1] && span[1] <= text.length);
          for (const word of words) assert.ok(span[0] <= word.span[0] && word.span[1] <= span[1]);
          visit(body ?? []);
        }
      };
      visit(parseBird(text).statements);
    }),
  );
});
