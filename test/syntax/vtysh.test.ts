import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FrrLine } from '../../server/src/syntax/frr.ts';
import { parseFrr } from '../../server/src/syntax/frr.ts';
import { looksLikeVtysh, parseVtysh } from '../../server/src/syntax/vtysh.ts';

type Shape = string | [string, ...Shape[]];

function shape(lines: readonly FrrLine[]): Shape[] {
  return lines.map((line) => {
    const text = [...(line.negated ? ['no'] : []), ...line.words.map((word) => word.text)].join(' ');
    return line.block ? [text, ...shape(line.children)] : text;
  });
}

const ROUTER: Shape[] = [
  [
    'router bgp 23000',
    'bgp router-id 172.16.13.1',
    'neighbor 172.16.13.11 remote-as 64512',
    'no bgp ebgp-requires-policy',
  ],
];

test('a transcript, its output left out', () => {
  const text =
    'root@router:~# vtysh\nHello, this is FRRouting (version 8.1).\n\nrouter# config\nrouter(config)# router bgp 23000\nrouter(config-router)# bgp router-id 172.16.13.1\nrouter(config-router)# neighbor 172.16.13.11 remote-as 64512\nrouter(config-router)# no bgp ebgp-requires-policy\nrouter(config-router)# end\nrouter# show bgp summary\nneighbor 10.0.0.1 is down\n';
  assert.ok(looksLikeVtysh(text));
  assert.deepEqual(shape(parseVtysh(text).lines), ROUTER);
});

test('a transcript flattened to one line', () => {
  const text =
    'root@router:~# vtysh router# config router(config)# router bgp 23000 router(config)# bgp router-id 172.16.13.1 router(config)# neighbor 172.16.13.11 remote-as 64512 router(config)# no bgp ebgp-requires-policy root@router:~# ip route';
  assert.ok(looksLikeVtysh(text));
  const tree = parseVtysh(text);
  assert.deepEqual(shape(tree.lines), ROUTER);
  const neighbor = tree.lines[0]!.children[1]!;
  assert.equal(text.slice(...neighbor.span), 'neighbor 172.16.13.11 remote-as 64512');
  assert.ok(tree.typed);
});

test('commands handed over by vtysh -c, each with its place in the script', () => {
  const text = `docker exec router vtysh -c 'conf t' \\\n  -c "router bgp 23000" -c 'bgp router-id 172.16.13.1' \\\n  -c 'neighbor 172.16.13.11 remote-as 64512' -c 'no bgp ebgp-requires-policy'\nvtysh -c 'show bgp summary'\n`;
  assert.ok(looksLikeVtysh(text));
  const tree = parseVtysh(text);
  assert.deepEqual(shape(tree.lines), ROUTER);
  for (const word of tree.lines[0]!.children[1]!.words) assert.equal(text.slice(...word.span), word.text);
});

test('each run of vtysh begins at the top, and one word can hold several lines', () => {
  const text = `vtysh -c 'conf t' -c 'router bgp 1'\nvtysh -c 'configure terminal\nip route 10.0.0.0/8 10.1.1.1\nrouter bgp 1\nneighbor 10.0.0.2 remote-as 2'\n`;
  assert.deepEqual(shape(parseVtysh(text).lines), [
    ['router bgp 1'],
    'ip route 10.0.0.0/8 10.1.1.1',
    ['router bgp 1', 'neighbor 10.0.0.2 remote-as 2'],
  ]);
});

test('a configuration file is no transcript', () => {
  const text = 'frr version 8.4.4\n!\nrouter bgp 1\n neighbor 10.0.0.2 description (config)# x\n';
  assert.ok(!looksLikeVtysh(text));
  assert.deepEqual(parseVtysh(text).lines, []);
  assert.equal(parseFrr(text).lines.length, 2);
});

const pieces = [
  'r1(config)# ',
  'r1# ',
  'router bgp 1',
  'neighbor 1.1.1.1',
  ' ',
  '\n',
  'vtysh -c ',
  "'conf t' ",
  '-c ',
  '"',
  "'",
  '\\',
  'root@a:~# ',
  '#',
  '$x',
  '网',
];

test('whatever is typed, nothing throws and every word stays inside', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      looksLikeVtysh(text);
      const visit = (line: FrrLine): void => {
        for (const [start, end] of [line.span, ...line.words.map((word) => word.span)])
          assert.ok(0 <= start && start <= end && end <= text.length);
        line.children.forEach(visit);
      };
      parseVtysh(text).lines.forEach(visit);
    }),
    { numRuns: 300 },
  );
});
