import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { type Editor, openExample, told } from './editor.ts';

/** The panel inside VS Code: its page is two frames deep. */
function panelOf(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

async function showView(panel: FrameLocator, view: 'physical' | 'bgp' | 'addresses'): Promise<void> {
  await panel.locator(`[role=tab][data-view=${view}]`).click();
  await panel.locator(`.canvas[data-view=${view}]`).waitFor();
}

/** The rows of the list beside the picture, which holds the same as the picture. */
const row = (panel: FrameLocator, text: string | RegExp) => panel.locator('tr[data-id]', { hasText: text });

const canvas = (panel: FrameLocator) => panel.locator('.canvas');

async function drawn(panel: FrameLocator): Promise<number> {
  await panel.locator('.canvas[data-nodes]').waitFor();
  return Number(await canvas(panel).getAttribute('data-nodes'));
}

async function openPanel(editor: Editor, file: string): Promise<FrameLocator> {
  await editor.openFile(file);
  await editor.command('Selvage: Open Topology');
  const panel = panelOf(editor.page);
  await panel.locator('.canvas[data-nodes]').waitFor();
  return panel;
}

test('a broken fabric: three views, what is missing, and what is wrong', async (t) => {
  let editor: Editor;
  let panel: FrameLocator;
  before(async () => {
    editor = await openExample('broken-fabric', { 'workbench.colorTheme': 'Default Light Modern' });
    // Room for the picture, as people have it.
    await editor.page.setViewportSize({ width: 1600, height: 900 });
    panel = await openPanel(editor, 'fabric.clab.yml');
    await editor.command('View: Toggle Primary Side Bar Visibility');
  });
  after(() => editor?.close());

  await t.test('each view shows its part of the network, with findings where they belong', () =>
    told(editor, 'topology-views', async () => {
      await row(panel, 'tro1').first().waitFor();
      // A node that is named and defined nowhere is drawn, and said to be missing.
      await row(panel, /tro1.*named, not defined/)
        .first()
        .waitFor();
      assert.ok((await drawn(panel)) >= 18);
      await panel.getByRole('button', { name: 'Fit' }).click();
      await editor.page.waitForTimeout(1800);
      await editor.shot('topology-physical');

      await showView(panel, 'bgp');
      await row(panel, /as-mismatch/)
        .first()
        .waitFor();
      await editor.page.waitForTimeout(600);
      await editor.shot('topology-bgp');

      await showView(panel, 'addresses');
      await row(panel, /overlap/)
        .first()
        .waitFor();
      await editor.page.waitForTimeout(600);
      await editor.shot('topology-addresses');
    }),
  );

  await t.test('the picture follows what is typed, before it is saved', () =>
    told(editor, 'topology-typing', async () => {
      await showView(panel, 'physical');
      const before = await drawn(panel);
      const places = await positions(panel);
      await openBeside(editor, 'fabric.clab.yml');
      await editor.goTo(93, 1);
      await editor.page.keyboard.press('End');
      await editor.page.keyboard.press('Enter');
      await editor.page.keyboard.press('Shift+Tab');
      await editor.page.keyboard.type('probe9:');
      await row(panel, /^probe9/)
        .first()
        .waitFor();
      assert.equal(await drawn(panel), before + 1);
      const moved = await positions(panel);
      // What stays keeps its place.
      for (const [id, at] of places) assert.deepEqual(moved.get(id), at, id);
      await editor.page.waitForTimeout(400);

      // Each of these keys makes another name of it.
      await editor.page.keyboard.press('ArrowLeft');
      const times: number[] = [];
      for (const key of ['x', 'y', 'z']) times.push(await fromKeyToPicture(editor.page, panel, key));
      console.log(`# from key to picture: ${times.map((ms) => `${ms} ms`).join(', ')}`);
      assert.ok(Math.min(...times) < 500, times.join());
      assert.match(editor.onDisk('fabric.clab.yml'), /probe4:/);
      assert.doesNotMatch(editor.onDisk('fabric.clab.yml'), /probe9/);
      await editor.command('File: Revert File');
    }),
  );

  await t.test('a click shows the source, the cursor shows the element', () =>
    told(editor, 'topology-source', async () => {
      await showView(panel, 'bgp');
      await row(panel, /^tor1(?! )/)
        .first()
        .dblclick();
      await editor.page.locator('.tab.active[data-resource-name="fabric.clab.yml"]').waitFor();
      await panel.getByRole('heading', { name: 'tor1' }).waitFor();
      await openBeside(editor, 'frr/tor0/frr.conf');
      await editor.line('neighbor 10.1.10.11').first().click();
      await panel.locator('tr[aria-selected=true]', { hasText: 'lab-worker' }).first().waitFor();
      await editor.shot('topology-cursor');
    }),
  );

  await t.test('search, filter, and the way of a route', () =>
    told(editor, 'topology-search', async () => {
      const search = panel.getByRole('searchbox');
      await search.fill('worker2');
      await search.press('Enter');
      await panel.locator('tr[aria-selected=true]', { hasText: 'lab-worker2' }).first().waitFor();
      await search.fill('');
      await panel.locator('select.filter').selectOption('down');
      await row(panel, /half-open/)
        .first()
        .waitFor();
      assert.equal(await row(panel, 'tor0 10.1.10.1 – lab-worker2').count(), 0, 'what is up is left out');
      await panel.locator('select.filter').selectOption('all');

      await panel.locator('#path-router').selectOption({ label: 'tor1' });
      const prefixes = await panel
        .locator('#prefixes option')
        .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
      assert.ok(prefixes.length > 0);
      await panel.locator('#path-prefix').fill(prefixes[0]!);
      await panel.getByRole('button', { name: 'Show path' }).click();
      await panel.locator('.answer p').first().waitFor();
      await editor.shot('topology-path');
      await panel.getByRole('button', { name: 'Clear' }).click();
    }),
  );

  await t.test('the keyboard alone', () =>
    told(editor, 'topology-keyboard', async () => {
      await canvas(panel).focus();
      await editor.page.keyboard.press('Escape');
      await editor.page.keyboard.press('ArrowDown');
      const first = await panel.locator('tr[aria-selected=true]').first().getAttribute('data-id');
      await editor.page.keyboard.press('ArrowDown');
      await editor.page.waitForTimeout(100);
      const second = await panel.locator('tr[aria-selected=true]').first().getAttribute('data-id');
      assert.notEqual(first, second);
      await editor.page.keyboard.press('/');
      assert.equal(await panel.getByRole('searchbox').evaluate((input) => input.matches(':focus')), true);
    }),
  );

  await t.test('pictures are saved where one says', () =>
    told(editor, 'topology-export', async () => {
      for (const [format, name, holds] of [
        ['svg', 'two-racks.svg', /^<svg /],
        ['drawio', 'two-racks.drawio', /<mxfile/],
        ['png', 'two-racks.png', /PNG/],
      ] as const) {
        await panel.locator('select.save').selectOption(format);
        const input = editor.page.locator('.quick-input-widget input.input');
        await input.waitFor({ state: 'visible' });
        // VS Code reads the folder first, and again when another path is written; what comes in between is lost.
        for (let i = 0; i < 400 && !(await input.inputValue()).endsWith(`.${format}`); i++)
          await editor.page.waitForTimeout(50);
        await editor.page.waitForTimeout(500);
        await input.fill(join(editor.folder, name));
        await editor.page.waitForTimeout(1000);
        await editor.page
          .locator('.quick-input-widget .monaco-button', { hasText: 'Save' })
          .or(editor.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }))
          .first()
          .click();
        await input.waitFor({ state: 'hidden' });
        for (let i = 0; i < 50 && !existsSync(join(editor.folder, name)); i++) await editor.page.waitForTimeout(100);
        assert.match(readFileSync(join(editor.folder, name), 'latin1').slice(0, 400), holds);
      }
    }),
  );

  await t.test('dark, and high contrast', () =>
    told(editor, 'topology-themes', async () => {
      for (const [theme, name] of [
        ['Default Dark Modern', 'dark'],
        ['Default High Contrast', 'high-contrast'],
      ] as const) {
        await useTheme(editor, theme);
        await editor.page.waitForTimeout(900);
        await editor.shot(`topology-${name}`);
      }
      await useTheme(editor, 'Default Light Modern');
    }),
  );

  await t.test('nothing was refused by the content security policy, and nothing failed in the page', () => {
    const bad = editor.console.filter((line) =>
      /view\.js|Refused to|violates the following Content Security Policy.*view/i.test(line),
    );
    assert.deepEqual(bad, []);
  });
});

test('a network that works, and a file that is being begun', async (t) => {
  let editor: Editor;
  let panel: FrameLocator;
  before(async () => {
    editor = await openExample('004-leaf-spine');
    await editor.page.setViewportSize({ width: 1600, height: 900 });
    panel = await openPanel(editor, '2-setup-clab.sh');
    await editor.command('View: Toggle Primary Side Bar Visibility');
  });
  after(() => editor?.close());

  await t.test('the article’s fabric in three views', () =>
    told(editor, 'topology-leaf-spine', async () => {
      await row(panel, 'leaf0').first().waitFor();
      for (const view of ['physical', 'bgp', 'addresses'] as const) {
        await showView(panel, view);
        await editor.page.waitForTimeout(700);
        await editor.shot(`topology-leaf-spine-${view}`);
      }
      await showView(panel, 'bgp');
      await panel.locator('#path-router').selectOption({ label: 'calico-bgp-rr-worker3' });
      await panel.locator('#path-prefix').fill('10.1.5.0/24');
      await panel.getByRole('button', { name: 'Show path' }).click();
      await panel.locator('.answer .good').waitFor();
      assert.ok((await panel.locator('.answer li').count()) >= 3);
      await editor.shot('topology-leaf-spine-path');
    }),
  );

  await t.test('the panel is there again after a reload, with the view that was shown', () =>
    told(editor, 'topology-reload', async () => {
      // VS Code in a browser writes down what panels remember every five seconds.
      await editor.page.waitForTimeout(6_000);
      await editor.page.reload({ waitUntil: 'domcontentloaded' });
      const again = panelOf(editor.page);
      await again.locator('.canvas[data-view=bgp][data-nodes]').waitFor({ timeout: 40_000 });
      await row(again, 'leaf0').first().waitFor();
    }),
  );
});

for (const [example, file] of [
  ['000-in-cluster-reflectors', 'node.yaml'],
  ['001-two-nics', 'case-1/fix.sh'],
  ['002-office-routing', 'cluster-a/kubeadm-config.yaml'],
  ['003-spiderpool-bgp', 'router/frr.conf'],
] as const)
  test(`${example}: every view opens, and says what is not known`, async () => {
    const editor = await openExample(example);
    try {
      await told(editor, `topology-${example}`, async () => {
        const panel = await openPanel(editor, file);
        for (const view of ['physical', 'bgp', 'addresses'] as const) {
          await showView(panel, view);
          const count = await drawn(panel);
          if (count === 0) await panel.locator('.message:not([hidden])').waitFor();
        }
        await editor.shot(`topology-${example}`);
      });
    } finally {
      await editor.close();
    }
  });

/** Opens a file in the group of the files, not in the panel's. */
async function openBeside(editor: Editor, file: string): Promise<void> {
  await editor.command('View: Focus First Editor Group');
  await editor.openFile(file);
}

async function positions(panel: FrameLocator): Promise<ReadonlyMap<string, string>> {
  const text = await canvas(panel).evaluate((stage) => {
    const holder = stage as unknown as {
      _cyreg?: {
        cy: {
          nodes(selector: string): {
            map<T>(work: (node: { id(): string; position(): { x: number; y: number } }) => T): T[];
          };
        };
      };
    };
    return JSON.stringify(
      holder._cyreg?.cy.nodes('[!group]').map((node) => [node.id(), `${node.position().x} ${node.position().y}`]) ?? [],
    );
  });
  return new Map(JSON.parse(text) as [string, string][]);
}

/** Milliseconds between the key that reaches VS Code and the picture that the panel shows for it, by the browser's clock. */
async function fromKeyToPicture(page: Page, panel: FrameLocator, key: string): Promise<number> {
  const shown = canvas(panel).evaluate(
    (stage) =>
      new Promise<number>((resolve) => {
        const { MutationObserver: Observer } = globalThis as unknown as {
          MutationObserver: new (seen: () => void) => { observe(at: unknown, what: object): void; disconnect(): void };
        };
        const observer = new Observer(() => {
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(stage, { attributes: true, attributeFilter: ['data-revision'] });
      }),
  );
  const pressed = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { addEventListener } = globalThis as unknown as {
          addEventListener(type: string, seen: () => void, how: object): void;
        };
        addEventListener('keydown', () => resolve(Date.now()), { once: true, capture: true });
      }),
  );
  await page.waitForTimeout(400);
  await page.keyboard.press(key);
  const never = page.waitForTimeout(10_000).then(() => Number.POSITIVE_INFINITY);
  return (await Promise.race([shown, never])) - (await pressed);
}

async function useTheme(editor: Editor, name: string): Promise<void> {
  await editor.command('Preferences: Color Theme');
  await editor.page.keyboard.type(name.replace('Default ', ''));
  await editor.page.waitForTimeout(300);
  await editor.page.keyboard.press('Enter');
}
