import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incomingPeers, outgoingPeers, type PeerCall, peerItemsAt } from '../../server/src/engine/call-hierarchy.ts';
import { linksIn } from '../../server/src/engine/document-links.ts';
import { hoverAt } from '../../server/src/engine/hover.ts';
import { highlightsAt } from '../../server/src/engine/references.ts';
import { selectionSpans } from '../../server/src/engine/selection-ranges.ts';
import { symbolsLike } from '../../server/src/engine/workspace-symbols.ts';
import { fileSpan } from '../../server/src/syntax/place.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { fileOf } from '../bench/manifests.ts';
import { cpuTimeOf } from '../fuzz/cpu-time.ts';
import { marked, shown, uriOf } from './marked.ts';

const LAB = `name: lab
topology:
  kinds:
    linux: {binds: ["daemons:/etc/frr/daemons", /lib/modules:/lib/modules, "logs:/var/log"]}
  nodes:
    leaf:
      kind: linux
      startup-config: __clabNodeName__/start.cfg
      binds:
        - leaf/frr.conf:/etc/frr/frr.conf
        - missing.conf:/etc/x
        - $HOME/y:/y
    server:
      kind: linux
      license: https://example.net/key
`;

/** `line text → target` of the links of one of these files; files in no format that Selvage reads exist as well. */
function links(path: string, files: Readonly<Record<string, string>>): readonly string[] {
  const exists = (uri: string): boolean =>
    Object.keys(files).some((one) => uriOf(one) === uri || uriOf(one).startsWith(`${uri}/`));
  const workspace = new Workspace({ exists } as never);
  workspace.setFolders([{ uri: 'file:///site' }]);
  for (const [one, text] of Object.entries(files)) workspace.setFile(uriOf(one), text);
  const file = workspace.file(uriOf(path))!;
  const isFolder = (uri: string): boolean => Object.keys(files).some((one) => uriOf(one).startsWith(`${uri}/`));
  return linksIn(file, workspace.sitesOf(file.uri), isFolder).map(({ span, target }) => {
    const line = file.text.slice(0, span[0]).split('\n').length;
    return `${line} ${file.text.slice(...span)} → ${target.replace('file:///site/', '')}`;
  });
}

test('a topology leads to what it mounts and starts from; folders, the machine’s own files and missing ones do not', () => {
  const files = {
    'l.clab.yml': LAB,
    daemons: 'bgpd=yes',
    'leaf/frr.conf': 'frr version 8',
    'leaf/start.cfg': '',
    'logs/a': '',
  };
  assert.deepEqual(links('l.clab.yml', files), [
    '4 daemons → daemons',
    '8 __clabNodeName__/start.cfg → leaf/start.cfg',
    '10 leaf/frr.conf → leaf/frr.conf',
    '15 https://example.net/key → https://example.net/key',
  ]);
});

test('a script leads to the manifests that it applies', () => {
  const script = `#!/bin/bash
cd "$(dirname "$0")"
kubectl apply -f "calico/pools.yaml" --filename=peers.yaml -f missing.yaml
sudo calicoctl apply -f peers.yaml
kubectl apply -f https://example.net/tigera.yaml -f - <<X
apiVersion: v1
X
sudo containerlab deploy -t l.clab.yml
kubectl apply -f $FILE
`;
  const files = { 'up.sh': script, 'calico/pools.yaml': '', 'peers.yaml': '', 'l.clab.yml': LAB };
  assert.deepEqual(links('up.sh', files), [
    '3 calico/pools.yaml → calico/pools.yaml',
    '3 peers.yaml → peers.yaml',
    '4 peers.yaml → peers.yaml',
    '5 https://example.net/tigera.yaml → https://example.net/tigera.yaml',
    '8 l.clab.yml → l.clab.yml',
  ]);
});

const NODES = `apiVersion: projectcalico.org/v3
kind: Node
metadata: {name: n1}
spec: {bgp: {ipv4Address: 10.0.0.1/24, asNumber: 65010}}
---
apiVersion: projectcalico.org/v3
kind: Node
metadata: {name: n2}
spec: {bgp: {ipv4Address: 10.0.0.2/24, asNumber: 65010}}
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: tor}
spec: {peerIP: 10.0.0.254, asNumber: 65000}
`;
const TOR = `frr version 8.4
hostname tor-a
interface eth1
 ip address 10.0.0.254/24
exit
router bgp 65000
 no bgp ebgp-requires-policy
 neighbor 10.0.0.1 remote-as 65010
 neighbor 10.0.0.2 remote-as 65099
exit
route-map OUT permit 10
exit
`;

test('who peers with whom: a router’s sessions by its own word, and by others’', () => {
  const at = marked({ 'nodes.yaml': NODES, 'tor/frr.conf': TOR.replace('router bgp 65000', 'router bgp 650|00') });
  const [item] = peerItemsAt(at.file, at.offset, at.sites);
  assert.equal(item?.router, 'tor-a');
  assert.equal(item?.asn, 65000);
  const told = (calls: readonly PeerCall[]): readonly string[] =>
    calls.map(
      ({ item: { router }, state, places }) =>
        `${router} ${state.en} (${places.map((place) => shown(at, { file: place.doc.file, span: fileSpan(place) })).join(', ')})`,
    );
  assert.deepEqual(told(outgoingPeers(item!, at.sites)), [
    'n1 up (tor/frr.conf:8 10.0.0.1)',
    'n2 down: as-mismatch (tor/frr.conf:9 10.0.0.2)',
  ]);
  assert.deepEqual(told(incomingPeers(item!, at.sites)), [
    'n1 up (nodes.yaml:13 tor)',
    'n2 down: as-mismatch (nodes.yaml:13 tor)',
  ]);
});

test('a node of a cluster is a router; those of its mesh call it and are called', () => {
  const at = marked({ 'nodes.yaml': NODES.replace('name: n1', 'name: n|1'), 'tor/frr.conf': TOR });
  const [item] = peerItemsAt(at.file, at.offset, at.sites);
  const names = (calls: readonly PeerCall[]): readonly string[] => calls.map(({ item: one }) => one.router).sort();
  assert.deepEqual(names(outgoingPeers(item!, at.sites)), ['n2', 'tor-a']);
  assert.deepEqual(names(incomingPeers(item!, at.sites)), ['n2', 'tor-a']);
});

test('symbols of the whole workspace: the best match first', () => {
  const { workspace } = marked({ 'nodes.yaml': NODES, 'tor/frr.conf': TOR, 'l.clab.yml': LAB, 'x.yaml': `${NODES}|` });
  const found = (query: string): readonly string[] =>
    symbolsLike(query, workspace.files).map(({ name, container }) => `${name} (${container})`);
  assert.deepEqual(found('tor'), [
    'tor (BGPPeer)',
    'tor (BGPPeer)',
    'tor-a (router, AS 65000)',
    'OUT (route-map of tor-a)',
  ]);
  assert.equal(found('OUT')[0], 'OUT (route-map of tor-a)');
  assert.deepEqual(found('lea'), ['leaf (node of lab)']);
  assert.ok(found('bgppeer').includes('tor (BGPPeer)'));
});

/** What a selection grows to. */
function grown(files: Readonly<Record<string, string>>, cursor = '|'): readonly string[] {
  const { file, offset } = marked(files, cursor);
  return selectionSpans(file, offset).map((span) => file.text.slice(...span));
}

test('a selection grows by the grammar of what it is in', () => {
  const peer = "kind: BGPPeer\napiVersion: projectcalico.org/v3\nspec:\n  nodeSelector: has(a) && rack == 'r§1'\n";
  assert.deepEqual(grown({ 'p.yaml': peer }, '§').slice(0, 5), [
    'r1',
    "rack == 'r1'",
    "has(a) && rack == 'r1'",
    "nodeSelector: has(a) && rack == 'r1'",
    "spec:\n  nodeSelector: has(a) && rack == 'r1'",
  ]);
  assert.deepEqual(grown({ 'frr.conf': TOR.replace('10.0.0.2 remote', '10.0|.0.2 remote') }).slice(0, 3), [
    '10.0.0.2',
    'neighbor 10.0.0.2 remote-as 65099',
    TOR.slice(TOR.indexOf('router bgp'), TOR.indexOf('\nroute-map')),
  ]);
  const script = 'ls\ncat <<X | kubectl apply -f -\nkind: Node\nmetadata: {name: n§1}\nX\n';
  assert.deepEqual(grown({ 'up.sh': script }, '§').slice(0, 4), [
    'n1',
    'name: n1',
    '{name: n1}',
    'metadata: {name: n1}',
  ]);
});

test('right after an edit in 10,000 lines, hover, marks and symbols take less than 10 ms each', () => {
  const edited = fileOf(10_000);
  const uri = uriOf('f.yaml');
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///site' }]);
  const texts = [edited.text, edited.text.replace(edited.before, edited.after)];
  const offset = edited.text.indexOf(edited.before) + 3;
  const questions: Readonly<Record<string, () => unknown>> = {
    hover: () => hoverAt(workspace.file(uri)!, offset, workspace.sitesOf(uri)),
    marks: () => highlightsAt(workspace.file(uri)!, offset, workspace.sitesOf(uri)),
    symbols: () => symbolsLike('pool', workspace.files),
  };
  for (const [name, ask] of Object.entries(questions)) {
    const times = Array.from({ length: 25 }, (_, run) => {
      workspace.setFile(uri, texts[run % 2]!);
      return cpuTimeOf(ask);
    }).toSorted((a, b) => a - b);
    assert.ok(times[12]! < 10, `${name}: ${times[12]!.toFixed(1)} ms of CPU`);
  }
});
