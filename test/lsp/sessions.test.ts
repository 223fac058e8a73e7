import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CodeLens, Hover } from 'vscode-languageserver/node';
import { type Editor, startEditor } from './editor.ts';

const LAB = `name: fabric
topology:
  nodes:
    leaf: {kind: linux, image: "frrouting/frr:8.4.4", binds: ["leaf/frr.conf:/etc/frr/frr.conf"]}
    n1: {kind: linux, exec: ["ip addr add 10.0.0.11/24 dev eth1"]}
    n2: {kind: linux, exec: ["ip addr add 10.0.0.12/24 dev eth1"]}
    br: {kind: bridge}
  links:
    - endpoints: ["leaf:eth1", "br:l"]
    - endpoints: ["n1:eth1", "br:a"]
    - endpoints: ["n2:eth1", "br:b"]
`;
const LEAF = `frr defaults datacenter
hostname leaf
interface eth1
 ip address 10.0.0.1/24
exit
router bgp 65000
 neighbor 10.0.0.11 remote-as 64512
 neighbor 10.0.0.12 remote-as 64999
 address-family ipv4 unicast
  neighbor 10.0.0.12 activate
 exit-address-family
exit
`;
const node = (name: string, host: number): string =>
  `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: ${name}}\nspec: {bgp: {ipv4Address: 10.0.0.${host}/24}}\n`;
const CALICO = `${node('n1', 11)}---\n${node('n2', 12)}---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {nodeToNodeMeshEnabled: false}
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: to-leaf
spec:
  peerIP: 10.0.0.1
  asNumber: 65000
`;

let editor: Editor;
before(async () => {
  const files = { 'lab.clab.yml': LAB, 'leaf/frr.conf': LEAF, 'calico.yaml': CALICO };
  editor = await startEditor({ files, initializationOptions: { explainsSessions: true } });
  await editor.ready();
  await editor.open('calico.yaml', CALICO);
  await editor.open('leaf/frr.conf', LEAF, 'plaintext');
});
after(() => editor.stop());

function at(text: string, word: string): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length + 1 };
}

async function hovered(path: string, text: string, word: string): Promise<string | undefined> {
  const answer = await editor.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri: editor.uri(path) },
    position: at(text, word),
  });
  return answer === null ? undefined : (answer.contents as { value: string }).value;
}

async function lenses(path: string): Promise<readonly CodeLens[]> {
  const found = await editor.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
    textDocument: { uri: editor.uri(path) },
  });
  return found;
}

test('a lens above the BGPPeer and the configuration counts sessions and names what is wrong', async () => {
  const shown = (await lenses('calico.yaml')).map(({ range, command }) => `${range.start.line} ${command?.title}`);
  assert.deepEqual(shown, ['12 1 of 2 sessions up · n2: as-mismatch', '18 1 of 2 sessions up · n2: as-mismatch']);
  const [router] = await lenses('leaf/frr.conf');
  assert.equal(router?.command?.title, '1 of 2 sessions up · n2: as-mismatch');
});

test('hovering over a peer, a node and a neighbour shows their sessions, the broken ones first', async () => {
  const peer = await hovered('calico.yaml', CALICO, 'to-leaf');
  assert.match(peer!, /\*\*1 of 2 sessions up · n2: as-mismatch\*\*\n\n- `n2` ↔ `leaf` \(10\.0\.0\.1\): \*\*down\*\*/);
  assert.ok((await hovered('calico.yaml', CALICO, '10.0.0.1\n'))!.startsWith(peer!), 'the address has more to tell');
  assert.match((await hovered('calico.yaml', CALICO, 'n1'))!, /1 of 1 sessions up/);
  assert.match((await hovered('leaf/frr.conf', LEAF, '10.0.0.12 activate'))!, /as-mismatch/);
  assert.doesNotMatch((await hovered('leaf/frr.conf', LEAF, 'address-family'))!, /sessions/);
});

test('“Why is this down?” tells both ends, and where each is written', async () => {
  const [, peer] = await lenses('calico.yaml');
  const [uri, position] = peer!.command!.arguments as [string, { line: number; character: number }];
  const page = await editor.connection.sendRequest<string>('selvage/explainSessions', { uri, position });
  assert.match(page, /^# to-leaf\n\n## n2 ↔ leaf: as-mismatch\n/);
  assert.match(
    page,
    /`n2` \(AS 64512\) asks 10\.0\.0\.1 from 10\.0\.0\.12 and expects AS 65000\. \(\[calico\.yaml:19\]/,
  );
  assert.match(page, /`leaf` \(AS 65000\) expects AS 64999 at 10\.0\.0\.12\. \(\[frr\.conf:8\]/);
});

test('what is asked for where nothing states a session', async () => {
  const ask = (params: unknown) => editor.connection.sendRequest('selvage/explainSessions', params);
  assert.equal(await ask({ uri: editor.uri('lab.clab.yml'), position: { line: 0, character: 0 } }), null);
  assert.equal(await ask({ uri: 'file:///nowhere', position: { line: 0, character: 0 } }), null);
  assert.equal(await ask(null), null);
});

test('the lens follows what is typed', async () => {
  await editor.type('leaf/frr.conf', 2, LEAF.replace('64999', '64512'));
  assert.equal((await lenses('calico.yaml'))[1]?.command?.title, '2 of 2 sessions up');
  assert.equal((await lenses('calico.yaml'))[1]?.command?.command, '');
  await editor.type('leaf/frr.conf', 3, LEAF);
});
