import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CodeLens, InlayHint } from 'vscode-languageserver/node';
import { BUILT_SERVER, type Editor, startEditor } from './editor.ts';
import { pool } from './texts.ts';

const NODES = ['n1', 'n2']
  .map(
    (name) => `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: ${name}, labels: {rack: a}}\nspec: {}\n`,
  )
  .join('---\n');
const POOL = `${pool('a', '10.1.0.0/16')}  nodeSelector: rack == "a"\n`;

let editor: Editor;
before(async () => {
  editor = await startEditor({ server: BUILT_SERVER, files: { 'nodes.yaml': NODES, 'pool.yaml': POOL } });
  await editor.ready();
});
after(() => editor.stop());

async function hints(firstLine = 0, lastLine = 100): Promise<readonly string[]> {
  const range = { start: { line: firstLine, character: 0 }, end: { line: lastLine, character: 0 } };
  const textDocument = { uri: editor.uri('pool.yaml') };
  const found = await editor.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument, range });
  return found.map(({ position, label }) => `${position.line}:${position.character} ${label}`);
}

test('hints of a file and of a part of it; another file changes them', async () => {
  assert.deepEqual(await hints(), ['5:19 65,536 addresses', '5:19 1,024 blocks of 64', '6:27 matches 2 nodes']);
  assert.deepEqual(await hints(6), ['6:27 matches 2 nodes']);
  await editor.open('nodes.yaml', NODES.replace('rack: a', 'rack: b'));
  assert.deepEqual(await hints(6), ['6:27 matches 1 node']);
});

test('each kind of hint, and each kind of lens, has a switch', async () => {
  const change = (settings: unknown): Promise<void> => {
    editor.settings(settings);
    return editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  };
  await change({ inlayHints: { addresses: false, selectors: false } });
  assert.deepEqual(await hints(), ['5:19 1,024 blocks of 64']);
  await change({ inlayHints: { blocks: false } });
  assert.deepEqual(await hints(0, 6), ['5:19 65,536 addresses']);

  const peers = `apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: tor\nspec:\n  peerIP: 10.0.0.254\n  asNumber: 65001\n`;
  const nodes = NODES.replaceAll('spec: {}', 'spec: {bgp: {ipv4Address: 10.0.0.1/24}}').replace(
    '10.0.0.1/24',
    '10.0.0.2/24',
  );
  await editor.open('fabric.yaml', `${nodes}---\n${peers}`);
  const lenses = (): Promise<CodeLens[]> =>
    editor.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: editor.uri('fabric.yaml') } });
  assert.equal((await lenses()).length, 1);
  await change({ codeLens: { sessions: false } });
  assert.deepEqual(await lenses(), []);
});
