import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LinkedEditingRanges } from 'vscode-languageserver/node';
import { type Editor, startEditor } from './editor.ts';

const LAB = `name: fabric
topology:
  nodes:
    leaf0: {kind: linux}
    spine0:
      kind: linux
      stages: {create: {wait-for: [{node: leaf0, stage: healthy}]}}
    n1: {kind: linux}
  links:
    - endpoints: ["leaf0:eth1", "spine0:eth1"]
    - endpoints: ["leaf0:eth2", 'n1:eth1']
`;
const NODE =
  'apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: n1}\nspec: {bgp: {ipv4Address: 10.0.0.1/24}}\n';
const FRR = `frr defaults datacenter
router bgp 65000
 neighbor 10.0.0.11 remote-as 64512
 address-family ipv4 unicast
  neighbor 10.0.0.11 route-map IN in
 exit-address-family
exit
ip prefix-list IN seq 5 permit 10.0.0.0/8
route-map IN permit 10
exit
route-map IN deny 20
exit
`;

let editor: Editor;
before(async () => {
  editor = await startEditor({ files: { 'x.clab.yml': LAB, 'node.yaml': NODE, 'r/frr.conf': FRR } });
  await editor.ready();
  await editor.open('x.clab.yml', LAB);
  await editor.open('r/frr.conf', FRR, 'frr');
});
after(() => editor.stop());

/** The file with what is typed as one in brackets, asked at the `|` of a piece of it. */
async function linked(path: string, text: string, marked: string): Promise<string | null> {
  const [before, after] = marked.split('|') as [string, string];
  const lines = text.slice(0, text.indexOf(before + after) + before.length).split('\n');
  const answer = await editor.connection.sendRequest<LinkedEditingRanges | null>('textDocument/linkedEditingRange', {
    textDocument: { uri: editor.uri(path) },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  });
  if (answer === null) return null;
  const rows = text.split('\n');
  for (const { start, end } of answer.ranges.toReversed()) {
    const row = rows[start.line]!;
    const name = row.slice(start.character, end.character);
    assert.match(name, new RegExp(`^${answer.wordPattern}$`));
    rows[start.line] = `${row.slice(0, start.character)}[${name}]${row.slice(end.character)}`;
  }
  return rows.join('\n');
}

test('a node is typed at its key, in links and in wait-for at once', async () => {
  const all = LAB.replaceAll('leaf0', '[leaf0]');
  assert.equal(await linked('x.clab.yml', LAB, '    le|af0: {'), all);
  assert.equal(await linked('x.clab.yml', LAB, '["leaf0|:eth1"'), all);
});

test('a name that another file has too is left to renaming', async () => {
  assert.equal(await linked('x.clab.yml', LAB, '    n|1: {'), null);
  assert.equal(await linked('x.clab.yml', LAB, 'kind: lin|ux'), null);
});

test('while two nodes have one name, neither takes the other along', async () => {
  const text = LAB.replace('spine0:\n', 'leaf0:\n');
  await editor.type('x.clab.yml', 2, text);
  assert.equal(await linked('x.clab.yml', text, '    le|af0: {'), null);
  await editor.type('x.clab.yml', 3, LAB);
});

test('a route-map is typed in all its entries and uses; a prefix-list of the same name is another thing', async () => {
  assert.equal(
    await linked('r/frr.conf', FRR, 'route-map I|N permit'),
    FRR.replaceAll('route-map IN', 'route-map [IN]'),
  );
  assert.equal(await linked('r/frr.conf', FRR, 'prefix-list I|N seq'), null);
});
