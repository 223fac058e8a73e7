import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatBird } from '../../server/src/syntax/bird-format.ts';

const MESSY = `router id 1.1.1.1;
/* two
      lines */
define NETS = [
10.0.0.0/8{16,24},
      192.0.2.0/24+
  ];
function f(int x)
{
    if x > 1 then
    return true;
  if (a ||
  b) then { accept; } else {
    reject;
      }
case x {
1: accept;
else: reject;
}
}
protocol bgp a
    from t {
# at the edge
    # about the neighbour
 neighbor 10.0.0.1
 as 65001;   
ipv4 {
import   all;
};
}`;

test('a step a block, statements that go on a step deeper, comments and words as they were', () => {
  const formatted = formatBird(MESSY, '  ');
  assert.equal(
    formatted,
    `router id 1.1.1.1;
/* two
      lines */
define NETS = [
  10.0.0.0/8{16,24},
  192.0.2.0/24+
];
function f(int x)
{
  if x > 1 then
    return true;
  if (a ||
    b) then { accept; } else {
    reject;
  }
  case x {
    1: accept;
    else: reject;
  }
}
protocol bgp a
  from t {
# at the edge
  # about the neighbour
  neighbor 10.0.0.1
    as 65001;
  ipv4 {
    import   all;
  };
}
`,
  );
  assert.equal(formatBird(formatted!, '  '), formatted);
});

test('templates and blocks that do not close are not touched; CRLF stays', () => {
  assert.equal(formatBird('protocol bgp x {\n{{ range .Peers }}\n}\n', '\t'), undefined);
  assert.equal(formatBird('protocol device {\nscan time 5;\n', '\t'), undefined);
  assert.equal(
    formatBird('protocol device {\r\nscan time 5;\r\n}', '\t'),
    'protocol device {\r\n\tscan time 5;\r\n}\r\n',
  );
});

test('formatting twice is formatting once, whatever the text', () => {
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
    '\t',
    'a',
    '"s"',
    '# c\n',
    '/* x\n y */',
    ',',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const once = formatBird(pieces.join(''), '\t');
      if (once !== undefined) assert.equal(formatBird(once, '\t'), once);
    }),
    { numRuns: 500 },
  );
});
