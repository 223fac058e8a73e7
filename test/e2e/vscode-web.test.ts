import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openExampleInWorker, told } from './editor.ts';

const pools = 'calico/pools-bench.yaml';
let editor: Awaited<ReturnType<typeof openExampleInWorker>>;
before(async () => {
  editor = await openExampleInWorker('broken-fabric');
});
after(() => editor?.close());

test('in the web worker extension host a mistake is underlined, listed, mended, and gone from the file', () =>
  told(editor, 'web', async () => {
    await editor.openFile(pools);
    await editor.goTo(8, 20);
    await editor.squiggles('error').first().waitFor();
    const listed = await editor.problems('yaml/tag-eats-value');
    await listed.first().waitFor();
    await editor.openFile(pools);
    await editor.goTo(8, 20);
    await editor.quickFix('!has(spinning-disk)');
    await editor.line('nodeSelector: "!has(spinning-disk)"').waitFor();
    await listed.waitFor({ state: 'detached' });
    await editor.save();
    assert.match(editor.onDisk(pools), /nodeSelector: "!has\(spinning-disk\)"/);
    await editor.shot('web');
    // What ran is the worker, and nothing that needs Node was asked for.
    assert.ok(editor.fetched.has('dist/browser-client.js'));
    assert.ok(editor.fetched.has('dist/browser-server.js'));
    assert.deepEqual(
      [...editor.fetched].filter((name) => /^dist\/(client|server|cli)\.js$/.test(name)),
      [],
    );
  }));

test('findings across files are there too: the whole folder was read through the editor', () =>
  told(editor, 'web-folder', async () => {
    await editor.openFile('frr/tor0/frr.conf');
    await editor.goTo(42, 34);
    await editor.squiggles('error').first().waitFor();
    await (await editor.problems('bgp/undefined-policy')).first().waitFor();
    await editor.command('Selvage: Check Workspace');
    await editor.notified(/Selvage found \d+ errors/);
  }));
