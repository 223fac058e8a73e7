import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Editor, openFolder, told } from './editor.ts';

const node = (name: string, host: number, rack: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: ${name}, labels: {rack: ${rack}}}\nspec: {bgp: {ipv4Address: 10.0.0.${host}/24}}\n`;
const FILES = {
  'nodes.yaml': `${node('n1', 11, 'r1')}---\n${node('n2', 12, 'r1')}---\n${node('n3', 13, 'r2')}`,
  'tor/frr.conf':
    'hostname tor\ninterface eth1\n ip address 10.0.0.1/24\nexit\nrouter bgp 65000\n neighbor 10.0.0.11 remote-as 64512\nexit\n',
  'peer.yaml': 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: tor\nspec:\n',
  'new.yaml': '',
  'kind.yaml': '\nmetadata:\n  name: b\n',
  'core/config.boot': 'protocols {\n    bgp {\n        system-as 65001\n    }\n}\n',
  'lab.clab.yml':
    'name: x\ntopology:\n  nodes:\n    s1: {kind: linux}\n    s2: {kind: linux}\n  links:\n    - endpoints: ["s1:eth1", "s2:eth1"]\n',
};

let folder: string;
let editor: Editor;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'selvage-completion-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  editor = await openFolder(folder, {
    settings: { 'editor.wordBasedSuggestions': 'off', 'editor.linkedEditing': true },
  });
});
after(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

const row = (label: string) =>
  editor.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();

/** Types a word, waits until it is offered, and takes it. */
async function take(typed: string, label: string): Promise<void> {
  await editor.page.keyboard.type(typed);
  await row(label).waitFor();
  await editor.page.keyboard.press('Enter');
}

test('a peer is written by what is offered: its fields, the router’s address and AS, and a label of the nodes', () =>
  told(editor, 'completion-peer', async () => {
    const { keyboard } = editor.page;
    await editor.openFile('peer.yaml');
    await editor.goTo(6, 1);
    await keyboard.type('  ');
    await keyboard.press('Control+Space');
    await row('peerIP').waitFor();
    await editor.shot('completion-fields');
    await take('peerI', 'peerIP');
    // What may stand behind the key is offered at once, the router before the nodes.
    await row('10.0.0.1').waitFor();
    await editor.shot('completion-peers');
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await take('asNum', 'asNumber');
    await row('65000').waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await take('nodeSel', 'nodeSelector');
    await row('rack').waitFor();
    await keyboard.press('Escape');
    await keyboard.type('rack == ');
    await row('r2').waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await editor.save();
    assert.equal(
      editor.onDisk('peer.yaml'),
      `${FILES['peer.yaml']}  peerIP: 10.0.0.1\n  asNumber: 65000\n  nodeSelector: rack == 'r2'`,
    );
  }));

test('a whole object in an empty file, its range one that nobody has', () =>
  told(editor, 'completion-snippet', async () => {
    const { keyboard } = editor.page;
    await editor.openFile('new.yaml');
    await editor.goTo(1, 1);
    await take('IPP', 'IPPool');
    await editor.line('blockSize: 26').waitFor();
    await keyboard.type('web');
    await keyboard.press('Escape');
    await editor.save();
    assert.match(
      editor.onDisk('new.yaml'),
      /kind: IPPool\nmetadata:\n {2}name: web\nspec:\n {2}cidr: 10\.\d+\.0\.0\/16\n/,
    );
  }));

test('a kind that is written first brings its apiVersion along', () =>
  told(editor, 'completion-kind', async () => {
    await editor.openFile('kind.yaml');
    await editor.goTo(1, 1);
    await take('kind: BGPF', 'BGPFilter');
    await editor.line('apiVersion: projectcalico.org/v3').waitFor();
    await editor.save();
    assert.equal(
      editor.onDisk('kind.yaml'),
      'apiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata:\n  name: b\n',
    );
  }));

test('VyOS’ words are offered with what they mean, and a neighbour with its address', () =>
  told(editor, 'completion-vyos', async () => {
    const { keyboard } = editor.page;
    await editor.openFile('core/config.boot');
    await editor.goTo(3, 24);
    await keyboard.press('Enter');
    await take('neig', 'neighbor');
    await keyboard.type('10.');
    await row('10.0.0.1').waitFor();
    await editor.shot('completion-vyos');
    await keyboard.press('Enter');
    await editor.save();
    assert.equal(
      editor.onDisk('core/config.boot'),
      'protocols {\n    bgp {\n        system-as 65001\n        neighbor 10.0.0.1 {\n        }\n    }\n}\n',
    );
  }));

test('with linked editing switched on, a node is typed at its key and in its link at once', () =>
  told(editor, 'linked-editing', async () => {
    const { page } = editor;
    const { keyboard } = page;
    await editor.openFile('lab.clab.yml');
    await editor.goTo(4, 7);
    await page.locator('.linked-editing-decoration').first().waitFor();
    await keyboard.type('0');
    await editor.line('endpoints: ["s10:eth1"').waitFor();
    await editor.save();
    assert.equal(editor.onDisk('lab.clab.yml'), FILES['lab.clab.yml'].replaceAll('s1', 's10'));
  }));
