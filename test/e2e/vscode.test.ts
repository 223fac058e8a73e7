import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Editor, openExample, told } from './editor.ts';

const pools = 'calico/pools-bench.yaml';
let editor: Editor;
before(async () => {
  editor = await openExample('broken-fabric');
});
after(() => editor?.close());

test('a mistake is underlined, listed, mended at the cursor, and gone from disk', () =>
  told(editor, 'quick-fix', async () => {
    await editor.openFile(pools);
    await editor.goTo(8, 20);
    await editor.squiggles('error').first().waitFor();
    const listed = await editor.problems('yaml/tag-eats-value');
    await listed.first().waitFor();
    await editor.shot('problems');

    await editor.openFile(pools);
    await editor.goTo(8, 20);
    await editor.quickFix('!has(spinning-disk)');
    await editor.line('nodeSelector: "!has(spinning-disk)"').waitFor();
    await listed.waitFor({ state: 'detached' });
    await editor.save();
    assert.match(editor.onDisk(pools), /nodeSelector: "!has\(spinning-disk\)"/);
  }));

test('“Fix All” makes every change that has one right answer, and leaves what a person must choose', () =>
  told(editor, 'fix-all', async () => {
    const newline = await editor.problems('selector/newline');
    await newline.first().waitFor();
    await editor.openFile(pools);
    await editor.command('Fix All');
    await editor.goTo(55, 1);
    await editor.line('nodeSelector: >-').waitFor();
    await newline.waitFor({ state: 'detached' });
    await editor.shot('fix-all');
    await (await editor.problems('ipam/block-size')).first().waitFor();

    await editor.openFile(pools);
    await editor.save();
    assert.match(editor.onDisk(pools), /nodeSelector: >-\n/);
    assert.match(editor.onDisk(pools), /blockSize: 26\n/);
  }));

test('a router’s configuration is checked as well as YAML is', () =>
  told(editor, 'router', async () => {
    await editor.openFile('frr/tor0/frr.conf');
    await editor.goTo(42, 34);
    await editor.squiggles('error').first().waitFor();
    await (await editor.problems('bgp/undefined-policy')).first().waitFor();
    await editor.shot('router');
  }));

test('the commands: check the workspace, show a rule, start the server anew', () =>
  told(editor, 'commands', async () => {
    await editor.command('Selvage: Check Workspace');
    await editor.notified(/Selvage found \d+ errors/);
    await (await editor.problems('clab/unknown-node')).first().waitFor();

    await editor.command('Selvage: Show Rule');
    await editor.page.locator('.quick-input-widget input.input').fill('bgp/undefined-policy');
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'bgp/undefined-policy' }).click();
    const page = editor.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.locator('h1', { hasText: 'bgp/undefined-policy' }).waitFor();
    await editor.shot('rule');

    await editor.command('Selvage: Restart Server');
    await editor.openFile('frr/tor0/frr.conf');
    await editor.goTo(42, 34);
    await editor.squiggles('error').first().waitFor();
  }));
