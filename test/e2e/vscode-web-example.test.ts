import { after, before, test } from 'node:test';
import { openExampleInWorker, told } from './editor.ts';

let editor: Awaited<ReturnType<typeof openExampleInWorker>>;
before(async () => {
  editor = await openExampleInWorker('broken-fabric');
});
after(() => editor?.close());

test('in a browser the first steps say where the examples are to be had', () =>
  told(editor, 'web-example', async () => {
    const { page } = editor;
    await editor.command('Selvage: First Steps');
    await page.locator('.gettingStartedDetailsContent', { hasText: 'First steps with Selvage' }).waitFor();
    await page.locator('.getting-started-step .monaco-button', { hasText: 'Open Example Network' }).click();
    await page
      .locator('.notification-list-item-message', { hasText: 'VS Code in a browser has no disk to put an example on.' })
      .waitFor();
  }));
