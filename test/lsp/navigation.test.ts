import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  DocumentHighlight,
  DocumentLink,
  Hover,
  Location,
  Position,
  SelectionRange,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applied, BUILT_SERVER, type Editor, startEditor } from './editor.ts';

const LAB = `name: fabric
topology:
  nodes:
    leaf: {kind: linux, image: "frrouting/frr:8.4.4", binds: ["leaf/frr.conf:/etc/frr/frr.conf"]}
    n1: {kind: linux, exec: ["ip addr add 10.0.0.11/24 dev eth1"]}
  links:
    - endpoints: ["leaf:eth1", "n1:eth1"]
`;
const LEAF = `frr defaults datacenter
hostname leaf
interface eth1
 ip address 10.0.0.1/24
exit
router bgp 65000
 neighbor 10.0.0.11 remote-as 64512
 address-family ipv4 unicast
  neighbor 10.0.0.11 route-map IN in
 exit-address-family
exit
route-map IN permit 10
exit
`;
const CALICO = `apiVersion: projectcalico.org/v3
kind: Node
metadata: {name: n1, labels: {rack: r1}}
spec: {bgp: {ipv4Address: 10.0.0.11/24}}
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {nodeToNodeMeshEnabled: false}
`;
const SCRIPT = `#!/bin/bash
kubectl apply -f calico.yaml
cat <<EOF | calicoctl apply -f -
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: to-leaf
spec:
  node: n1
  peerIP: 10.0.0.1
  asNumber: 65000
EOF
`;
const FILES: Readonly<Record<string, string>> = {
  'lab.clab.yml': LAB,
  'leaf/frr.conf': LEAF,
  'calico.yaml': CALICO,
  'up.sh': SCRIPT,
};

let editor: Editor;
before(async () => {
  editor = await startEditor({ files: FILES, server: BUILT_SERVER });
  await editor.ready();
  await editor.open('calico.yaml', CALICO);
});
after(() => editor.stop());

/** Where a word stands in a file; inside it, behind its first letter. */
function at(path: string, word: string): { textDocument: { uri: string }; position: Position } {
  const before = FILES[path]!.slice(0, FILES[path]!.indexOf(word)).split('\n');
  return {
    textDocument: { uri: editor.uri(path) },
    position: { line: before.length - 1, character: before.at(-1)!.length + 1 },
  };
}

/** `path:line` of a location. */
function told({ uri, range }: Pick<Location, 'uri' | 'range'>): string {
  const path = Object.keys(FILES).find((one) => editor.uri(one) === uri) ?? uri;
  return `${path}:${range.start.line + 1}`;
}

const ask = <T>(method: string, params: object): Promise<T> => editor.connection.sendRequest<T>(method, params);

test('the definition of a node that a peer in a here-document names', async () => {
  const found = await ask<Location[]>('textDocument/definition', at('up.sh', 'n1\n  peerIP'));
  assert.deepEqual(found.map(told).sort(), ['calico.yaml:3', 'lab.clab.yml:5']);
});

test('references with and without the definition', async () => {
  const all = (includeDeclaration: boolean) =>
    ask<Location[]>('textDocument/references', { ...at('leaf/frr.conf', 'IN in'), context: { includeDeclaration } });
  assert.deepEqual((await all(true)).map(told), ['leaf/frr.conf:12', 'leaf/frr.conf:9']);
  assert.deepEqual((await all(false)).map(told), ['leaf/frr.conf:9']);
});

test('marks in the file that is shown', async () => {
  const marks = await ask<DocumentHighlight[]>('textDocument/documentHighlight', at('lab.clab.yml', 'leaf:eth1'));
  assert.deepEqual(
    marks.map(({ range, kind }) => [range.start.line + 1, kind]),
    [
      [4, 3],
      [7, 2],
    ],
  );
});

test('a node gets another name in every file and format at once', async () => {
  const place = at('calico.yaml', 'n1, labels');
  const prepared = await ask<{ placeholder: string }>('textDocument/prepareRename', place);
  assert.equal(prepared.placeholder, 'n1');
  const edit = await ask<WorkspaceEdit>('textDocument/rename', { ...place, newName: 'worker-1' });
  const text = (path: string): string => applied(FILES[path]!, edit, editor.uri(path));
  assert.equal(text('calico.yaml'), CALICO.replace('name: n1', 'name: worker-1'));
  assert.equal(text('lab.clab.yml'), LAB.replace('n1: {', 'worker-1: {').replace('"n1:eth1"', '"worker-1:eth1"'));
  assert.equal(text('up.sh'), SCRIPT.replace('node: n1', 'node: worker-1'));
  assert.equal(text('leaf/frr.conf'), LEAF);
});

test('a refusal is a sentence in the editor’s language', async () => {
  const place = at('calico.yaml', 'n1, labels');
  await assert.rejects(
    ask('textDocument/rename', { ...place, newName: 'leaf' }),
    /There is a node `leaf` already\. Choose another name\./,
  );
  await assert.rejects(ask('textDocument/prepareRename', at('calico.yaml', 'kind: Node')), /Nothing here is the name/);
  const chinese = await startEditor({ files: FILES, server: BUILT_SERVER, locale: 'zh-CN' });
  await chinese.ready();
  const asked = { ...place, textDocument: { uri: chinese.uri('calico.yaml') }, newName: 'leaf' };
  await assert.rejects(chinese.connection.sendRequest('textDocument/rename', asked), /已经有名为/);
  await chinese.stop();
});

test('links of a topology and of a script', async () => {
  const links = async (path: string): Promise<readonly string[]> =>
    (await ask<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: editor.uri(path) } })).map(
      ({ target, range }) => told({ uri: target!, range }),
    );
  assert.deepEqual(await links('lab.clab.yml'), ['leaf/frr.conf:4']);
  assert.deepEqual(await links('up.sh'), ['calico.yaml:2']);
});

test('symbols of the workspace', async () => {
  const found = await ask<SymbolInformation[]>('workspace/symbol', { query: 'leaf' });
  assert.deepEqual(
    found.slice(0, 3).map(({ name, containerName, location }) => `${name} (${containerName}) ${told(location)}`),
    ['leaf (node of fabric) lab.clab.yml:4', 'leaf (router, AS 65000) leaf/frr.conf:2', 'to-leaf (BGPPeer) up.sh:7'],
  );
});

test('who peers with a router', async () => {
  const [item] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at('leaf/frr.conf', '65000\n'));
  assert.equal(item?.name, 'leaf');
  const calls = await ask<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
  assert.deepEqual(
    calls.map(({ from }) => `${from.name} ${from.detail} ${told(from)}`),
    ['n1 AS 64512 · up calico.yaml:3'],
  );
});

test('a selection grows', async () => {
  const { textDocument, position } = at('calico.yaml', 'r1}');
  const [range] = await ask<SelectionRange[]>('textDocument/selectionRange', { textDocument, positions: [position] });
  const widths: number[] = [];
  for (let one: SelectionRange | undefined = range; one !== undefined; one = one.parent)
    widths.push((one.range.end.line - one.range.start.line) * 1000 + one.range.end.character);
  assert.ok(widths.length > 5, `${widths.length} steps from a word to the file`);
});

test('hover tells of the field, in an unsaved buffer', async () => {
  const changed = CALICO.replace('spec: {nodeToNodeMeshEnabled: false}', 'spec: {asNumber: 65000}');
  await editor.type('calico.yaml', 2, changed);
  const before = changed.slice(0, changed.indexOf('asNumber')).split('\n');
  const hover = await ask<Hover>('textDocument/hover', {
    textDocument: { uri: editor.uri('calico.yaml') },
    position: { line: before.length - 1, character: before.at(-1)!.length + 2 },
  });
  assert.match((hover.contents as { value: string }).value, /^\*\*spec\.asNumber\*\*/);
  await editor.type('calico.yaml', 3, CALICO);
});
