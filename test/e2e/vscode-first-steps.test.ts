import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { until } from '../lsp/editor.ts';
import { comes, type Editor, openExample, openFolder, root, told } from './editor.ts';

const trial = mkdtempSync(join(tmpdir(), 'selvage-first-'));
after(() => rmSync(trial, { recursive: true, force: true, maxRetries: 5 }));

const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

const network = (editor: Editor): Locator => editor.page.locator('.pane', { hasText: /^Network/ });

const widthOf = (image: Locator): Promise<number> =>
  image.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth);

async function expandNetwork(editor: Editor): Promise<void> {
  const header = editor.page.locator('.pane-header', { hasText: /^Network/ });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
}

test('a folder without a network: what there is to do, settings that fit, and an example to open', async (t) => {
  let editor: Editor;
  const folder = join(trial, 'empty');
  const shelf = join(trial, 'shelf');
  before(async () => {
    mkdirSync(folder);
    mkdirSync(join(shelf, 'broken-fabric'), { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'nothing yet\n');
    writeFileSync(join(shelf, 'broken-fabric', 'mine.txt'), 'not to be touched\n');
    editor = await openFolder(folder, {});
  });
  after(() => editor?.close());

  await t.test('the view says that there is nothing, and what one can do', () =>
    told(editor, 'first-welcome', async () => {
      await expandNetwork(editor);
      await network(editor).getByText('There are no Calico, Spiderpool').waitFor();
      await network(editor).getByRole('button', { name: 'Create selvage.yaml' }).waitFor();
      await editor.shot('first-welcome');
    }),
  );

  await t.test('selvage.yaml is made once, opened, never overwritten, and taken back by undo', () =>
    told(editor, 'first-configuration', async () => {
      await network(editor).getByRole('button', { name: 'Create selvage.yaml' }).click();
      await editor.page.locator('.tab.active[data-resource-name="selvage.yaml"]').waitFor();
      await editor.line('no network files yet').first().waitFor();
      const made = editor.onDisk('selvage.yaml');
      assert.match(made, /^# Settings of Selvage/);

      writeFileSync(join(folder, 'selvage.yaml'), `${made}# mine\n`);
      await editor.command('Selvage: Create selvage.yaml');
      await editor.notified('has its settings already');
      assert.match(editor.onDisk('selvage.yaml'), /# mine\n$/);
      rmSync(join(folder, 'selvage.yaml'));
      await editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'selvage.yaml' }).waitFor({
        state: 'detached',
      });

      await editor.command('View: Close All Editors');
      await editor.command('Selvage: Create selvage.yaml');
      await editor.page.locator('.tab.active[data-resource-name="selvage.yaml"]').waitFor();
      await editor.command('File: Focus on Files Explorer');
      await editor.page.locator('.explorer-folders-view .monaco-list:focus-within').waitFor();
      await editor.page.keyboard.press('Control+z');
      const confirm = editor.page.locator('.monaco-dialog-box .monaco-button', { hasText: /Undo|Delete|Yes|OK/ });
      const isUndone = async (): Promise<boolean> => {
        if (await confirm.first().isVisible()) await confirm.first().click();
        return !existsSync(join(folder, 'selvage.yaml'));
      };
      await until(isUndone, 'undo does not take the file back');
    }),
  );

  await t.test('an example is copied beside what is there, opened, and checked', () =>
    told(editor, 'first-example', async () => {
      const { page } = editor;
      await editor.command('Selvage: Open Example Network…');
      const input = page.locator('.quick-input-widget input.input');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'A broken fabric' }).click();
      await page.locator('.quick-input-widget', { hasText: 'Where to put a copy' }).waitFor();
      // VS Code reads a folder first, and again when another path is written; what comes in between is lost.
      const inside = page.locator('.quick-input-list .label-name', { hasText: /^broken-fabric$/ }).first();
      const isThere = async (): Promise<boolean> => {
        if ((await input.inputValue()) !== `${shelf}/`) await input.fill(`${shelf}/`);
        return comes(inside, 3_000);
      };
      await until(isThere, 'the folder is never listed');
      // With a folder open already, the copy comes in a window of its own.
      const opened = page.context().waitForEvent('page');
      await page
        .locator('.quick-input-widget .monaco-button', { hasText: /Put It Here|OK/ })
        .first()
        .click();
      const window = await opened;
      window.setDefaultTimeout(90_000);
      await window.locator('.explorer-folders-view .monaco-list-row', { hasText: 'fabric.clab.yml' }).waitFor();
      assert.deepEqual(readdirSync(join(shelf, 'broken-fabric')), ['mine.txt']);
      assert.ok(existsSync(join(shelf, 'broken-fabric-2', 'frr', 'tor0', 'frr.conf')));
      await window.close();
    }),
  );
});

test('the first steps, the networks of a folder, and the settings page', async (t) => {
  let editor: Editor;
  before(async () => {
    editor = await openExample('broken-fabric');
  });
  after(() => editor?.close());

  await t.test('every step has its words and its picture', () =>
    told(editor, 'first-steps', async () => {
      const { page } = editor;
      // In a narrow window VS Code leaves the pictures out.
      await page.setViewportSize({ width: 1600, height: 900 });
      await editor.command('Selvage: First Steps');
      await page.locator('.gettingStartedDetailsContent', { hasText: 'First steps with Selvage' }).waitFor();
      const steps = page.locator('.gettingStartedDetailsContent .getting-started-step');
      await steps.first().waitFor();
      assert.deepEqual(
        (await steps.locator('.step-title').allTextContents()).map((title) => title.trim()),
        ['Open your network', 'See what is wrong', 'Mend it', 'See the network', 'Say what files cannot tell'],
      );
      for (const [index, picture] of ['open', 'finding', 'fix', 'topology', 'configure'].entries()) {
        if (index > 0) await steps.nth(index).click();
        const image = page.locator(`.gettingStartedDetailsContent img[alt="${words[`steps.${picture}.picture`]}"]`);
        await image.waitFor();
        await until(async () => (await widthOf(image)) > 300, `the picture of ${picture} is not shown`);
      }
      await editor.shot('first-steps');
      await steps.nth(1).click();
      await page.locator('.getting-started-step .monaco-button', { hasText: 'Check Workspace' }).click();
      await editor.notified('Selvage found');
    }),
  );

  await t.test('the view lists the network, and a click draws it', () =>
    told(editor, 'first-network', async () => {
      await expandNetwork(editor);
      const row = network(editor)
        .locator('.monaco-list-row', { hasText: /broken-fabric.*files/ })
        .first();
      await row.waitFor();
      await row.click();
      await editor.page
        .frameLocator('iframe.webview.ready')
        .frameLocator('#active-frame')
        .locator('.canvas[data-nodes]')
        .waitFor();
    }),
  );

  await t.test('the settings page reads well: sections, no key without words', () =>
    told(editor, 'first-settings', async () => {
      const { page } = editor;
      await editor.command('Preferences: Open Settings (UI)');
      await page.locator('.settings-editor .settings-header').waitFor();
      await page.locator('.settings-editor .settings-header .monaco-editor').click();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('@ext:selvage.selvage');
      const settings = page.locator('.settings-tree-container');
      await settings.getByText('How loud each rule is').first().waitFor();
      assert.doesNotMatch(await settings.innerText(), /%[a-zA-Z.]+%/);
      await page
        .locator('.settings-toc-container', { hasText: /Checking[\s\S]*Editor[\s\S]*Cluster[\s\S]*Troubleshooting/ })
        .waitFor();
      await editor.shot('first-settings');
    }),
  );
});
