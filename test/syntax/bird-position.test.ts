import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseBird } from '../../server/src/syntax/bird.ts';
import { birdPositionAt } from '../../server/src/syntax/bird-position.ts';

/** The blocks, the statement and the word at the `|` of a text. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const position = birdPositionAt(parseBird(text), offset);
  if (position === undefined) return undefined;
  const { blocks, words, token } = position;
  const path = [...blocks, words].map((one) => one.map((word) => word.text).join(' '));
  return `${path.join(' / ')} [${text.slice(...token)}]`;
}

test('the statement that is typed, and the blocks around it', () => {
  assert.equal(at('protocol bgp a {\n neighbor |\n}'), 'protocol bgp a / neighbor []');
  assert.equal(at('protocol bgp a {\n neigh|\n ipv4 { import all; };\n}'), 'protocol bgp a /  [neigh]');
  assert.equal(at('protocol bgp a { ipv4 { import filter f|oo; }; }'), 'protocol bgp a / ipv4 / import filter [foo]');
  assert.equal(at('router id 1.1.1.1;|'), ' []');
  assert.equal(at('define A = [ 10.0.0.0/8{16,24}, |'), 'define A = [ 10.0.0.0/8 { 16 , 24 } , []');
  assert.equal(at('include "a|b";'), 'include [ab]');
  assert.equal(at('include "ab"|;'), 'include ab []');
});

test('comments are no place to write a statement in', () => {
  assert.equal(at('# neighbor |'), undefined);
  assert.equal(at('/* neighbor | */'), undefined);
  assert.equal(at('/* neighbor |'), undefined);
  assert.equal(at('/* a */|'), ' []');
});

test('what stands above in complete statements makes no difference', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ';',
    '\n',
    ' ',
    'a',
    'b',
    '"s"',
    '"',
    '# c\n',
    '/* x */',
    '/*',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 50 }), fc.nat(), (pieces, seed) => {
      const text = pieces.join('');
      const offset = seed % (text.length + 1);
      const tree = parseBird(text);
      assert.deepEqual(birdPositionAt(tree, offset), birdPositionAt({ ...tree, statements: [] }, offset));
    }),
    { numRuns: 3000 },
  );
});
