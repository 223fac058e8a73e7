import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fakeCalicoctl } from '../apply/fake-calicoctl.ts';
import { comes, type Editor, openExample, told } from './editor.ts';
import { API, CLUSTER as OBJECTS } from './reflector-cluster.ts';

// Everything that the manifest puts into menus, clicked with the mouse: the commands themselves have stories of their own.
const bin = mkdtempSync(join(tmpdir(), 'selvage-e2e-menus-'));
const THEIRS = {
  apiVersion: API,
  kind: 'BGPPeer',
  metadata: { name: 'theirs' },
  spec: { peerIP: '172.16.0.1', asNumber: 65001 },
};
const settings = {
  'selvage.cluster.calicoctl': fakeCalicoctl(bin, [...OBJECTS, THEIRS]),
  'selvage.cluster.containerlab': fakeLab(),
};
const WORKFLOW = 'name: check\non: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n';
const LAB = 'name: two\ntopology:\n  nodes:\n    r1: {kind: linux}\n    r2: {kind: linux}\n';
const CLUSTER = 'Selvage: Cluster';
const CLUSTER_ITEMS = [
  'Diff with Cluster',
  'Plan',
  'Apply…',
  'Apply, and Roll Back unless Confirmed…',
  'Roll Back…',
  'Pull Live Object into File',
];
const LAB_ITEMS = ['Inspect Lab', 'Deploy Lab…', 'Apply Topology to Lab…', 'Redeploy Lab…', 'Destroy Lab…'];
let editor: Editor;
before(async () => {
  Object.assign(process.env, { XDG_STATE_HOME: join(bin, 'state'), ETCD_ENDPOINTS: 'http://etcd:2379' });
  editor = await openExample('000-in-cluster-reflectors', settings);
  editor.page.setDefaultTimeout(120_000);
  // Room for the drift view, which shares the side bar.
  await editor.page.setViewportSize({ width: 1280, height: 1100 });
  writeFileSync(join(editor.folder, 'workflow.yaml'), WORKFLOW);
  writeFileSync(join(editor.folder, 'two.clab.yml'), LAB);
});
after(async () => {
  await editor?.close();
  rmSync(bin, { recursive: true, force: true, maxRetries: 5 });
});

const dialog = () => editor.page.locator('.monaco-dialog-box');
const topologyButton = () => editor.page.locator('.editor-actions .action-label[aria-label^="Open Topology"]');
const lens = (title: string) => editor.page.locator('.codelens-decoration a', { hasText: title });
const menuItem = (title: string) => editor.page.locator(`.monaco-menu .action-label[aria-label="${title}"]`);

/** Opens “More Actions…” over the file that is shown, and in it the menu about the cluster. */
async function openMenu(inside?: typeof CLUSTER): Promise<void> {
  // What Selvage has read of the file is known, and with it what belongs into the menu.
  if (inside !== undefined) await topologyButton().waitFor();
  const more = editor.page.locator('.editor-group-container.active .editor-actions .codicon-toolbar-more');
  await more.click();
  await editor.page.locator('.monaco-menu .action-item').first().waitFor();
  if (inside === undefined) return;
  // A menu that is open hears of nothing new: one that was opened a moment too early is opened again.
  for (let tries = 0; tries < 10 && !(await comes(menuItem(inside), 3_000)); tries++) {
    await editor.page.keyboard.press('Escape');
    await editor.page.locator('.monaco-menu').first().waitFor({ state: 'hidden' });
    await more.click();
  }
  await menuItem(inside).hover();
  await menuItem(CLUSTER_ITEMS[0]!).waitFor();
}

/** Clicks an item of the menu that is open. VS Code does not hear a click in a menu's first tenth of a second. */
async function choose(title: string): Promise<void> {
  const gone = { state: 'hidden', timeout: 2_000 } as const;
  for (let tries = 0; tries < 10; tries++) {
    await menuItem(title).click();
    const isTaken = editor.page.locator('.monaco-menu').first().waitFor(gone);
    if (
      await isTaken.then(
        () => true,
        () => false,
      )
    )
      return;
  }
}

async function titlesInMenu(inside?: typeof CLUSTER): Promise<readonly string[]> {
  await openMenu(inside);
  const titles = await editor.page.locator('.monaco-menu .action-label').allTextContents();
  for (const _ of inside === undefined ? [1] : [1, 2]) await editor.page.keyboard.press('Escape');
  await editor.page.locator('.monaco-menu').first().waitFor({ state: 'hidden' });
  return titles;
}

/** One of the buttons that a row of the drift view shows while the mouse is on it. */
async function onRow(text: string, button: string): Promise<void> {
  const row = editor.page.locator('.pane-body .monaco-list-row', { hasText: text }).last();
  await row.hover();
  await row.locator(`.action-label[aria-label^="${button}"]`).click();
}

test('other people’s YAML is left in peace: nothing of ours stands over it', () =>
  told(editor, 'menus-peace', async () => {
    await editor.openFile('rr.yaml');
    await topologyButton().waitFor();
    await editor.openFile('workflow.yaml');
    await topologyButton().waitFor({ state: 'detached' });
    assert.ok(!(await titlesInMenu()).includes(CLUSTER));
    await editor.openFile('rr.yaml');
    await topologyButton().waitFor();
    const titles = await titlesInMenu(CLUSTER);
    assert.deepEqual(
      titles.filter((title) => CLUSTER_ITEMS.includes(title)),
      CLUSTER_ITEMS,
    );
    await topologyButton().click();
    await editor.page.locator('.tab[aria-label^="Topology"]').waitFor();
    await editor.command('View: Close All Editors');
  }));

test('the menu over a file: compare, plan, apply', () =>
  told(editor, 'menus-title', async () => {
    await editor.openFile('rr.yaml');
    await openMenu(CLUSTER);
    await editor.shot('menu-title');
    await choose('Diff with Cluster');
    const picked = editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'BGPPeer rr-mesh' });
    await picked.waitFor();
    await editor.shot('menu-diff');
    await picked.click();
    await editor.page.locator('.monaco-diff-editor').waitFor();
    await topologyButton().waitFor({ state: 'detached' });

    await editor.openFile('rr.yaml');
    await openMenu(CLUSTER);
    await choose('Plan');
    await editor.page.locator('.tab[aria-label^="plan.md"], .tab[data-resource-name="plan.md"]').first().waitFor();
    await editor.openFile('rr.yaml');
    await openMenu(CLUSTER);
    await choose('Roll Back…');
    await editor.notified('There is nothing to roll back.');
  }));

test('the words over an object: compare it, and apply it alone', () =>
  told(editor, 'menus-lens', async () => {
    await editor.command('View: Close All Editors');
    await editor.openFile('rr.yaml');
    await lens('Diff with Cluster').first().click();
    await editor.page.locator('.monaco-diff-editor .view-line', { hasText: 'peer-to-rrs' }).first().waitFor();
    await editor.openFile('rr.yaml');
    await lens('Apply…').first().click();
    await dialog().waitFor();
    assert.match((await dialog().textContent()) ?? '', /1 step\b[\s\S]*BGPPeer peer-to-rrs/);
    await editor.shot('menu-lens-apply');
    await dialog().locator('.monaco-button', { hasText: 'Apply' }).click();
    await editor.notified('Applied, and the cluster is as planned.');
    assert.deepEqual(peers(), ['peer-to-rrs', 'theirs']);
  }));

test('a row of the drift view: apply it, pull it, take it out of the cluster', () =>
  told(editor, 'menus-drift', async () => {
    const { page } = editor;
    await editor.command('View: Close All Editors');
    await editor.openFile('rr.yaml');
    await editor.goTo(7, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(' && !has(old)');
    await editor.save();
    await editor.command('Selvage: Compare Network with Cluster');
    const row = (text: string) => page.locator('.pane-body .monaco-list-row', { hasText: text }).last();
    // The other views of the side bar leave it little room.
    await page.locator('.pane-header', { hasText: /^000-in-cluster/ }).click();
    await row('BGPPeer peer-to-rrs').waitFor();
    await row('BGPPeer peer-to-rrs').hover();
    await editor.shot('menu-drift-row');

    await onRow('BGPPeer peer-to-rrs', 'Pull Live Object into File');
    await editor.line('peerSelector: has(route-reflector)').nth(1).waitFor();
    await editor.line('!has(old)').waitFor({ state: 'detached' });
    await editor.openFile('rr.yaml');
    await editor.save();
    assert.doesNotMatch(editor.onDisk('rr.yaml'), /has\(old\)/);

    await page.locator('.pane-header', { hasText: /^Cluster Drift/ }).hover();
    await page.locator('.pane-header .action-label[aria-label^="Compare Network with Cluster"]').click();
    await row('BGPPeer peer-to-rrs').waitFor({ state: 'detached' });
    await row('Not in the cluster').click();
    await onRow('BGPPeer rr-mesh', 'Apply…');
    await dialog().locator('.monaco-button', { hasText: 'Apply' }).click();
    await editor.notified('Applied, and the cluster is as planned.');
    assert.deepEqual(peers(), ['peer-to-rrs', 'rr-mesh', 'theirs']);
    // What was applied is not a difference any more.
    await row('BGPPeer rr-mesh').waitFor({ state: 'detached' });

    await row('Only in the cluster').click();
    await onRow('BGPPeer theirs', 'Remove from Cluster');
    const red = page.locator('.quick-input-widget', { hasText: 'This plan is red' });
    const yes = dialog().locator('.monaco-button', { hasText: 'Remove' });
    await red.or(yes).first().waitFor();
    await editor.shot('menu-drift-remove');
    if (await yes.isVisible()) await yes.click();
    else {
      await red.locator('input.input').fill('etcd:2379');
      await page.keyboard.press('Enter');
    }
    await editor.notified('Applied, and the cluster is as planned.');
    assert.deepEqual(peers(), ['peer-to-rrs', 'rr-mesh']);
  }));

test('the menu over a topology of containerlab', () =>
  told(editor, 'menus-lab', async () => {
    await editor.command('View: Close All Editors');
    await editor.openFile('two.clab.yml');
    await topologyButton().waitFor();
    const titles = await titlesInMenu();
    assert.deepEqual(
      titles.filter((title) => LAB_ITEMS.includes(title)),
      LAB_ITEMS,
    );
    assert.deepEqual(
      titles.filter((title) => CLUSTER_ITEMS.includes(title)),
      [],
    );
    for (const verb of ['Deploy', 'Destroy']) {
      await openMenu();
      await choose(`${verb} Lab…`);
      await dialog().waitFor();
      assert.match((await dialog().textContent()) ?? '', new RegExp(`${verb}: two.clab.yml`));
      await editor.shot(`menu-lab-${verb.toLowerCase()}`);
      await dialog().locator('.monaco-button', { hasText: 'Cancel' }).click();
      await dialog().waitFor({ state: 'detached' });
    }
    await openMenu();
    await choose('Inspect Lab');
    await editor.page
      .frameLocator('iframe.webview.ready')
      .frameLocator('#active-frame')
      .locator('td', { hasText: 'clab-two-r1' })
      .waitFor();
    await editor.shot('menu-lab-inspect');
  }));

function peers(): readonly string[] {
  const { objects } = JSON.parse(readFileSync(join(bin, 'calicoctl-objects.json'), 'utf8')) as {
    objects: Record<string, { kind: string; metadata: { name: string } }>;
  };
  const names = Object.values(objects).flatMap(({ kind, metadata }) => (kind === 'BGPPeer' ? [metadata.name] : []));
  return names.sort();
}

/** A program `containerlab` that knows its version and says of one node that it runs. */
function fakeLab(): string {
  const path = join(bin, 'containerlab');
  const node = {
    name: 'clab-two-r1',
    kind: 'linux',
    image: 'alpine:3.20',
    state: 'running',
    ipv4_address: '172.20.20.2/24',
  };
  writeFileSync(
    path,
    `#!${process.execPath}\nconsole.log(process.argv[2] === 'version' ? 'version: 0.73.0' : ${JSON.stringify(JSON.stringify({ two: [node] }))});\n`,
  );
  chmodSync(path, 0o755);
  return path;
}
