import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fakeCalicoctl } from '../apply/fake-calicoctl.ts';
import { type Editor, openExample, told } from './editor.ts';

const bin = mkdtempSync(join(tmpdir(), 'selvage-e2e-apply-'));
let editor: Editor;
before(async () => {
  process.env.XDG_STATE_HOME = join(bin, 'state');
  process.env.ETCD_ENDPOINTS = 'http://etcd:2379';
  editor = await openExample('000-in-cluster-reflectors', { 'selvage.cluster.calicoctl': fakeCalicoctl(bin) });
});
after(async () => {
  await editor?.close();
  rmSync(bin, { recursive: true, force: true, maxRetries: 5 });
});

const notification = (text: string | RegExp) =>
  editor.page.locator('.notification-list-item-message', { hasText: text }).last();

test('plan, apply with a yes, diff in VS Code’s own editor, and roll back by typing the name', () =>
  told(editor, 'apply', async () => {
    const { page } = editor;
    assert.equal(existsSync(join(bin, 'calicoctl-calls.txt')), false, 'opening a folder runs nothing');

    await editor.openFile('rr.yaml');
    await editor.command('Selvage: Plan');
    await editor.line('create BGPPeer peer-to-rrs').waitFor();
    await editor.shot('cluster-plan');
    assert.doesNotMatch(calls(), /^create/m);

    await editor.openFile('rr.yaml');
    await editor.command('Selvage: Apply…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? '', /2 steps, calicoctl → etcd http:\/\/etcd:2379/);
    await editor.shot('cluster-apply');
    await dialog.locator('.monaco-button', { hasText: 'Apply' }).click();
    await notification('Applied, and the cluster is as planned.').waitFor();
    await editor.shot('cluster-applied');
    assert.equal(calls().match(/^create/gm)?.length, 2);

    await editor.openFile('rr.yaml');
    await editor.command('Selvage: Diff with Cluster');
    await notification(/No change: 2 objects say in the cluster what the file says/).waitFor();

    await editor.goTo(7, 1);
    await page.keyboard.press('End');
    await page.keyboard.type(' && !has(old)');
    await editor.command('Selvage: Diff with Cluster');
    await page.locator('.monaco-diff-editor').waitFor();
    await page.locator('.monaco-diff-editor .view-line', { hasText: '!has(old)' }).first().waitFor();
    await editor.shot('cluster-diff');

    await editor.command('Selvage: Roll Back…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'BGPPeer rr-mesh' }).click();
    const input = page.locator('.quick-input-widget input.input');
    await page.locator('.quick-input-widget', { hasText: 'This plan is red' }).waitFor();
    await editor.shot('cluster-rollback');
    await input.fill('etcd:2379');
    await page.keyboard.press('Enter');
    await until(() => (calls().match(/^delete/gm)?.length ?? 0) === 2);
    await until(
      () => Object.keys(JSON.parse(readFileSync(join(bin, 'calicoctl-objects.json'), 'utf8')).objects).length === 0,
    );
  }));

function calls(): string {
  const file = join(bin, 'calicoctl-calls.txt');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(holds());
}
