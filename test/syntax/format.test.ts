import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFrr } from '../../server/src/syntax/frr.ts';
import { formatFrr } from '../../server/src/syntax/frr-format.ts';
import { parseVyos, type VyosNode } from '../../server/src/syntax/vyos.ts';
import { formatVyos } from '../../server/src/syntax/vyos-format.ts';

const ROOT = new URL('../../', import.meta.url);
const files = (pattern: RegExp): readonly string[] =>
  ['examples', 'test/lab/scenarios', 'test/rules']
    .flatMap((folder) =>
      readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => pattern.test(path));
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

test('FRR: blocks and address families by one space each, comments and ends kept', () => {
  assert.equal(
    formatFrr(`frr version 10.2
!
interface eth0
\tip address 10.0.0.1/24
exit
!
router bgp 65000
bgp router-id 10.0.0.1
   neighbor TOR peer-group  
! the racks
    address-family ipv4 unicast
neighbor TOR activate
    exit-address-family
!
exit
!
route-map OUT permit 10
      match ip address prefix-list A
end`),
    `frr version 10.2
!
interface eth0
 ip address 10.0.0.1/24
exit
!
router bgp 65000
 bgp router-id 10.0.0.1
 neighbor TOR peer-group
 ! the racks
 address-family ipv4 unicast
  neighbor TOR activate
 exit-address-family
 !
exit
!
route-map OUT permit 10
 match ip address prefix-list A
end
`,
  );
});

test('FRR: what is not read keeps its indentation; words and their spaces stay', () => {
  const chain = 'frr version 10\nkey chain A\n key 1\n   key-string x\n exit\nexit\n';
  assert.equal(formatFrr(chain), chain);
  const described = 'frr version 10\ninterface eth0\n description a  b ! c\nexit\n';
  assert.equal(formatFrr(described.replace(' description', '     description')), described);
});

test('FRR: transcripts and templates are not touched; CRLF stays', () => {
  assert.equal(formatFrr('{% for n in neighbors %}\nrouter bgp 1\n{% endfor %}\n'), undefined);
  assert.equal(formatFrr('router bgp 1\r\n neighbor x remote-as 1\r\n'), 'router bgp 1\r\n neighbor x remote-as 1\r\n');
  assert.equal(formatFrr('router bgp 1\r\nneighbor x remote-as 1'), 'router bgp 1\r\n neighbor x remote-as 1\r\n');
});

test('FRR’s own output is in this form already', () => {
  const own = files(/frr\.conf$/).filter((path) => path.startsWith('examples/broken-fabric'));
  assert.ok(own.length >= 2);
  for (const path of own) assert.equal(formatFrr(read(path)), read(path), path);
});

test('VyOS: four spaces a brace, one between words; strings and comments keep every character', () => {
  assert.equal(
    formatVyos(`interfaces {
  ethernet   eth0{
      address  10.0.0.1/24
  description "a   {b}"
 /* one
      { two */
  }
}
protocols {
bgp {
    neighbor 10.0.0.2 {
    remote-as 65001
    }
}
}
// vyos-config-version: "bgp@4"`),
    `interfaces {
    ethernet eth0 {
        address 10.0.0.1/24
        description "a   {b}"
        /* one
      { two */
    }
}
protocols {
    bgp {
        neighbor 10.0.0.2 {
            remote-as 65001
        }
    }
}
// vyos-config-version: "bgp@4"
`,
  );
});

test('VyOS: set commands only lose the space around them; a missing brace is not guessed at', () => {
  assert.equal(
    formatVyos("  set interfaces ethernet eth0 address '10.0.0.1/24'  \nset protocols static\n"),
    "set interfaces ethernet eth0 address '10.0.0.1/24'\nset protocols static\n",
  );
  assert.equal(formatVyos('interfaces {\n    ethernet eth0 {\n}\n'), undefined);
});

test('VyOS’ own output is in this form already', () => {
  for (const path of files(/(config\.boot|-boot\.cfg)$/)) {
    const formatted = formatVyos(read(path));
    if (formatted !== undefined && path.startsWith('examples/broken-fabric')) assert.equal(formatted, read(path), path);
  }
});

const words = (lines: ReturnType<typeof parseFrr>['lines']): unknown =>
  lines.map(({ words: all, negated, block, children }) => [
    negated,
    all.map(({ text }) => text),
    block,
    words(children),
  ]);
const nodes = (all: readonly VyosNode[]): unknown =>
  all.map(({ name, value, children }) => [name, value, nodes(children)]);

test('every configuration here says the same afterwards, and formatting twice changes nothing', () => {
  let seen = 0;
  for (const path of files(/(frr\.conf|config\.boot|boot\.cfg)$/)) {
    const text = read(path);
    const isVyos = /boot/.test(path);
    const format = isVyos ? formatVyos : formatFrr;
    const formatted = format(text);
    if (formatted === undefined) continue;
    seen++;
    if (isVyos) assert.deepEqual(nodes(parseVyos(formatted).nodes), nodes(parseVyos(text).nodes), path);
    else assert.deepEqual(words(parseFrr(formatted).lines), words(parseFrr(text).lines), path);
    assert.equal(format(formatted), formatted, path);
  }
  assert.ok(seen > 20, `${seen} configurations`);
});

test('any lines at any indentation: same meaning, same number of lines, stable', () => {
  const line = fc.constantFrom(
    ...[
      'router bgp 65000',
      'address-family ipv4 unicast',
      'neighbor 10.0.0.1 remote-as 1',
      'exit-address-family',
      'exit',
    ],
    ...[
      '!',
      '! why',
      '',
      'end',
      'interface eth0',
      'route-map A permit 10',
      'match ip address A',
      'no shutdown',
      'key chain A',
    ],
    ...['vrf red', 'exit-vrf', 'ip route 0.0.0.0/0 10.0.0.1', 'network 10.0.0.0/8', 'key 1', 'vni 10', 'exit-vni'],
  );
  const indent = fc.constantFrom('', ' ', '  ', '\t', '      ');
  fc.assert(
    fc.property(fc.array(fc.tuple(indent, line), { maxLength: 25 }), (lines) => {
      const text = lines.map((one) => one.join('')).join('\n');
      const formatted = formatFrr(text);
      assert.ok(formatted !== undefined);
      assert.deepEqual(words(parseFrr(formatted).lines), words(parseFrr(text).lines));
      assert.equal(formatFrr(formatted), formatted);
      assert.deepEqual(
        formatted
          .split('\n')
          .slice(0, lines.length)
          .map((one) => one.trim()),
        text
          .split('\n')
          .slice(0, formatted.split('\n').length)
          .map((one) => one.trim())
          .slice(0, lines.length),
      );
    }),
    { numRuns: 300 },
  );
  const token = fc.constantFrom(
    'a',
    'bgp',
    '{',
    '}',
    '"x  y"',
    "'{'",
    '10.0.0.1',
    '\n',
    '\n',
    ' ',
    '  ',
    '/* c\n */',
    '// d\n',
    '\t',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
      const text = tokens.join(' ');
      const formatted = formatVyos(text);
      if (formatted === undefined) return;
      assert.deepEqual(nodes(parseVyos(formatted).nodes), nodes(parseVyos(text).nodes));
      assert.equal(formatVyos(formatted), formatted);
    }),
    { numRuns: 500 },
  );
});
