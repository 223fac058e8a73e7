import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Editor, type Options, startEditor, until } from './editor.ts';
import { LONELY_PEER, pool } from './texts.ts';

async function withEditor(options: Options, story: (editor: Editor) => Promise<void>): Promise<void> {
  const editor = await startEditor(options);
  try {
    await story(editor);
  } finally {
    await editor.stop();
  }
}

const wide = pool('a', '10.1.0.0/16');
const narrow = pool('b', '10.1.4.0/24');
const apart = pool('b', '10.9.0.0/24');

test('what an editor shows wins over the disk, saved or not, until it is closed', () =>
  withEditor({ files: { 'a.yaml': wide, 'b.yaml': narrow } }, async (editor) => {
    await editor.ready();
    await editor.open('a.yaml', pool('a', '10.7.0.0/16'));
    await editor.watched(['a.yaml', 'changed']);
    assert.deepEqual(await editor.codes('b.yaml'), []);
    await editor.close('a.yaml');
    assert.deepEqual(await editor.codes('b.yaml'), ['ipam/pool-overlap']);
  }));

test('a file that is written, renamed and deleted on disk is followed', () =>
  withEditor({ files: { 'a.yaml': wide } }, async (editor) => {
    await editor.ready();
    assert.ok(editor.watchers.includes('workspace/didChangeWatchedFiles'));
    editor.write('b.yaml', narrow);
    await editor.watched(['b.yaml', 'created']);
    assert.deepEqual(await editor.codes('b.yaml'), ['ipam/pool-overlap']);
    renameSync(join(editor.folder, 'b.yaml'), join(editor.folder, 'c.yaml'));
    await editor.watched(['b.yaml', 'deleted'], ['c.yaml', 'created']);
    assert.deepEqual(await editor.codes('b.yaml'), []);
    assert.deepEqual(await editor.codes('c.yaml'), ['ipam/pool-overlap']);
    editor.remove('a.yaml');
    await editor.watched(['a.yaml', 'deleted']);
    assert.deepEqual(await editor.codes('c.yaml'), []);
  }));

test('a folder that comes or goes is told as one event, and its files come and go', () =>
  withEditor({ files: { 'a.yaml': wide } }, async (editor) => {
    await editor.ready();
    editor.write('more/deep/b.yaml', narrow);
    await editor.watched(['more', 'created']);
    await until(
      async () => (await editor.codes('more/deep/b.yaml')).length === 1,
      'the files of the new folder are not known',
    );
    editor.remove('more');
    await editor.watched(['more', 'deleted']);
    assert.deepEqual(await editor.codes('more/deep/b.yaml'), []);
  }));

test('ignored files are no part of the network, not even when they are opened', () =>
  withEditor({ files: { 'a.yaml': wide, '.gitignore': 'build/\n', 'build/b.yaml': narrow } }, async (editor) => {
    await editor.ready();
    await editor.open('build/b.yaml', narrow);
    assert.deepEqual(await editor.codes('build/b.yaml'), []);
    editor.write('build/c.yaml', pool('c', '10.1.0.0/16'));
    await editor.watched(['build/c.yaml', 'created']);
    assert.deepEqual((await editor.pullAll()).items, []);
  }));

test('two folders are two networks; a folder that is closed takes its findings along', () =>
  withEditor(
    { folders: ['one'], files: { 'one/a.yaml': wide, 'two/b.yaml': narrow, 'two/c.yaml': LONELY_PEER } },
    async (editor) => {
      await editor.ready();
      assert.deepEqual((await editor.pullAll()).items, []);
      const two = { uri: editor.uri('two'), name: 'two' };
      const change = (event: object): Promise<void> =>
        editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
      await change({ added: [two], removed: [] });
      await until(async () => (await editor.pullAll()).items.length === 1, 'the new folder was not read');
      const { items } = await editor.pullAll();
      assert.equal(items[0]?.uri, editor.uri('two/c.yaml'), 'the pools of the two folders are no overlap');
      await change({ added: [], removed: [two] });
      await until(async () => (await editor.pullAll()).items.length === 0, 'the closed folder is still checked');
    },
  ));

test('a file opened without its folder is checked with the files beside it, which stay silent', () =>
  withEditor({ folders: [], files: { 'a.yaml': wide, 'b.yaml': narrow, 'c.yaml': LONELY_PEER } }, async (editor) => {
    await editor.open('b.yaml', narrow);
    assert.deepEqual(await editor.codes('b.yaml'), ['ipam/pool-overlap']);
    const { items } = await editor.pullAll();
    assert.deepEqual(
      items.map(({ uri }) => uri),
      [editor.uri('b.yaml')],
    );
    await editor.close('b.yaml');
    await until(async () => (await editor.pullAll()).items.length === 0, 'the closed file is still checked');
  }));

test('an untitled document is checked by its language', () =>
  withEditor({}, async (editor) => {
    const uri = 'untitled:Untitled-1';
    await editor.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text: LONELY_PEER },
    });
    const report = await editor.connection.sendRequest<{ items: { code: string }[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    assert.deepEqual(
      report.items.map(({ code }) => code),
      ['bgp/peer-without-target'],
    );
  }));

test('a URI that is escaped in another way is the same file', () =>
  withEditor({ files: { 'lab (1)/b.yaml': narrow, 'lab (1)/a.yaml': wide } }, async (editor) => {
    await editor.ready();
    const uri = editor.uri('lab (1)/b.yaml').replace('(', '%28').replace(')', '%29');
    await editor.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text: apart },
    });
    assert.deepEqual((await editor.pullAll()).items, []);
  }));

test('the status says when the network was read, what it holds, and what is left alone', () =>
  withEditor(
    { files: { 'a.yaml': wide, 'chart/templates/x.yaml': 'a: {{ .Values.a }}\n', 'b.yaml': apart } },
    async (editor) => {
      await editor.ready();
      await until(() => editor.status()?.resources === 2, 'the resources were not counted');
      assert.equal(editor.status()?.sites[0]?.name, 'default');
      assert.match(editor.status()?.skipped[0]?.uri ?? '', /templates\/x\.yaml$/);
      await until(() => editor.progress.some(({ kind }) => kind === 'end'), 'the progress never ended');
      const file = (path: string): Promise<object> =>
        editor.connection.sendRequest('selvage/file', { uri: editor.uri(path) });
      assert.deepEqual(await file('a.yaml'), { sites: ['default'], resources: 1, objects: 1, format: 'yaml' });
      assert.deepEqual(await file('nowhere.yaml'), { sites: [], resources: 0, objects: 0 });
      const counts = await editor.connection.sendRequest('workspace/executeCommand', { command: 'selvage.check' });
      assert.deepEqual(counts, { files: 2, resources: 2, error: 0, warning: 0, information: 0, hint: 0 });
    },
  ));
