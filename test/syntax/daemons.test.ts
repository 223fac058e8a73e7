import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { daemonSwitch, parseDaemons } from '../../server/src/syntax/daemons.ts';

test('switches are read with the place of their value, everything else is left alone', () => {
  const text = '# daemons\nzebra=yes\nbgpd=no # not yet\nbgpd_options="   -A 127.0.0.1"\nospfd="yes"\r\n#ripd=yes\n';
  const tree = parseDaemons(text);
  assert.deepEqual(
    tree.switches.map((s) => [s.name, s.on]),
    [
      ['zebra', true],
      ['bgpd', false],
      ['ospfd', true],
    ],
  );
  const bgpd = daemonSwitch(tree, 'bgpd')!;
  assert.equal(text.slice(...bgpd.span), 'no');
  assert.equal(text.slice(...bgpd.nameSpan), 'bgpd');
  assert.equal(daemonSwitch(tree, 'ripd'), undefined);
  assert.equal(tree.comments.length, 2);
});

test('the file is sourced, so the last line for a daemon counts', () => {
  assert.equal(daemonSwitch(parseDaemons('bgpd=no\nbgpd=yes\n'), 'bgpd')?.on, true);
});

test('whatever is typed, nothing throws and the spans hold what they name', () => {
  const piece = fc.constantFrom('bgpd', '=', 'yes', 'no', '"', "'", '\n', ' ', '#', '\r', 'x_');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      for (const s of parseDaemons(text).switches) {
        assert.equal(text.slice(...s.nameSpan), s.name);
        assert.equal(text.slice(...s.span), s.on ? 'yes' : 'no');
      }
    }),
  );
});
