import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CompletionItem, CompletionList } from 'vscode-languageserver/node';
import { BUILT_SERVER, type Editor, MODERN, startEditor } from './editor.ts';

const POOL = `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.20.0.0/16
`;

const EDITOR = {
  ...MODERN,
  textDocument: {
    ...MODERN.textDocument,
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1 as const] } } },
  },
};

let editor: Editor;
before(async () => {
  editor = await startEditor({ server: BUILT_SERVER, files: { 'pool.yaml': POOL }, capabilities: EDITOR });
  await editor.ready();
  await editor.open('pool.yaml', POOL);
});
after(() => editor.stop());

let version = 1;
/** What is offered at the `|` of a text that is typed into the open file. */
async function at(marked: string, of = editor, trigger?: string): Promise<readonly CompletionItem[]> {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  await of.type('pool.yaml', ++version, text);
  const lines = marked.slice(0, offset).split('\n');
  const answer = await of.connection.sendRequest<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: of.uri('pool.yaml') },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
    context: trigger === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter: trigger },
  });
  return answer?.items ?? [];
}

test('a field is offered with the edit that writes it, and its documentation when it is looked at', async () => {
  const items = await at(`${POOL}  bl|`);
  const block = items.find(({ label }) => label === 'blockSize')!;
  assert.deepEqual(block.textEdit, {
    range: { start: { line: 6, character: 2 }, end: { line: 6, character: 4 } },
    newText: 'blockSize: ',
  });
  assert.equal(block.insertTextMode, 1);
  assert.equal(block.documentation, undefined);
  const resolved = await editor.connection.sendRequest<CompletionItem>('completionItem/resolve', block);
  assert.match((resolved.documentation as { value: string }).value, /26/);
  assert.ok(items.every((item, index) => item.sortText! > (items[index - 1]?.sortText ?? '')));
});

test('enum values, and the place where the cursor stops in a mapping', async () => {
  assert.deepEqual((await at(`${POOL}  ipipMode: |`)).map(({ label }) => label).sort(), [
    'Always',
    'CrossSubnet',
    'Never',
  ]);
  const [metadata] = (await at('apiVersion: projectcalico.org/v3\nkind: IPPool\nmet|')).filter(
    ({ label }) => label === 'metadata',
  );
  assert.equal(metadata!.insertTextFormat, 2);
  assert.match((metadata!.textEdit as { newText: string }).newText, /^metadata:\n {2}name: \$\{1\}$/);
});

test('a kind brings its apiVersion along as an edit of its own', async () => {
  const items = await at('metadata:\n  name: a\nkind: IPP|');
  const pool = items.find(({ label }) => label === 'IPPool')!;
  assert.deepEqual(pool.additionalTextEdits, [
    {
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
      newText: 'apiVersion: projectcalico.org/v3\n',
    },
  ]);
  assert.deepEqual((pool.textEdit as { range: unknown }).range, {
    start: { line: 2, character: 6 },
    end: { line: 2, character: 9 },
  });
});

test('a selector in a block scalar is completed in its own line of the file', async () => {
  const network = `${POOL}---\napiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: n1, labels: {rack: r1}}\n---\n`;
  const peer = `${network}apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: p}\nspec:\n  nodeSelector: >-\n`;
  const line = peer.split('\n').length;
  const [label] = await at(`${peer}    has(zone) &&\n    ra|\n  asNumber: 65000\n`);
  assert.deepEqual(
    [label!.label, label!.textEdit],
    ['rack', { range: { start: { line, character: 4 }, end: { line, character: 6 } }, newText: 'rack' }],
  );
  const [value] = await at(`${peer}    has(zone) &&\n    rack == "r|"\n  asNumber: 65000\n`);
  assert.deepEqual(value!.textEdit, {
    range: { start: { line, character: 12 }, end: { line, character: 15 } },
    newText: '"r1"',
  });
  assert.deepEqual((await at(`${peer}    has(zone)\n    rack |\n`)).map(({ label: one }) => one).slice(0, 3), [
    '==',
    '!=',
    'in',
  ]);
});

test('indenting a line is no question', async () => {
  assert.deepEqual(await at(`${POOL}  |`, editor, ' '), []);
  assert.notEqual((await at(`${POOL}  |`)).length, 0);
  assert.notEqual((await at(`${POOL}  ipipMode: |`, editor, ' ')).length, 0);
});

test('an editor without snippets gets plain text, in its language', async () => {
  const plain = await startEditor({ server: BUILT_SERVER, files: { 'pool.yaml': POOL }, locale: 'zh-CN' });
  try {
    await plain.ready();
    await plain.open('pool.yaml', POOL);
    const items = await at('apiVersion: projectcalico.org/v3\nkind: IPPool\nmet|', plain);
    const metadata = items.find(({ label }) => label === 'metadata')!;
    assert.equal(metadata.insertTextFormat, 1);
    assert.equal((metadata.textEdit as { newText: string }).newText, 'metadata:\n  name: ');
    assert.match(metadata.detail!, /映射/);
  } finally {
    await plain.stop();
  }
});

test('nothing where nothing is known, and for a file that is not there', async () => {
  assert.deepEqual(await at('services:\n  web:\n    |'), []);
  const answer = await editor.connection.sendRequest('textDocument/completion', {
    textDocument: { uri: 'file:///nowhere.yaml' },
    position: { line: 0, character: 0 },
  });
  assert.equal(answer, null);
  const stale = { label: 'x', data: [0, 5] };
  assert.deepEqual(await editor.connection.sendRequest('completionItem/resolve', stale), stale);
});

test('what the network says is beside every proposal where the editor shows that', async () => {
  const network = `${POOL}---\napiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: n1, labels: {rack: r1}}\n---\n`;
  const peer = `${network}apiVersion: projectcalico.org/v3\nkind: BGPPeer\nspec:\n  node: |`;
  const item = { snippetSupport: true, labelDetailsSupport: true };
  const capabilities = { ...EDITOR, textDocument: { ...EDITOR.textDocument, completion: { completionItem: item } } };
  const rich = await startEditor({ server: BUILT_SERVER, files: { 'pool.yaml': POOL }, capabilities });
  try {
    await rich.ready();
    await rich.open('pool.yaml', POOL);
    const [first] = await at(peer, rich);
    assert.deepEqual([first!.label, first!.labelDetails], ['n1', { description: 'rack=r1' }]);
  } finally {
    await rich.stop();
  }
});

test('it can be switched off', async () => {
  const quiet = await startEditor({
    server: BUILT_SERVER,
    files: { 'pool.yaml': POOL },
    settings: { completion: { enabled: false } },
  });
  try {
    await quiet.ready();
    await quiet.open('pool.yaml', POOL);
    assert.deepEqual(await at(`${POOL}  bl|`, quiet), []);
  } finally {
    await quiet.stop();
  }
});

test('paths below the open folder, and a router in an empty file', async () => {
  const lab = 'name: x\ntopology:\n  nodes:\n    leaf0:\n      kind: linux\n      startup-config: leaf0/\n';
  const trial = await startEditor({
    server: BUILT_SERVER,
    files: { 'x.clab.yml': lab, 'leaf0/frr.conf': '', 'leaf0/licence.key': 'k' },
    capabilities: EDITOR,
  });
  const ask = async (path: string, line: number, character: number): Promise<readonly CompletionItem[]> => {
    const answer = await trial.connection.sendRequest<CompletionList | null>('textDocument/completion', {
      textDocument: { uri: trial.uri(path) },
      position: { line, character },
    });
    return answer?.items ?? [];
  };
  try {
    await trial.ready();
    await trial.open('x.clab.yml', lab);
    await trial.open('leaf0/frr.conf', '', 'plaintext');
    assert.deepEqual((await ask('x.clab.yml', 5, 28)).map(({ label }) => label).sort(), ['frr.conf', 'licence.key']);
    const [router] = await ask('leaf0/frr.conf', 0, 0);
    assert.equal(router!.label, 'FRR router');
    assert.match(
      (router!.textEdit as { newText: string }).newText,
      /^frr defaults traditional\nhostname \$\{1:leaf0\}/,
    );
  } finally {
    await trial.stop();
  }
});

test('a document that was never saved may begin with a whole object', async () => {
  const uri = 'untitled:Untitled-1';
  await editor.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text: 'IPP' },
  });
  const answer = await editor.connection.sendRequest<CompletionList | null>('textDocument/completion', {
    textDocument: { uri },
    position: { line: 0, character: 3 },
  });
  assert.ok(answer?.items.some(({ label, kind }) => label === 'IPPool' && kind === 15));
});
