import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CancellationTokenSource, type FullDocumentDiagnosticReport, LSPErrorCodes } from 'vscode-languageserver/node';
import { type Editor, startEditor } from './editor.ts';
import { LONELY_PEER, pool } from './texts.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor();
});
after(() => editor.stop());

const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Asks everything there is about a file, and returns how many diagnostics it has. */
async function everything(path: string): Promise<number> {
  const report = (await editor.pull(path)) as FullDocumentDiagnosticReport;
  const textDocument = { uri: editor.uri(path) };
  await editor.actions(path, { start: { line: 0, character: 0 }, end: { line: 99_999, character: 0 } });
  await editor.actions(path, start, ['source.fixAll']);
  for (const method of ['textDocument/documentSymbol', 'textDocument/foldingRange'])
    assert.ok(Array.isArray(await editor.connection.sendRequest(method, { textDocument })), method);
  return report.items.length;
}

const hostile: Readonly<Record<string, string>> = {
  nothing: '',
  'NUL bytes': `${LONELY_PEER}\0\0\0`,
  'only separators': '---\n---\n...\n---\n',
  'a byte-order mark': `\uFEFF${LONELY_PEER}`,
  'lone surrogates': `a: \ud800\n${LONELY_PEER}`,
  'a tag at the end': 'kind: !!',
  'an alias of itself': 'a: &a [*a]\nkind: *a\n',
  'deep nesting': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  tabs: 'kind:\n\t- BGPPeer\n',
};
for (const [name, text] of Object.entries(hostile))
  test(`${name}: answered, and the next document as ever`, async () => {
    const path = `${name.replaceAll(' ', '-')}.yaml`;
    await editor.open(path, text);
    await everything(path);
    await editor.type(path, 2, LONELY_PEER);
    assert.ok((await everything(path)) === 1, 'the mended text has its one finding');
    await editor.close(path);
    assert.deepEqual(
      editor.messages.filter((message) => /could not|problem/.test(message)),
      [],
    );
  });

test('conflict markers are one finding, not a hundred', async () => {
  await editor.open(
    'conflict.yaml',
    `<<<<<<< HEAD\n${pool('a', '10.0.0.0/8')}=======\n${pool('a', '10.1.0.0/16')}>>>>>>> other\n`,
  );
  const count = await everything('conflict.yaml');
  assert.ok(count >= 1 && count <= 6, String(count));
  await editor.close('conflict.yaml');
});

test('requests for documents that nobody opened are answered with nothing', async () => {
  assert.equal(await everything('never/opened.yaml'), 0);
  await editor.type('never/opened.yaml', 7, 'x');
  await editor.close('never/opened.yaml');
  assert.equal(await everything('never/opened.yaml'), 0);
});

test('a half-typed document, character by character', async () => {
  await editor.open('typed.yaml', '');
  let version = 1;
  for (let length = 1; length <= LONELY_PEER.length; length += 3)
    await editor.type('typed.yaml', ++version, LONELY_PEER.slice(0, length));
  await editor.type('typed.yaml', ++version, LONELY_PEER);
  assert.deepEqual(await editor.codes('typed.yaml'), ['bgp/peer-without-target']);
  await editor.close('typed.yaml');
});

test('50,000 lines: an edit is answered in a blink', async () => {
  const text = Array.from({ length: 8000 }, (_, index) =>
    pool(`p${index}`, `fd00:${(index >> 8).toString(16)}:${(index & 255).toString(16)}::/64`),
  ).join('---\n');
  assert.ok(text.split('\n').length > 50_000);
  await editor.open('huge.yaml', text);
  await editor.codes('huge.yaml');
  const begun = performance.now();
  await editor.type('huge.yaml', 2, LONELY_PEER, start);
  await editor.pull('huge.yaml');
  const took = performance.now() - begun;
  assert.ok(took < 2000, `${took.toFixed(0)} ms`);
  await everything('huge.yaml');
  await editor.close('huge.yaml');
});

test('a request that is cancelled before its turn is refused as cancelled, and the next one is answered', async () => {
  await editor.open('peer.yaml', LONELY_PEER);
  const source = new CancellationTokenSource();
  const asked = editor.connection.sendRequest(
    'textDocument/diagnostic',
    { textDocument: { uri: editor.uri('peer.yaml') } },
    source.token,
  );
  source.cancel();
  const answer = await asked.then(
    () => 'answered',
    (error: { code: number }) => error.code,
  );
  assert.ok(answer === LSPErrorCodes.RequestCancelled || answer === 'answered', String(answer));
  assert.deepEqual(await editor.codes('peer.yaml'), ['bgp/peer-without-target']);
});
