import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver/node';
import { type Editor, startEditor } from './editor.ts';

const BOOT = `interfaces {
    ethernet eth1 {
        address 10.1.0.2/30
    }
}
protocols {
    bgp {
        system-as 65001
        ne|
    }
}
`;

let editor: Editor;
before(async () => {
  editor = await startEditor({ locale: 'zh-CN' });
  await editor.ready();
});
after(() => editor.stop());

/** What is offered at the `|` of a text that is opened under a path. */
async function at(path: string, marked: string): Promise<readonly CompletionItem[]> {
  const offset = marked.indexOf('|');
  await editor.open(path, marked.slice(0, offset) + marked.slice(offset + 1), 'vyos');
  const lines = marked.slice(0, offset).split('\n');
  const answer = await editor.connection.sendRequest<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: editor.uri(path) },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
  });
  return answer?.items ?? [];
}

test('the words of a config.boot, described in the editor’s language, as edits of what is typed', async () => {
  const items = await at('a/config.boot', BOOT);
  const neighbor = items.find(({ label }) => label === 'neighbor')!;
  assert.equal(neighbor.detail, '邻居的地址或接口');
  assert.deepEqual((neighbor.textEdit as TextEdit).range, {
    start: { line: 8, character: 8 },
    end: { line: 8, character: 10 },
  });
});

test('set commands, and a config.boot that says nothing yet', async () => {
  const set = await at('b.vyos', 'set system host-name b\nset policy prefix-list A rule 10 action |\n');
  assert.deepEqual(
    set.map(({ label }) => label),
    ['permit', 'deny'],
  );
  const empty = await at('c/config.boot', '|');
  assert.ok(empty.some(({ label }) => label === 'interfaces'));
});
