import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linesOf } from '../../server/src/engine/lines.ts';

test('after any edits the lines of a text are those of a text that was never edited', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '\n\n', '路'), maxLength: 12 });
  const edit = fc.record({ at: fc.nat(40), removed: fc.nat(12), added: piece });
  let file = 0;
  fc.assert(
    fc.property(piece, fc.array(edit, { maxLength: 20 }), (initial, edits) => {
      file++;
      let text = initial;
      for (const { at, removed, added } of edits) {
        linesOf(`file:///${file}`, text);
        text = text.slice(0, at) + added + text.slice(at + removed);
        const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
        assert.deepEqual([...linesOf(`file:///${file}`, text)], starts);
      }
    }),
    { numRuns: 500 },
  );
});
