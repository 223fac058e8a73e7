import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fakeCalicoctl } from '../apply/fake-calicoctl.ts';
import { type Editor, openExample, told } from './editor.ts';
import { CLUSTER } from './reflector-cluster.ts';

const bin = mkdtempSync(join(tmpdir(), 'selvage-e2e-apply-'));
const settings = { 'selvage.cluster.calicoctl': fakeCalicoctl(bin, CLUSTER), 'selvage.cluster.live': true };
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

const preview = () => editor.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
const dialog = () => editor.page.locator('.monaco-dialog-box');
const typed = () => editor.page.locator('.quick-input-widget input.input');

test('plan, apply with a yes, diff in VS Code’s own editor, and roll back by typing the name', () =>
  told(editor, 'apply', async () => {
    const { page } = editor;
    assert.equal(existsSync(join(bin, 'calicoctl-calls.txt')), false, 'opening a folder runs nothing');

    await editor.openFile('rr.yaml');
    await page.locator('.codelens-decoration', { hasText: 'Diff with Cluster' }).first().waitFor();
    await editor.command('Selvage: Plan');
    const plan = preview();
    await plan.locator('h2', { hasText: 'create BGPPeer peer-to-rrs' }).waitFor();
    await plan.locator('li', { hasText: 'come up' }).first().waitFor();
    await editor.shot('cluster-plan');
    assert.equal(calls(), '');

    await editor.command('Selvage: Apply…');
    await dialog().waitFor();
    assert.match((await dialog().textContent()) ?? '', /2 steps, calicoctl → etcd http:\/\/etcd:2379/);
    await editor.shot('cluster-apply');
    await dialog().locator('.monaco-button', { hasText: 'Apply' }).click();
    await editor.notified(/2\/2 BGPPeer/);
    await editor.shot('cluster-progress');
    await editor.notified('Applied, and the cluster is as planned.');
    await editor.shot('cluster-applied');
    assert.equal(calls().match(/^create/gm)?.length, 2);

    await editor.command('Selvage: Diff with Cluster');
    await editor.notified('No change: 2 objects say in the cluster what the file says');

    await editor.goTo(7, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(' && !has(old)');
    await editor.command('View: Close Other Editors in Group');
    await editor.command('Selvage: Diff with Cluster');
    await page.locator('.monaco-diff-editor').waitFor();
    await page.locator('.monaco-diff-editor .view-line', { hasText: '!has(old)' }).first().waitFor();
    await editor.shot('cluster-diff');

    await editor.command('Selvage: Roll Back…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'BGPPeer rr-mesh' }).click();
    await page.locator('.quick-input-widget', { hasText: 'This plan is red' }).waitFor();
    await editor.shot('cluster-rollback');
    await typed().fill('etcd:2379');
    await page.keyboard.press('Enter');
    await editor.notified('Applied, and the cluster is as planned.');
    assert.equal(calls().match(/^delete/gm)?.length, 2);
    assert.ok(!Object.keys(objects()).some((key) => key.startsWith('BGPPeer')));
  }));

test('a fix that goes on to the cluster, and what the cluster says beside a pool', () =>
  told(editor, 'live', async () => {
    const { page } = editor;
    await editor.openFile('rr.yaml');
    await editor.command('File: Revert File');
    await editor.command('View: Close All Editors');
    await editor.openFile('ippool.yaml');
    await page.locator('.codelens-decoration', { hasText: /Live .* 210 of 65536 addresses in use/ }).waitFor();
    await editor.shot('cluster-live');
  }));

function calls(): string {
  const file = join(bin, 'calicoctl-calls.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^(get|version|ipam|node) .*\n/gm, '') : '';
}

function objects(): Record<string, unknown> {
  return (JSON.parse(readFileSync(join(bin, 'calicoctl-objects.json'), 'utf8')) as { objects: Record<string, unknown> })
    .objects;
}
