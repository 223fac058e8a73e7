import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createVSIX } from '@vscode/vsce';
import { until } from '../lsp/editor.ts';
import { type Editor, openFolder, root, told } from './editor.ts';

const trial = mkdtempSync(join(tmpdir(), 'selvage-neighbours-'));
const folder = join(trial, 'broken-fabric');
const note = join(trial, 'told.json');

/** An extension with another one's name that offers the same interface, and notes what it is told. */
async function standIn(publisher: string, name: string, main: string): Promise<string> {
  const home = join(trial, name);
  mkdirSync(home);
  const manifest = {
    name,
    publisher,
    version: '9.0.0',
    engines: { vscode: '^1.100.0' },
    activationEvents: ['*'],
    main: './main.js',
  };
  writeFileSync(join(home, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(home, 'main.js'), main);
  writeFileSync(join(home, 'README.md'), 'A stand-in for a test.\n');
  const packagePath = join(trial, `${name}.vsix`);
  await createVSIX({ cwd: home, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}

const YAML = `
const { renameSync, writeFileSync } = require('node:fs');
exports.activate = () => ({
  registerContributor(scheme, requestSchema, requestSchemaContent) {
    const vscode = require('vscode');
    const look = async () => {
      const document = vscode.window.activeTextEditor?.document;
      const address = document && requestSchema(document.uri.toString());
      if (!address) return;
      const heard = JSON.stringify({ scheme, address, content: await requestSchemaContent(address) });
      // Under another name first: who waits for the file never finds half of it.
      writeFileSync(${JSON.stringify(`${note}.part`)}, heard);
      renameSync(${JSON.stringify(`${note}.part`)}, ${JSON.stringify(note)});
    };
    setInterval(look, 300);
    return true;
  },
});`;
const KUBERNETES = `
const vscode = require('vscode');
exports.activate = () => ({
  get: (component, version) => component === 'configuration' && version === 'v1'
    ? { available: true, api: {
        getKubeconfigPath: () => ({ pathType: 'host', hostPath: '/home/me/lab.kubeconfig' }),
        onDidActiveContextChanged: new vscode.EventEmitter().event,
      } }
    : { available: false },
});`;

let editor: Editor;
before(async () => {
  cpSync(join(root, 'examples', 'broken-fabric'), folder, { recursive: true });
  editor = await openFolder(folder, {
    settings: { 'selvage.yamlExtension.completesFields': true },
    extensions: [
      await standIn('redhat', 'vscode-yaml', YAML),
      await standIn('ms-kubernetes-tools', 'vscode-kubernetes-tools', KUBERNETES),
    ],
  });
});
after(async () => {
  await editor?.close();
  rmSync(trial, { recursive: true, force: true });
});

test('the YAML extension is given our schema for our kinds, and we leave the fields to it', () =>
  told(editor, 'yaml-extension', async () => {
    await editor.openFile('calico/pools.yaml');
    await until(() => existsSync(note), 'the schema was never asked for');
    const heard = JSON.parse(readFileSync(note, 'utf8')) as { scheme: string; address: string; content: string };
    assert.equal(heard.address, 'selvage-schema://schema/objects');
    assert.ok(JSON.parse(heard.content).definitions['calico/IPPool'].properties.spec);

    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type('\n---\napiVersion: projectcalico.org/v3\nkind: IPPool\nspec:\n  ');
    await editor.page.keyboard.press('Control+Space');
    // Whether or not it has something to offer, VS Code says so when everybody has answered.
    await editor.page.locator('.suggest-widget.visible').waitFor();
    await editor.page.locator('.suggest-widget .message', { hasText: 'Loading' }).waitFor({ state: 'hidden' });
    await editor.shot('yaml-extension');
    const proposed = editor.page.locator('.suggest-widget .monaco-list-row', { hasText: 'blockSize' });
    assert.equal(await proposed.count(), 0);
    await editor.page.keyboard.press('Escape');
  }));

test('the kubeconfig of the Kubernetes extension is told, and used only when the user says so', () =>
  told(editor, 'kubernetes-extension', async () => {
    await editor.openFile('kind.yaml');
    await editor.page.locator('.statusbar-item[id="status.languageStatus"]').first().click();
    const line = editor.page.locator('.hover-language-status', { hasText: '/home/me/lab.kubeconfig' });
    await line.waitFor();
    await editor.shot('kubernetes-extension');
    await line.getByText('Use for Selvage').click();
    await editor.openFile('calico/pools.yaml');
    await editor.page.locator('.statusbar-item[id="status.languageStatus"]').first().click();
    await editor.page.locator('.hover-language-status', { hasText: 'Selvage works with it, too' }).waitFor();
  }));
