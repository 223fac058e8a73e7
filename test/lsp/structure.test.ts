import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { DocumentSymbol, FoldingRange } from 'vscode-languageserver/node';
import { type Editor, root, startEditor } from './editor.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor();
});
after(() => editor.stop());

async function symbols(path: string, text: string, language: string): Promise<readonly string[]> {
  await editor.open(path, text, language);
  const found = await editor.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: { uri: editor.uri(path) },
  });
  const lines: string[] = [];
  const visit = (symbol: DocumentSymbol, depth: number): void => {
    const { range, selectionRange: selection } = symbol;
    assert.ok(
      range.start.line <= selection.start.line && selection.end.line <= range.end.line,
      `${symbol.name}: its name lies in it`,
    );
    lines.push('  '.repeat(depth) + symbol.name + (symbol.detail ? ` (${symbol.detail})` : ''));
    for (const child of symbol.children ?? []) visit(child, depth + 1);
  };
  for (const symbol of found) visit(symbol, 0);
  return lines;
}

async function folds(path: string): Promise<readonly string[]> {
  const found = await editor.connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', {
    textDocument: { uri: editor.uri(path) },
  });
  return found.map(({ startLine, endLine }) => `${startLine}-${endLine}`);
}

test('objects with their kind and name, and the lists in them', async () => {
  const text = `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.0.0.1
---
name: lab
topology:
  nodes:
    leaf0: {kind: linux}
    leaf1:
      kind: linux
  links:
    - endpoints: ["leaf0:eth1", "leaf1:eth1"]
    - endpoints: ["leaf0:eth2", "leaf1:eth2"]
`;
  assert.deepEqual(await symbols('both.clab.yml', text, 'yaml'), [
    'BGPPeer tor (10.0.0.1)',
    'Topology lab',
    '  nodes',
    '    leaf0',
    '    leaf1',
    '  links',
    '    leaf0:eth1 — leaf1:eth1',
    '    leaf0:eth2 — leaf1:eth2',
  ]);
  assert.deepEqual(await folds('both.clab.yml'), ['0-5', '2-3', '4-5', '6-15', '8-15', '9-12', '11-12', '13-15']);
});

test('a policy: its rules by their action, a single one beside its direction, without what each of them says', async () => {
  const text = `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  types: [Ingress, Egress]
  ingress:
    - action: Allow
      source: {selector: role == 'frontend'}
      destination: {ports: [80]}
    - action: Log
  egress:
    - action: Deny
`;
  assert.deepEqual(await symbols('policy.yaml', text, 'yaml'), [
    'NetworkPolicy web (shop)',
    '  ingress',
    '    Allow',
    '    Log',
    '  egress: Deny',
  ]);
});

test('an FRR configuration: blocks, and one entry a neighbor', async () => {
  const text = `frr version 8.4
! leaf
router bgp 65001
 neighbor 10.0.0.1 remote-as 65002
 neighbor 10.0.0.1 description spine
 address-family ipv4 unicast
  neighbor 10.0.0.1 activate
 exit-address-family
exit
!
route-map ALL permit 10
 set metric 5
exit
`;
  assert.deepEqual(await symbols('frr.conf', text, 'plaintext'), [
    'router bgp 65001',
    '  neighbor 10.0.0.1 (AS 65002)',
    '  address-family ipv4 unicast',
    '    neighbor 10.0.0.1',
    'route-map ALL permit 10',
  ]);
  assert.deepEqual(await folds('frr.conf'), ['2-8', '5-7', '10-12']);
});

test('a VyOS configuration folds at its braces', async () => {
  const text = 'interfaces {\n    ethernet eth0 {\n        address 10.0.0.1/24\n    }\n}\n';
  assert.deepEqual(await symbols('config.boot', text, 'plaintext'), ['interfaces', '  ethernet eth0']);
  assert.deepEqual(await folds('config.boot'), ['0-4', '1-3']);
});

test('comments over lines fold in VyOS and BIRD', async () => {
  const comment = '/* one\n   two\n   three */\n';
  await editor.open('c/config.boot', `${comment}interfaces {\n    ethernet eth0 {\n    }\n}\n`, 'vyos');
  assert.deepEqual(await folds('c/config.boot'), ['0-2', '3-6', '4-5']);
  await editor.open('c/bird.conf', `${comment}router id 1.1.1.1;\n# a\n# b\nprotocol device {\n}\n`, 'bird');
  assert.deepEqual(await folds('c/bird.conf'), ['0-2', '4-5', '6-7']);
});

test('a script: its here-documents and the objects in them', async () => {
  const text =
    'if true; then\n  echo\nfi\ncat <<EOF | kubectl apply -f -\napiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata:\n  name: p\nEOF\n';
  assert.deepEqual(await symbols('x.sh', text, 'shellscript'), ['kubectl apply -f -', '  IPPool p']);
  assert.ok((await folds('x.sh')).includes('0-1'), 'what an editor would fold by itself');
  assert.ok((await folds('x.sh')).includes('3-7'));
});

test('10,000 lines are outlined and folded in a blink', async () => {
  const one = readFileSync(join(root, 'examples', 'broken-fabric', 'fabric.clab.yml'), 'utf8');
  const text = Array.from({ length: Math.ceil(10_000 / one.split('\n').length) }, () => one).join('\n---\n');
  await editor.open('big.clab.yml', text, 'yaml');
  await editor.codes('big.clab.yml');
  const begun = performance.now();
  await editor.connection.sendRequest('textDocument/documentSymbol', {
    textDocument: { uri: editor.uri('big.clab.yml') },
  });
  await folds('big.clab.yml');
  const took = performance.now() - begun;
  // Far above what it takes, far below what anybody would notice: other tests share this machine.
  assert.ok(took < 500, `${took.toFixed(0)} ms`);
});
