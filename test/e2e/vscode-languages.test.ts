import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { until } from '../lsp/editor.ts';
import { type Editor, openExample, told } from './editor.ts';

let editor: Editor;
before(async () => {
  editor = await openExample('broken-fabric', { 'editor.inlayHints.enabled': 'on' });
});
after(() => editor?.close());

const language = (name: string) => editor.page.locator('.statusbar-item', { hasText: new RegExp(`^${name}$`) });

/** Waits for a line with exactly this text, its indentation included. VS Code writes blanks as spaces that do not break. */
const lineReads = (text: string): Promise<void> =>
  until(async () => {
    const lines = await editor.page.locator('.editor-instance .view-line').allTextContents();
    return lines.some((line) => line.replace(/\u00a0/g, ' ') === text);
  }, `there is no line “${text}”`);

test('router configurations have their languages, and are formatted as the routers write them', () =>
  told(editor, 'languages', async () => {
    await editor.openFile('vyos/core0/config.boot');
    await language('VyOS').waitFor();
    await editor.openFile('frr/tor0/frr.conf');
    await language('FRR').waitFor();
    const before = editor.onDisk('frr/tor0/frr.conf');
    await editor.goTo(30, 1);
    await editor.page.keyboard.press('End');
    await editor.page.keyboard.press('Enter');
    await editor.page.keyboard.press('Shift+Home');
    const line = ' neighbor 10.1.10.12 description to   the rack';
    await editor.page.keyboard.type(`    ${line}`);
    await lineReads(`    ${line}`);
    await editor.command('Format Document');
    await lineReads(line);
    await editor.save();
    const after = editor.onDisk('frr/tor0/frr.conf').split('\n');
    assert.ok(after.includes(line), after.join('\n'));
    assert.equal(after.filter((one) => one !== line).join('\n'), before);
  }));

const BIRD = `router id 10.1.10.9;
filter pods {
if net ~ [ 10.244.0.0/16+ ] then accept;
reject;
}
protocol device {
}
protocol bgp tor0 {
local as 65100;
neighbor 10.1.10.1 as 65010;
ipv4 { import filter pods; export none; };
}
`;
const TIDY = BIRD.replace(/^(if|reject|local|neighbor|ipv4)/gm, '    $1');

test('a BIRD configuration has its language and colours, is indented, and a filter is renamed', () =>
  told(editor, 'bird', async () => {
    const { page } = editor;
    mkdirSync(join(editor.folder, 'rr'));
    writeFileSync(join(editor.folder, 'rr', 'bird.conf'), BIRD);
    await editor.openFile('rr/bird.conf');
    await language('BIRD').waitFor();
    // Without a grammar the line would be one stretch of one colour.
    await page
      .locator('.editor-instance .view-line span[class^="mtk"]', { hasText: /^accept$/ })
      .first()
      .waitFor();
    await editor.shot('bird');
    await editor.command('Format Document');
    await lineReads('    reject;');
    await editor.goTo(11, 27);
    await page.keyboard.press('F2');
    const box = page.locator('.rename-box input.rename-input');
    await box.waitFor();
    await box.fill('from_pods');
    await page.keyboard.press('Enter');
    await editor.line('filter from_pods {').first().waitFor();
    await editor.save();
    assert.equal(editor.onDisk('rr/bird.conf'), TIDY.replaceAll('pods', 'from_pods'));
  }));

test('a selector has colours of its own, hints stand behind pools, and a setting takes them away', () =>
  told(editor, 'hints', async () => {
    await editor.openFile('calico/pools.yaml');
    const hints = editor.page.locator('.editor-instance .view-line', { hasText: /addresses/ });
    await hints.first().waitFor();
    await editor.shot('inlay-hints');
    // VS Code writes what is between the words of a hint as spaces that do not break.
    const text = (await hints.first().innerText()).replace(/\u00a0/g, ' ');
    assert.match(text, /cidr: [\d.]+\/\d+ ?[\d,]+ addresses/);

    mkdirSync(join(editor.folder, '.vscode'));
    writeFileSync(join(editor.folder, '.vscode', 'settings.json'), '{"selvage.inlayHints.addresses": false}');
    await hints.first().waitFor({ state: 'detached' });

    await editor.openFile('calico/bgp.yaml');
    // In a string of YAML without our grammar the operator would be a part of one long stretch.
    await editor.page.locator('.editor-instance .view-line span[class^="mtk"]', { hasText: /^==$/ }).first().waitFor();
  }));
