import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fakeCalicoctl } from '../apply/fake-calicoctl.ts';
import { type Editor, openExample, told } from './editor.ts';
import { API, CLUSTER } from './reflector-cluster.ts';

const bin = mkdtempSync(join(tmpdir(), 'selvage-e2e-drift-'));
const settings = { 'selvage.cluster.calicoctl': fakeCalicoctl(bin, CLUSTER) };
let editor: Editor;
before(async () => {
  Object.assign(process.env, {
    XDG_STATE_HOME: join(bin, 'state'),
    ETCD_ENDPOINTS: 'http://etcd:2379',
    FAKE_CALICOCTL_SLOW: '1500',
  });
  editor = await openExample('000-in-cluster-reflectors', settings);
  // A plan is some twenty programs, one after the other: on a busy machine that takes its time.
  editor.page.setDefaultTimeout(120_000);
});
after(async () => {
  await editor?.close();
  rmSync(bin, { recursive: true, force: true, maxRetries: 5 });
});

const dialog = () => editor.page.locator('.monaco-dialog-box');
const typed = () => editor.page.locator('.quick-input-widget input.input');

test('the whole network’s drift in a view, and the cluster’s object pulled into the file', () =>
  told(editor, 'drift', async () => {
    const { page } = editor;
    put({
      apiVersion: API,
      kind: 'BGPPeer',
      metadata: { name: 'theirs' },
      spec: { peerIP: '172.16.0.1', asNumber: 65001 },
    });
    put({
      apiVersion: API,
      kind: 'BGPPeer',
      metadata: { name: 'rr-mesh' },
      spec: { nodeSelector: 'has(route-reflector)', peerSelector: 'has(rr)' },
    });
    await editor.openFile('rr.yaml');
    await editor.command('Selvage: Compare Network with Cluster');
    const row = (text: string) => page.locator('.pane-body .monaco-list-row', { hasText: text });
    await row('Differ').first().waitFor();
    await row('BGPPeer rr-mesh').waitFor();
    await row('BGPPeer rr-mesh').click();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'has(rr)' }).first().waitFor();
    await editor.shot('cluster-drift');
    // The list holds only the rows that fit: with the first group closed the others come into sight.
    await row('Differ').first().click();
    await row('Not in the cluster').waitFor();
    await row('Only in the cluster').waitFor();
    await editor.shot('cluster-drift-groups');

    await editor.openFile('rr.yaml');
    await editor.goTo(15, 1);
    await editor.command('Selvage: Pull Live Object into File');
    await editor.line('peerSelector: has(rr)').first().waitFor();
    // The file is as it was before the next story begins.
    await editor.command('File: Revert File');
    await editor.line('peerSelector: has(rr)').waitFor({ state: 'detached' });
  }));

test('applied for a while: the countdown is in the status bar, and a click keeps it', () =>
  told(editor, 'timed', async () => {
    const { page } = editor;
    await editor.openFile('rr.yaml');
    await editor.command('Selvage: Apply, and Roll Back unless Confirmed…');
    await page.locator('.quick-input-widget', { hasText: 'within how many minutes' }).waitFor();
    await typed().fill('5');
    await page.keyboard.press('Enter');
    const red = page.locator('.quick-input-widget', { hasText: 'This plan is red' });
    const yes = dialog().locator('.monaco-button', { hasText: 'Apply' });
    await red.or(yes).first().waitFor();
    if (await yes.isVisible()) await yes.click();
    else {
      await typed().fill('etcd:2379');
      await page.keyboard.press('Enter');
    }
    const status = page.locator('.statusbar-item', { hasText: /Confirm, or rolled back in \d:\d\d/ });
    await status.waitFor();
    await editor.shot('cluster-countdown');
    await status.click();
    await editor.notified('Confirmed: it stays.');
    await status.waitFor({ state: 'hidden' });
    assert.ok(Object.keys(objects()).some((key) => key.includes('peer-to-rrs')));
  }));

function objects(): Record<string, unknown> {
  return (JSON.parse(readFileSync(join(bin, 'calicoctl-objects.json'), 'utf8')) as { objects: Record<string, unknown> })
    .objects;
}

/** Somebody else writes an object into the cluster. */
function put(object: { kind: string; metadata: { name: string } } & Record<string, unknown>): void {
  const file = join(bin, 'calicoctl-objects.json');
  const state = JSON.parse(readFileSync(file, 'utf8')) as { revision: number; objects: Record<string, unknown> };
  state.revision += 1;
  const metadata = { ...object.metadata, resourceVersion: String(state.revision) };
  state.objects[`${object.kind}  ${object.metadata.name}`] = { ...object, metadata };
  writeFileSync(`${file}.theirs`, JSON.stringify(state));
  renameSync(`${file}.theirs`, file);
}
