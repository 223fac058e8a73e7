import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TextEdit } from 'vscode-languageserver/node';
import { applied, BUILT_SERVER, type Editor, MODERN, startEditor, until } from './editor.ts';
import { pool } from './texts.ts';

const FRR = 'frr version 10.2\nrouter bgp 65000\nneighbor 10.0.0.1 remote-as 65001\n    exit\n';
const FORMATTED = 'frr version 10.2\nrouter bgp 65000\n neighbor 10.0.0.1 remote-as 65001\nexit\n';
const capabilities = { ...MODERN, textDocument: { ...MODERN.textDocument, formatting: { dynamicRegistration: true } } };

let editor: Editor;
before(async () => {
  editor = await startEditor({ server: BUILT_SERVER, capabilities });
});
after(() => editor.stop());

async function formatted(path: string, text: string, language: string): Promise<string | null> {
  await editor.open(path, text, language);
  const edits = await editor.connection.sendRequest<TextEdit[] | null>('textDocument/formatting', {
    textDocument: { uri: editor.uri(path) },
    options: { tabSize: 8, insertSpaces: false },
  });
  return edits === null ? null : applied(text, { changes: { [editor.uri(path)]: edits } }, editor.uri(path));
}

test('formatting is offered for FRR and VyOS, and YAML is left to others', async () => {
  await until(() => editor.watchers.includes('textDocument/formatting'), 'formatting was not registered');
  assert.equal(await formatted('frr.conf', FRR, 'frr'), FORMATTED);
  assert.equal(await formatted('again.conf', FORMATTED, 'frr'), FORMATTED);
  const vyos = 'interfaces {\nethernet eth0 {\n  address 10.0.0.1/24\n}\n}\n';
  assert.equal(
    await formatted('config.boot', vyos, 'vyos'),
    'interfaces {\n    ethernet eth0 {\n        address 10.0.0.1/24\n    }\n}\n',
  );
  assert.equal(await formatted('a.yaml', pool('a', '10.0.0.0/8'), 'yaml'), null);
});

test('an editor that cannot be told for which languages asks for all, and hears nothing of YAML', async () => {
  const plain = await startEditor({ server: BUILT_SERVER });
  await plain.open('a.yaml', pool('a', '10.0.0.0/8'));
  const options = { tabSize: 2, insertSpaces: true };
  const textDocument = { uri: plain.uri('a.yaml') };
  assert.equal(await plain.connection.sendRequest('textDocument/formatting', { textDocument, options }), null);
  await plain.stop();
});

test('the selector at the cursor, and all selectors when the file is saved', async () => {
  const text = `${pool('a', '10.1.0.0/16')}  nodeSelector: rack=='a'\n---\n${pool('b', '10.2.0.0/16')}  nodeSelector: has( b )\n`;
  await editor.open('selectors.yaml', text);
  const at = { start: { line: 6, character: 20 }, end: { line: 6, character: 20 } };
  const [action] = await editor.actions('selectors.yaml', at, ['refactor']);
  assert.equal(action?.title, 'Write the selector in its canonical form');
  const one = applied(text, (await editor.resolve(action!)).edit, editor.uri('selectors.yaml'));
  assert.equal(one, text.replace("rack=='a'", 'rack == "a"'));

  const [all] = await editor.actions('selectors.yaml', at, ['source.format.selvage']);
  const both = applied(text, (await editor.resolve(all!)).edit, editor.uri('selectors.yaml'));
  assert.equal(both, one.replace('has( b )', 'has(b)'));
  const everything = await editor.actions('selectors.yaml', at);
  assert.deepEqual(
    everything.map(({ kind }) => kind).filter((kind) => kind?.startsWith('source.format')),
    [],
  );
});
