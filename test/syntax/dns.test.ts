import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDnsmasq } from '../../server/src/syntax/dnsmasq.ts';
import { parseResolv } from '../../server/src/syntax/resolv.ts';

test('dnsmasq: a # behind white space begins a comment, one inside a value is a port', () => {
  const text =
    'server=/a/10.0.0.1#5353   # ask there\n#server=1.1.1.1\nstrict-order #in order\n  listen-address = 10.0.0.2\n';
  const { lines } = parseDnsmasq(text);
  assert.deepEqual(
    lines.map(({ name, value }) => [name, value]),
    [
      ['server', '/a/10.0.0.1#5353'],
      ['strict-order', undefined],
      ['listen-address', '10.0.0.2'],
    ],
  );
  for (const { value, valueSpan } of lines) if (valueSpan) assert.equal(text.slice(...valueSpan), value);
});

test('resolv.conf: both sorts of comments', () => {
  const text = '; old\nnameserver 10.0.0.1 # one\n\noptions ndots:5 timeout:1\r\n';
  const { lines } = parseResolv(text);
  assert.deepEqual(
    lines.map(({ keyword, words }) => [keyword, ...words.map((word) => word.text)]),
    [
      ['nameserver', '10.0.0.1'],
      ['options', 'ndots:5', 'timeout:1'],
    ],
  );
  for (const { words } of lines) for (const word of words) assert.equal(text.slice(...word.span), word.text);
});
