import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offered } from './marked.ts';

const LAB = `name: fabric
topology:
  nodes:
    leaf0: {kind: linux, image: "bird:2", binds: ["leaf0/bird.conf:/etc/bird/bird.conf"], exec: ["ip addr add 10.1.0.2/30 dev eth1"]}
    spine0: {kind: linux, image: "frrouting/frr:v8.4.4", binds: ["spine0/frr.conf:/etc/frr/frr.conf"]}
  links:
    - endpoints: ["leaf0:eth1", "spine0:eth1"]
`;
const SPINE = `hostname spine0
interface eth1
 ip address 10.1.0.1/30
exit
router bgp 65100
 neighbor 10.1.0.2 remote-as 65001
exit
`;
const leaf = (session: string, after = ''): string => `router id 10.1.0.2;
define PODS = [ 10.244.0.0/16+ ];
ipv4 table back;
function ours() { return net ~ PODS; }
filter pods { if ours() then accept; reject; }
template bgp fabric {
\tlocal as 65001;
}
protocol bgp up {
\tlocal as 65001;
${session}
}
${after}`;
const at = (text: string) => offered({ 'lab.clab.yml': LAB, 'spine0/frr.conf': SPINE, 'leaf0/bird.conf': text });

test('a neighbour is whoever is on the link, with its AS', () => {
  const peer = at(leaf('\tneighbor |;'));
  assert.equal(peer.labels[0], '10.1.0.1');
  assert.equal(peer.detail('10.1.0.1'), 'spine0 eth1, AS 65100');
  assert.equal(peer.accept('10.1.0.1'), leaf('\tneighbor 10.1.0.1|;'));
  assert.deepEqual(at(leaf('\tneighbor 10.1.0.1 as |')).labels.slice(0, 2), ['65100', '65001']);
  assert.deepEqual(at(leaf('\tneighbor 10.1.0.1 |')).labels, ['as', 'internal', 'external', 'port']);
  assert.deepEqual(at(leaf('\tsource address |;')).labels, ['10.1.0.2']);
  assert.equal(at(leaf('', 'protocol static {\n\troute 10.9.0.0/16 via |\n}\n')).labels[0], '10.1.0.1');
});

test('names of the file where they can be used, even while the statement is half typed', () => {
  assert.deepEqual(at(leaf('\tipv4 { import filter | };')).labels, ['pods']);
  assert.deepEqual(at(leaf('\tipv4 {\n\t\timport filter p|\n\t\texport none;\n\t};')).labels, ['pods']);
  assert.deepEqual(at(leaf('', 'protocol bgp down from |')).labels, ['fabric']);
  assert.deepEqual(at(leaf('\tipv4 { table | };')).labels, ['back']);
  assert.ok(at(leaf('\tipv4 { export where | };')).labels.includes('ours'));
  assert.ok(at(leaf('', 'filter x {\n\tif |\n}\n')).labels.includes('ours'));
});

test('statements by the block that they stand in', () => {
  const session = at(leaf('\t|'));
  assert.ok(session.labels.includes('neighbor') && session.labels.includes('rr client'));
  assert.ok(!session.labels.includes('route'));
  assert.equal(session.accept('ipv4'), leaf('\tipv4 {\n\t\t|\n\t};'));
  assert.equal(session.accept('passive'), leaf('\tpassive;|'));
  assert.deepEqual(at(leaf('\tipv4 { import | };')).labels, ['all', 'none', 'filter', 'where']);
  assert.ok(at(leaf('', 'protocol static {\n\t|\n}\n')).labels.includes('route'));
  assert.ok(at(leaf('', 'filter x {\n\t|\n}\n')).labels.includes('accept'));
  assert.ok(at(leaf('', '|')).labels.includes('protocol bgp'));
  assert.deepEqual(at(leaf('\t# neighbor |')).labels, []);
  assert.deepEqual(at(leaf('\tdescription "neighbor |";')).labels, []);
});
