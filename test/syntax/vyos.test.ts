import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { VyosNode } from '../../server/src/syntax/vyos.ts';
import { looksLikeVyos, parseVyos } from '../../server/src/syntax/vyos.ts';

/** A configuration as the paths of its leaves and empty nodes. */
function paths(nodes: readonly VyosNode[], prefix = ''): string[] {
  return nodes.flatMap((node) => {
    const path = `${prefix}${node.name}${node.value === undefined ? '' : `=${node.value}`}`;
    return node.children.length === 0 ? [path] : paths(node.children, `${path}/`);
  });
}

const LEAF = `interfaces {
    ethernet eth1 {
        address 10.1.10.1/24
        address 2001:db8::1/64
        mtu 9000
    }
    loopback lo {
    }
}
protocols {
    bgp {
        neighbor 10.1.5.10 {
            address-family {
                ipv4-unicast {
                    nexthop-self {
                    }
                    route-reflector-client
                }
            }
            remote-as 65005
        }
        system-as 65005
    }
}


// Warning: Do not remove the following line.
// vyos-config-version: "bgp@4:system@27"
// Release version: 1.4.0
`;

test('a config.boot: nodes, tag nodes, leaves with and without value', () => {
  const tree = parseVyos(LEAF);
  assert.deepEqual(tree.problems, []);
  assert.equal(tree.version, '1.4.0');
  assert.deepEqual(paths(tree.nodes), [
    'interfaces/ethernet=eth1/address=10.1.10.1/24',
    'interfaces/ethernet=eth1/address=2001:db8::1/64',
    'interfaces/ethernet=eth1/mtu=9000',
    'interfaces/loopback=lo',
    'protocols/bgp/neighbor=10.1.5.10/address-family/ipv4-unicast/nexthop-self',
    'protocols/bgp/neighbor=10.1.5.10/address-family/ipv4-unicast/route-reflector-client',
    'protocols/bgp/neighbor=10.1.5.10/remote-as=65005',
    'protocols/bgp/system-as=65005',
  ]);
});

test('bodies on one line, wide gaps and quoted values', () => {
  const text = `protocols {
    bgp {
        address-family {
            ipv4-unicast {
                network                 10.1.11.0/24 { }
                network                 10.1.12.0/24 { }
            }
        }
        description "spine \\"one\\""
        system-as "800"
    }
}
interfaces {
    loopback     lo { }
}
`;
  const tree = parseVyos(text);
  assert.deepEqual(tree.problems, []);
  assert.deepEqual(paths(tree.nodes), [
    'protocols/bgp/address-family/ipv4-unicast/network=10.1.11.0/24',
    'protocols/bgp/address-family/ipv4-unicast/network=10.1.12.0/24',
    'protocols/bgp/description=spine "one"',
    'protocols/bgp/system-as=800',
    'interfaces/loopback=lo',
  ]);
  const systemAs = tree.nodes[0]!.children[0]!.children.at(-1)!;
  assert.equal(text.slice(...systemAs.valueSpan!), '"800"');
  const { body } = tree.nodes[1]!.children[0]!;
  assert.equal(text.slice(...body!), ' ');
});

test('comments, the old footer, and strings over lines', () => {
  const tree = parseVyos(
    '/* the fabric */\nsystem {\n    /* name { */\n    host-name leaf0\n    login {\n        banner "two\nlines"\n    }\n}\n/* Warning: Do not remove the following line. */\n/* === vyatta-config-version: "quagga@6" === */\n/* Release version: 1.2.4 */\n',
  );
  assert.deepEqual(tree.problems, []);
  assert.equal(tree.version, '1.2.4');
  assert.deepEqual(paths(tree.nodes), ['system/host-name=leaf0', 'system/login/banner=two\nlines']);
  assert.equal(tree.comments.length, 5);
});

test('a missing brace is told at the brace it leaves open, and the rest is still read', () => {
  const text = LEAF.replace('        mtu 9000\n    }\n', '        mtu 9000\n');
  const tree = parseVyos(text);
  assert.equal(tree.problems.length, 1);
  assert.equal(tree.problems[0]!.code, 'vyos/syntax');
  assert.equal(tree.problems[0]!.span[0], text.indexOf('{', text.indexOf('eth1')));
  assert.deepEqual(paths(tree.nodes), paths(parseVyos(LEAF).nodes));
});

test('a file cut in the middle yields what it has', () => {
  const tree = parseVyos(LEAF.slice(0, LEAF.indexOf('remote-as 65005') + 'remote-as 65005'.length));
  assert.ok(paths(tree.nodes).includes('protocols/bgp/neighbor=10.1.5.10/remote-as=65005'));
  assert.equal(tree.problems.length, 3);
});

test('an extra brace, a third word and a string in the place of a name', () => {
  const at = (text: string) => parseVyos(text).problems.map((p) => text.slice(...p.span));
  assert.deepEqual(at('system {\n    host-name a\n}\n}\n'), ['}']);
  assert.deepEqual(at('system {\n    host-name a b\n}\n'), ['b']);
  assert.deepEqual(at('"system" {\n}\n'), ['"system"']);
  assert.deepEqual(at('system {\n    host-name "a\n}\n'), ['"a']);
  assert.deepEqual(at('system\n{\n    host-name a\n}\n'), ['{']);
});

test('a template is not judged', () => {
  assert.deepEqual(parseVyos('system {\n    host-name {{ name }}\n}\n').problems, []);
});

test('set commands give the same tree', () => {
  const tree = parseVyos(
    `set interfaces ethernet eth1 address 10.1.10.1/24
set interfaces ethernet eth1 address '2001:db8::1/64'
set interfaces ethernet eth1 mtu 9000
set interfaces loopback lo
set protocols bgp neighbor 10.1.5.10 address-family ipv4-unicast nexthop-self
set protocols bgp neighbor 10.1.5.10 address-family ipv4-unicast route-reflector-client
set protocols bgp neighbor 10.1.5.10 address-family ipv4-unicast route-map import IN
set protocols bgp neighbor 10.1.5.10 remote-as '65005'
set protocols bgp address-family ipv4-unicast network 10.1.5.0/24
set protocols bgp parameters router-id 10.1.5.1
set protocols bgp system-as 65005
set policy route-map IN rule 10 action permit
`,
  );
  assert.deepEqual(paths(tree.nodes), [
    'interfaces/ethernet=eth1/address=10.1.10.1/24',
    'interfaces/ethernet=eth1/address=2001:db8::1/64',
    'interfaces/ethernet=eth1/mtu=9000',
    'interfaces/loopback=lo',
    'protocols/bgp/neighbor=10.1.5.10/address-family/ipv4-unicast/nexthop-self',
    'protocols/bgp/neighbor=10.1.5.10/address-family/ipv4-unicast/route-reflector-client',
    'protocols/bgp/neighbor=10.1.5.10/address-family/ipv4-unicast/route-map/import=IN',
    'protocols/bgp/neighbor=10.1.5.10/remote-as=65005',
    'protocols/bgp/address-family/ipv4-unicast/network=10.1.5.0/24',
    'protocols/bgp/parameters/router-id=10.1.5.1',
    'protocols/bgp/system-as=65005',
    'policy/route-map=IN/rule=10/action=permit',
  ]);
  assert.equal(
    parseVyos('set protocols bgp 65000 neighbor 10.0.0.1 remote-as 1\n').nodes[0]!.children[0]!.value,
    '65000',
  );
});

test('a VyOS file is told from others', () => {
  assert.ok(looksLikeVyos(LEAF));
  assert.ok(looksLikeVyos('set protocols bgp system-as 65000\n'));
  assert.ok(!looksLikeVyos('{"interfaces": {\n  "ethernet": {}}}'));
  assert.ok(!looksLikeVyos('resource "x" "y" {\n  a = 1\n}\n'));
  assert.ok(!looksLikeVyos('system {\n    login {\n        user admin;\n    }\n}\n'), 'Junos');
});

const pieces = [
  'bgp',
  ' ',
  '{',
  '}',
  '\n',
  '    ',
  '"',
  "'",
  '\\',
  '/*',
  '*/',
  '//',
  'neighbor 1.1.1.1',
  'set protocols bgp ',
  '\r\n',
  '网',
  '{{',
];

test('whatever is typed, nothing throws and every name is where it says', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 50 }), (parts) => {
      const text = parts.join('');
      const tree = parseVyos(text);
      const inside = ([a, b]: readonly [number, number]) => assert.ok(0 <= a && a <= b && b <= text.length);
      const visit = (node: VyosNode): void => {
        inside(node.span);
        inside(node.nameSpan);
        if (node.valueSpan) inside(node.valueSpan);
        if (node.body) inside(node.body);
        node.children.forEach(visit);
      };
      tree.nodes.forEach(visit);
      for (const problem of tree.problems) inside(problem.span);
      tree.comments.forEach(inside);
    }),
    { numRuns: 400 },
  );
});
