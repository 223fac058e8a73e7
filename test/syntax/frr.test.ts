import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FrrLine } from '../../server/src/syntax/frr.ts';
import { looksLikeFrr, parseFrr } from '../../server/src/syntax/frr.ts';

type Shape = string | [string, ...Shape[]];

/** A configuration as nested lists: what stands in which block. */
function shape(lines: readonly FrrLine[]): Shape[] {
  return lines.map((line) => {
    const text = [...(line.negated ? ['no'] : []), ...line.words.map((word) => word.text)].join(' ');
    return line.block ? [text, ...shape(line.children)] : text;
  });
}

const read = (text: string) => shape(parseFrr(text).lines);

const LEAF = `frr version 8.4.4
frr defaults traditional
hostname leaf0
!
interface eth1
 ip address 10.1.10.1/24
exit
!
router bgp 65005
 bgp router-id 10.1.5.1
 no bgp default ipv4-unicast
 neighbor 10.1.5.10 remote-as 65005
 !
 address-family ipv4 unicast
  neighbor 10.1.5.10 activate
 exit-address-family
exit
!
ip route 0.0.0.0/0 10.1.10.2
`;

test('a file as FRR writes it', () => {
  assert.deepEqual(read(LEAF), [
    'frr version 8.4.4',
    'frr defaults traditional',
    'hostname leaf0',
    ['interface eth1', 'ip address 10.1.10.1/24'],
    [
      'router bgp 65005',
      'bgp router-id 10.1.5.1',
      'no bgp default ipv4-unicast',
      'neighbor 10.1.5.10 remote-as 65005',
      ['address-family ipv4 unicast', 'neighbor 10.1.5.10 activate'],
    ],
    'ip route 0.0.0.0/0 10.1.10.2',
  ]);
});

test('blocks close without exit when a command of the level above comes', () => {
  const text =
    'interface eth1\n ip address 10.0.0.1/24\nrouter bgp 1\n address-family ipv6 unicast\n network 2001:db8::/32\n neighbor 10.0.0.2 remote-as 2\n bgp router-id 1.1.1.1\nip prefix-list P permit 10.0.0.0/8\nroute-map M permit 10\n match ip address prefix-list P\nroute-map M deny 20\nip route 10.0.0.0/8 blackhole\n';
  assert.deepEqual(read(text), [
    ['interface eth1', 'ip address 10.0.0.1/24'],
    [
      'router bgp 1',
      ['address-family ipv6 unicast', 'network 2001:db8::/32'],
      'neighbor 10.0.0.2 remote-as 2',
      'bgp router-id 1.1.1.1',
    ],
    'ip prefix-list P permit 10.0.0.0/8',
    ['route-map M permit 10', 'match ip address prefix-list P'],
    ['route-map M deny 20'],
    'ip route 10.0.0.0/8 blackhole',
  ]);
});

test('indentation is only looks', () => {
  assert.deepEqual(read(LEAF.replaceAll(/^ +/gm, '')), read(LEAF));
});

test('a static route belongs to the vrf that it stands in', () => {
  assert.deepEqual(read('vrf blue\n ip route 10.0.0.0/8 10.1.1.1\nexit-vrf\nip route 0.0.0.0/0 10.2.2.2\n'), [
    ['vrf blue', 'ip route 10.0.0.0/8 10.1.1.1'],
    'ip route 0.0.0.0/0 10.2.2.2',
  ]);
});

test('end closes everything, an exit of something else nothing', () => {
  assert.deepEqual(read('router bgp 1\n exit-vrf\n address-family ipv4 unicast\nend\nneighbor 1.1.1.1 activate\n'), [
    ['router bgp 1', ['address-family ipv4 unicast']],
    'neighbor 1.1.1.1 activate',
  ]);
});

test('what is not known is kept as it stands', () => {
  const tree = parseFrr(
    'router bgp 1\n frobnicate the knob\n neighbor {{ peer }} remote-as {{ as }}\n!\nbanner motd default\n',
  );
  assert.deepEqual(tree.problems, []);
  assert.equal(tree.lines[0]?.children.length, 3);
});

test('a comment begins with the first character of a word only', () => {
  const text = 'router bgp 1 ! mine\n neighbor 1.1.1.1 password zebra!x\n# all\n';
  const tree = parseFrr(text);
  assert.deepEqual(shape(tree.lines), [['router bgp 1', 'neighbor 1.1.1.1 password zebra!x']]);
  assert.deepEqual(
    tree.comments.map((span) => text.slice(...span)),
    ['! mine', '# all'],
  );
});

test('Windows line ends leave no trace in words and spans', () => {
  const text = LEAF.replaceAll('\n', '\r\n');
  assert.deepEqual(read(text), read(LEAF));
  const [first] = parseFrr(text).lines;
  assert.equal(text.slice(...first!.span), 'frr version 8.4.4');
});

test('the place of a close, and the indentation', () => {
  const bgp = parseFrr(LEAF).lines.find((line) => line.block === 'router-bgp')!;
  assert.equal(LEAF.slice(...bgp.close!), 'exit');
  assert.equal(LEAF.slice(...bgp.children.at(-1)!.close!), 'exit-address-family');
  assert.equal(bgp.children[0]!.indent, ' ');
});

test('an FRR file is told from others', () => {
  assert.ok(looksLikeFrr(LEAF));
  assert.ok(looksLikeFrr('router bgp 65000\n neighbor 10.0.0.1 remote-as 1\n'));
  assert.ok(!looksLikeFrr('We configure router bgp 65000 like this:\n- step: one\n'));
  assert.ok(!looksLikeFrr('kind: BGPPeer\nspec:\n  peerIP: 10.0.0.1\n'));
});

test('EOS and IOS speak almost like FRR, and are left alone', () => {
  const bgp = 'router bgp 65000\n   neighbor 10.0.0.1 remote-as 65001\n';
  assert.ok(looksLikeFrr(bgp));
  assert.ok(!looksLikeFrr(`interface Ethernet1\n   no switchport\n   ip address 10.0.0.2/24\n!\n${bgp}`));
  assert.ok(!looksLikeFrr(`interface Ethernet0/1\n ip address 10.0.0.2 255.255.255.252\n!\n${bgp}`));
  assert.ok(!looksLikeFrr(`router bgp 65000\n   neighbor SPINES peer group\n   neighbor 10.0.0.1 peer group SPINES\n`));
  assert.ok(!looksLikeFrr(`ip routing\n!\n${bgp}`));
  assert.ok(!looksLikeFrr(`${bgp} neighbor-group TRANSIT\n  remote-as 65001\n`), 'IOS XR');
  assert.ok(!looksLikeFrr(`feature bgp\n${bgp}`));
});

const pieces = [
  'router bgp 1',
  'neighbor 1.1.1.1',
  ' remote-as',
  ' 5',
  '\n',
  '\r\n',
  ' ',
  '!',
  '#',
  'exit',
  'end',
  'no ',
  'no',
  'address-family ipv4 unicast',
  'exit-address-family',
  'exit-vrf',
  'vrf x',
  'interface eth0',
  'route-map A permit 10',
  '\t',
  '中',
];

test('whatever is typed, nothing throws and every word is where it says', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const tree = parseFrr(text);
      const visit = (line: FrrLine): void => {
        assert.ok(line.span[0] <= line.span[1] && line.span[1] <= text.length);
        for (const word of line.words) assert.equal(text.slice(...word.span), word.text);
        line.children.forEach(visit);
      };
      tree.lines.forEach(visit);
      for (const [start, end] of tree.comments) assert.ok(start < end && end <= text.length);
    }),
    { numRuns: 300 },
  );
});
