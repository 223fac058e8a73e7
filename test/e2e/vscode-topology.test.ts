import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../lsp/editor.ts';
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

/** Waits until nothing on the picture moves or fades any more: what is photographed then is what people see. */
async function still(panel: FrameLocator): Promise<void> {
  const moves = () =>
    canvas(panel).evaluate((stage) => {
      const { _cyreg: holder } = stage as unknown as Registered;
      return holder === undefined || holder.cy.animated() || holder.cy.elements('.fresh, :animated').length > 0;
    });
  await until(async () => !(await moves()), 'the picture never came to rest');
}

/** How Cytoscape is found again from the element that it draws on. */
interface Registered {
  readonly _cyreg?: {
    readonly cy: {
      animated(): boolean;
      elements(selector: string): { readonly length: number };
      nodes(selector: string): {
        map<T>(work: (node: { id(): string; position(): { x: number; y: number } }) => T): T[];
      };
    };
  };
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
      await still(panel);
      await editor.shot('topology-physical');

      await showView(panel, 'bgp');
      await row(panel, /as-mismatch/)
        .first()
        .waitFor();
      await still(panel);
      await editor.shot('topology-bgp');

      await showView(panel, 'addresses');
      await row(panel, /overlap/)
        .first()
        .waitFor();
      await still(panel);
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
      await panel.locator(`.canvas[data-nodes="${before + 1}"]`).waitFor();
      const moved = await positions(panel);
      // What stays keeps its place.
      for (const [id, at] of places) assert.deepEqual(moved.get(id), at, id);

      // Each of these keys makes another name of it. On a busy machine some have to wait; one that has not shows how fast it is.
      await editor.page.keyboard.press('ArrowLeft');
      const times: number[] = [];
      let name = 'probe9';
      for (const key of 'abcdefghijklmnop') {
        if (times.length >= 3 && Math.min(...times) < 500) break;
        times.push(await fromKeyToPicture(editor.page, panel, key));
        name += key;
        await row(panel, new RegExp(`^${name}`))
          .first()
          .waitFor();
      }
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
      await row(panel, 'tor0 10.1.10.1 – lab-worker2').waitFor();
      await panel.locator('select.filter').selectOption('down');
      await row(panel, /half-open/)
        .first()
        .waitFor();
      // What is up is left out.
      await row(panel, 'tor0 10.1.10.1 – lab-worker2').waitFor({ state: 'detached' });
      await panel.locator('select.filter').selectOption('all');

      await panel.locator('#path-router').selectOption({ label: 'tor1' });
      const prefix = panel.locator('#prefixes option').first();
      await panel.locator('#path-prefix').fill((await prefix.getAttribute('value')) ?? '');
      await panel.getByRole('button', { name: 'Show path' }).click();
      await panel.locator('.answer p').first().waitFor();
      await editor.shot('topology-path');
      await panel.getByRole('button', { name: 'Clear' }).click();
    }),
  );

  await t.test('the keyboard alone', () =>
    told(editor, 'topology-keyboard', async () => {
      const marked = panel.locator('tr[aria-selected=true]');
      await canvas(panel).focus();
      await panel.locator('.canvas:focus').waitFor();
      await editor.page.keyboard.press('Escape');
      await marked.first().waitFor({ state: 'detached' });
      await editor.page.keyboard.press('ArrowDown');
      const first = await marked.first().getAttribute('data-id');
      await editor.page.keyboard.press('ArrowDown');
      await panel.locator(`tr[aria-selected=true]:not([data-id="${first}"])`).first().waitFor();
      await editor.page.keyboard.press('/');
      await panel.locator('input[type=search]:focus').waitFor();
    }),
  );

  await t.test('pictures are saved where one says', () =>
    told(editor, 'topology-export', async () => {
      for (const [format, holds] of [
        ['svg', /^<svg /],
        ['drawio', /<mxfile/],
        ['png', /PNG/],
      ] as const) {
        await panel.locator('select.save').selectOption(format);
        const dialog = editor.page.locator('.quick-input-widget');
        const input = dialog.locator('input.input');
        await input.waitFor({ state: 'visible' });
        // VS Code reads the folder before it proposes a path in it.
        await until(async () => (await input.inputValue()).endsWith(`.${format}`), 'no path is proposed');
        const path = await input.inputValue();
        const save = dialog.locator('.monaco-button', { hasText: /^(Save|OK)$/ }).first();
        for (let tries = 0; tries < 10 && (await input.isVisible()); tries++) {
          await save.click().catch(() => {});
          if (await hides(input)) break;
        }
        await until(() => existsSync(path) && holds.test(readFileSync(path, 'latin1').slice(0, 400)), `no ${path}`);
      }
    }),
  );

  await t.test('dark, and high contrast', () =>
    told(editor, 'topology-themes', async () => {
      for (const [theme, name] of [
        ['Dark Modern', 'dark'],
        ['Dark High Contrast', 'high-contrast'],
      ] as const) {
        await useTheme(editor, panel, theme, `vscode-${name}`);
        await still(panel);
        await editor.shot(`topology-${name}`);
      }
      await useTheme(editor, panel, 'Light Modern', 'vscode-light');
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
        await still(panel);
        await editor.shot(`topology-leaf-spine-${view}`);
      }
      await showView(panel, 'bgp');
      await panel.locator('#path-router').selectOption({ label: 'calico-bgp-rr-worker3' });
      await panel.locator('#path-prefix').fill('10.1.5.0/24');
      await panel.getByRole('button', { name: 'Show path' }).click();
      await panel.locator('.answer .good').waitFor();
      await panel.locator('.answer li').nth(2).waitFor();
      await editor.shot('topology-leaf-spine-path');
    }),
  );

  await t.test('the panel is there again after a reload, with the view that was shown', () =>
    told(editor, 'topology-reload', async () => {
      await until(() => isWritten(editor.page), 'VS Code never wrote down what the panel remembers');
      await editor.page.reload({ waitUntil: 'domcontentloaded' });
      const again = panelOf(editor.page);
      await again.locator('.canvas[data-view=bgp][data-nodes]').waitFor();
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
          // Something is drawn, or it is said that nothing is known.
          const some = panel.locator('.canvas[data-nodes]:not([data-nodes="0"])');
          await some.or(panel.locator('.message:not([hidden])')).first().waitFor();
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
    const holder = stage as unknown as Registered;
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
  // Both listen before the key is pressed.
  await canvas(panel).evaluate(() => {});
  await page.evaluate(() => {});
  await page.keyboard.press(key);
  const never = page.waitForTimeout(10_000).then(() => Number.POSITIVE_INFINITY);
  return (await Promise.race([shown, never])) - (await pressed);
}

/** Chooses a theme and waits until the panel has one of its kind. */
async function useTheme(editor: Editor, panel: FrameLocator, shown: string, kind: string): Promise<void> {
  await editor.command('Preferences: Color Theme');
  await editor.page.locator('.quick-input-widget input.input').fill(shown);
  const row = editor.page.locator('.quick-input-list .monaco-list-row', { hasText: shown }).first();
  await row.click();
  await row.waitFor({ state: 'hidden' });
  await panel.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
}

async function hides(what: Locator): Promise<boolean> {
  return what.waitFor({ state: 'hidden', timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}

/** Whether VS Code in a browser has written down that the panel shows BGP: it does so every few seconds, when it has time. */
async function isWritten(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const answer = <T>(request: { result: T; onsuccess: unknown; onerror: unknown }) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = reject;
      });
    interface Store {
      databases(): Promise<readonly { readonly name: string }[]>;
      open(name: string): Parameters<typeof answer<Database>>[0];
    }
    interface Database {
      readonly objectStoreNames: Iterable<string>;
      transaction(name: string): { objectStore(name: string): { getAll(): Parameters<typeof answer<unknown[]>>[0] } };
      close(): void;
    }
    const { indexedDB } = globalThis as unknown as { readonly indexedDB: Store };
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db')) continue;
      const database = await answer(indexedDB.open(name));
      const values: unknown[] = [];
      for (const store of database.objectStoreNames)
        values.push(...(await answer(database.transaction(store).objectStore(store).getAll())));
      database.close();
      const remembered = /selvage\.topology[\s\S]*view[\\":]+bgp/;
      if (values.some((value) => typeof value === 'string' && remembered.test(value))) return true;
    }
    return false;
  });
}
