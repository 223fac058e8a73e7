import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Editor, openExample } from '../test/e2e/editor.ts';

/** Takes the pictures of README.md and of the first steps in a real VS Code: npm run package first, then node scripts/take-screenshots.ts. */
const root = join(import.meta.dirname, '..');
const images = join(root, 'docs/images');
mkdirSync(images, { recursive: true });

const editor = await openExample('broken-fabric');
try {
  await editor.openFile('frr/tor0/frr.conf');
  await editor.goTo(31, 34);
  await editor.squiggles('error').first().waitFor();
  await (await editor.problems('bgp/')).first().waitFor();
  await takeSteps(editor);
} finally {
  await editor.close();
}

/** One picture for each of the walkthrough's steps: small enough to be read beside its text. */
async function takeSteps({ page, folder, ...does }: Editor): Promise<void> {
  const take = async (name: string): Promise<void> => {
    await page.waitForTimeout(800);
    await page.screenshot({ path: join(images, `steps-${name}.png`) });
  };
  await page.setViewportSize({ width: 960, height: 600 });
  await does.goTo(31, 34);
  await take('finding');

  await does.command('View: Hide Panel');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row').first().waitFor();
  await take('fix');
  await page.keyboard.press('Escape');

  await page.locator('.pane-header', { hasText: /^Network/ }).click();
  await page
    .locator('.pane', { hasText: /^Network/ })
    .locator('.monaco-list-row')
    .first()
    .waitFor();
  await take('open');

  await does.command('View: Toggle Primary Side Bar Visibility');
  await does.command('Selvage: Open Topology');
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await panel.locator('[role=tab][data-view=bgp]').click();
  await panel.locator('.canvas[data-view=bgp]').waitFor();
  await page.locator('.tab[data-resource-name="frr.conf"]').click({ button: 'middle' });
  await panel.getByRole('button', { name: 'Fit' }).click();
  await page.mouse.move(300, 480);
  await page.waitForTimeout(1500);
  await take('topology');

  await does.command('View: Close All Editors');
  rmSync(join(folder, 'selvage.yaml'));
  await does.command('Selvage: Create selvage.yaml');
  await does.line('Settings of Selvage').first().waitFor();
  await take('configure');
}
