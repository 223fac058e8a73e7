import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SemanticTokens } from 'vscode-languageserver/node';
import { BUILT_SERVER, type Editor, startEditor } from './editor.ts';
import { pool } from './texts.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor({ server: BUILT_SERVER });
});
after(() => editor.stop());

test('tokens of a file, and the same of a part of it', async () => {
  await editor.open('a.yaml', `${pool('a', '10.1.0.0/16')}  nodeSelector: has(rack)\n`);
  const textDocument = { uri: editor.uri('a.yaml') };
  const full = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
    textDocument,
  });
  // Line, character, length, type, modifiers; each line and character counted from the one before.
  assert.deepEqual(full.data, [5, 8, 11, 2, 0, 1, 16, 3, 5, 0, 0, 4, 4, 0, 0]);
  const part = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/range', {
    textDocument,
    range: { start: { line: 6, character: 0 }, end: { line: 7, character: 0 } },
  });
  assert.deepEqual(part.data, [6, 16, 3, 5, 0, 0, 4, 4, 0, 0]);
  const other = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
    textDocument: { uri: editor.uri('none.yaml') },
  });
  assert.deepEqual(other.data, []);
});
