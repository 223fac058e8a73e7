import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverAt } from '../../server/src/engine/hover.ts';
import type { Derivation, Site } from '../../server/src/workspace/site.ts';
import { marked } from './marked.ts';

/** What hovering at the cursor says, in English, topic by topic. */
function hover(files: Readonly<Record<string, string>>, cursor = '§'): readonly string[] {
  const at = marked(files, cursor);
  return hoverAt(at.file, at.offset, at.sites).map(({ text }) => text.en);
}

const node = (name: string, rack: string, address: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: ${name}, labels: {rack: ${rack}}}\nspec: {bgp: {ipv4Address: ${address}, asNumber: 65010}}\n`;
const NODES = [node('n1', 'r1', '10.0.0.1/24'), node('n2', 'r1', '10.0.0.2/24'), node('n3', 'r2', '10.0.0.3/24')].join(
  '---\n',
);
const peer = (spec: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: p}\nspec:\n${spec}`;

test('a field: its type, default and what it is for', () => {
  const [text] = hover({ 'pool.yaml': 'apiVersion: projectcalico.org/v3\nkind: IPPool\nspec:\n  block§Size: 26\n' });
  assert.match(text!, /^\*\*spec\.blockSize\*\* — number/);
  assert.ok(text!.length > 60, 'the schema’s words follow');
  const lab = 'name: x\ntopology:\n  nodes:\n    a: {kind: linux, star§tup-config: a.cfg}\n';
  assert.match(hover({ 'x.clab.yml': lab })[0]!, /^\*\*topology\.nodes\.a\.startup-config\*\*/);
});

test('a word of a router’s language: what it means where it stands', () => {
  const frr = 'frr version 10\nrouter bgp 1\n neighbor 10.0.0.1 remote-as 2\n address-family ipv4 uni§cast\n';
  assert.deepEqual(hover({ 'frr.conf': frr }), ['**address-family ipv4 unicast** — settings for IPv4 routes']);
  const bird = 'router id 1.1.1.1;\nprotocol bgp a {\n  rr cli§ent;\n}\n';
  assert.deepEqual(hover({ 'bird.conf': bird }), ['**rr client** — the neighbour is a client of this route reflector']);
  const boot = (footer: string): string =>
    `protocols {\n    static {\n        route 10.0.0.0/8 {\n            rej§ect {\n            }\n        }\n    }\n}\n${footer}`;
  assert.deepEqual(hover({ 'config.boot': boot('// Release version: 1.4.0\n') }), [
    '**reject** — packets are refused\n\nFrom VyOS 1.4 on.',
  ]);
  assert.deepEqual(hover({ 'config.boot': boot('// Release version: 1.3.7\n') }), []);
  assert.deepEqual(hover({ 'a.vyos': 'set interfaces ethernet eth0 descr§iption uplink\n' }), [
    '**description** — a note',
  ]);
  assert.deepEqual(hover({ 'bird.conf': bird.replace('rr cli§ent', '# rr cli§ent') }), []);
});

test('a field inside a here-document', () => {
  const script =
    'cat <<X | calicoctl apply -f -\napiVersion: projectcalico.org/v3\nkind: IPPool\nspec:\n  nat§Outgoing: true\nX\n';
  assert.match(hover({ 'up.sh': script })[0]!, /^\*\*spec\.natOutgoing\*\* — true or false/);
});

test('a selector: what it matches by name', () => {
  const said = hover({ 'nodes.yaml': NODES, 'p.yaml': peer("  nodeSelector: rack =§= 'r1'\n") });
  assert.ok(said.includes('**Selects 2 of 3 nodes**: `n1`, `n2`'), said.join('\n'));
});

test('a selector that matches nothing: why not, and the nearest label or value', () => {
  const value = hover({ 'nodes.yaml': NODES, 'p.yaml': peer("  peerSelector: rack =§= 'r-1'\n") });
  assert.ok(
    value.includes(
      '**Selects 0 of 3 nodes**\n\nThe label `rack` is there with `r1`, `r2`, which the condition does not take. The nearest is `r1`.',
    ),
    value.join('\n'),
  );
  const label = hover({ 'nodes.yaml': NODES, 'p.yaml': peer("  peerSelector: has(r§acks) && rack == 'r1'\n") });
  assert.ok(
    label.includes('**Selects 0 of 3 nodes**\n\nNothing here has the label `racks`. The nearest is `rack`.'),
    label.join('\n'),
  );
  const both = hover({ 'nodes.yaml': NODES, 'p.yaml': peer("  peerSelector: rack == 'r1§' && rack == 'r2'\n") });
  assert.ok(both.some((text) => text.includes('all together by none')));
});

test('an address: who has it, and what it lies in', () => {
  const said = hover({ 'nodes.yaml': NODES, 'p.yaml': peer('  peerIP: 10.0.0§.2\n  asNumber: 65010\n') });
  assert.ok(
    said.some((text) => /^\*\*10\.0\.0\.2\*\* — private or special address space\n\n`n2` has it\./.test(text)),
    said.join('\n'),
  );
});

test('an address in a router’s configuration and in a script', () => {
  const frr = 'frr version 8.4\nrouter bgp 65001\n neighbor 10.0.0§.1 remote-as 65010\n';
  assert.ok(hover({ 'nodes.yaml': NODES, 'leaf/frr.conf': frr }).some((text) => text.includes('`n1` has it.')));
  const script = '#!/bin/bash\nip route add 10.9.0.0/16 via 10.0.0§.3\n';
  assert.ok(hover({ 'nodes.yaml': NODES, 'up.sh': script }).some((text) => text.includes('`n3` has it.')));
});

test('a CIDR: its size, whose it is, what is in it', () => {
  const pools = `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: outer}
spec: {cidr: 10.0.0§.0/16}
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: inner}
spec: {cidr: 10.0.4.0/24}
`;
  const said = hover({ 'pools.yaml': pools, 'nodes.yaml': NODES });
  const cidr = said.find((text) => text.startsWith('**10.0.0.0/16** — '))!;
  assert.match(cidr, /65,536 addresses, 10\.0\.0\.0 to 10\.0\.255\.255; private/);
  assert.match(cidr, /It is the pool `outer` \(10\.0\.0\.0\/16\)\./);
  assert.match(cidr, /In it are the pool `inner` \(10\.0\.4\.0\/24\), the subnet 10\.0\.0\.0\/24 of the node `n1`/);
});

test('what looks like an address and is none says nothing', () => {
  assert.deepEqual(hover({ 'up.sh': '#!/bin/bash\napt install frr=8.4§.2\n' }), []);
});

test('a node of a lab: effective values and where they come from', () => {
  const lab = `name: l
topology:
  defaults: {env: {TZ: UTC}}
  kinds:
    linux: {image: frrouting/frr, binds: ["daemons:/etc/frr/daemons"]}
  groups:
    tor: {exec: ["ip addr add 10.1.0.1/31 dev eth1"]}
  nodes:
    leaf: {kind: linux, group: tor}
    spine: {kind: linux}
  links:
    - endpoints: ["leaf:eth1", "spi§ne:eth3"]
    - endpoints: ["leaf:eth2", "spine:eth4"]
`;
  const [spine] = hover({ 'l.clab.yml': lab });
  assert.equal(
    spine,
    [
      '**spine**',
      '- kind: `linux`\n- image: `frrouting/frr` (from kind `linux`)\n- binds: `daemons:/etc/frr/daemons` (from kind `linux`)\n- env.TZ: `UTC` (from `defaults`)',
      '- `eth3` ↔ leaf:eth1\n- `eth4` ↔ leaf:eth2',
    ].join('\n\n'),
  );
  const [leaf] = hover({ 'l.clab.yml': lab.replace('spi§ne', 'spine').replace('    leaf:', '    le§af:') });
  assert.match(leaf!, /- exec: `ip addr add 10\.1\.0\.1\/31 dev eth1` \(from group `tor`\)/);
  assert.match(leaf!, /- `eth1` 10\.1\.0\.1\/31 ↔ spine:eth3/);
});

test('an AS number: what its range is for, and who is in it', () => {
  const said = hover({ 'nodes.yaml': NODES, 'p.yaml': peer('  peerIP: 10.0.0.2\n  asNumber: 650§10\n') });
  const text = said.find((one) => one.startsWith('**AS 65010**'))!;
  assert.match(text, /private \(RFC 6996\)/);
  assert.match(text, /3 routers are in it: `n1`, `n2`, `n3`\./);
  const frr = 'frr version 8.4\nrouter bgp 65001\n neighbor 10.0.0.1 remote-as 234§56\n';
  assert.ok(hover({ 'frr.conf': frr }).some((one) => one.includes('AS_TRANS')));
});

test('a rule’s id in a comment', () => {
  const comment = (id: string): string => `# selvage-ignore ${id}\n${node('n1', 'r1', '10.0.0.1/24')}`;
  assert.match(hover({ 'n.yaml': comment('bgp/as-mis§match') })[0]!, /^\*\*bgp\/as-mismatch\*\* \(error\): /);
  assert.match(hover({ 'n.yaml': comment('bgp§/*') })[0]!, /silences \d+ rules here/);
  assert.match(hover({ 'n.yaml': comment('bgp/as-missma§tch') })[0]!, /There is no rule .*`bgp\/as-mismatch`/s);
});

test('everything is said in Chinese, too', () => {
  const at = marked({ 'nodes.yaml': NODES, 'p.yaml': peer("  nodeSelector: rack =§= 'r9'\n") }, '§');
  for (const { text } of hoverAt(at.file, at.offset, at.sites)) assert.match(text['zh-cn'], /[\u4e00-\u9fff]/);
});

test('a selector of Kubernetes’ own: which workloads it is about', () => {
  const pod = (name: string, app: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, labels: {app: ${app}}}\nspec: {containers: []}\n`;
  const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  pod§Selector: {matchLabels: {app: web}}
`;
  const [text] = hover({ 'pods.yaml': `${pod('a', 'web')}---\n${pod('b', 'db')}`, 'policy.yaml': policy });
  assert.equal(text, '**Selects 1 of 2 workloads** in the namespace `shop`: `shop/a`');
});

test('the network’s sessions and blocks are worked out only where the cursor asks for them', () => {
  const asked = (pool: string): readonly string[] => {
    const at = marked({ 'nodes.yaml': NODES, 'p.yaml': `${pool}---\n${peer('  peerIP: 10.0.0.2\n')}` }, '§');
    const names: string[] = [];
    const derive = <T>(derivation: Derivation<T>): T => {
      names.push(derivation.name);
      return at.sites[0]!.derive(derivation);
    };
    hoverAt(at.file, at.offset, [Object.create(at.sites[0]!, { derive: { value: derive } }) as Site]);
    return names;
  };
  const pool =
    'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\nspec:\n  cidr: 10.0.0.0/16\n  ipipMode: Never\n';
  const overMode = asked(pool.replace('ipipMode', 'ipip§Mode'));
  assert.deepEqual(
    overMode.filter((name) => name === 'pool capacity' || name === 'sessions by statement'),
    [],
  );
  assert.ok(asked(pool.replace('10.0.0.0/16', '10.§0.0.0/16')).includes('pool capacity'));
});
