import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { pool, ROOT, sitesOf, workspaceOf } from './texts.ts';

test('a folder is one network, however its files are spread', () => {
  const workspace = workspaceOf({ 'a/x.yaml': pool('one', '10.1.0.0/16'), 'b/c/y.yaml': pool('two', '10.2.0.0/16') });
  assert.deepEqual(sitesOf(workspace), { default: ['a/x.yaml', 'b/c/y.yaml'] });
});

test('sibling folders that define the same object differently are networks apart, and share what stands above them', () => {
  const workspace = workspaceOf({
    'shared.yaml': pool('all', '10.0.0.0/16'),
    'prod/p.yaml': pool('pods', '10.1.0.0/16'),
    'lab/p.yaml': pool('pods', '10.2.0.0/16'),
    'docs/d.yaml': pool('other', '10.9.0.0/16'),
  });
  assert.deepEqual(sitesOf(workspace), {
    default: ['docs/d.yaml', 'shared.yaml'],
    lab: ['lab/p.yaml', 'shared.yaml'],
    prod: ['prod/p.yaml', 'shared.yaml'],
  });
});

test('the same object with the same content in two folders is one network with a copy', () => {
  const workspace = workspaceOf({
    'a/p.yaml': pool('pods', '10.1.0.0/16'),
    'b/p.yaml': `# copy\n${pool('pods', '10.1.0.0/16')}`,
  });
  assert.deepEqual(sitesOf(workspace), { default: ['a/p.yaml', 'b/p.yaml'] });
});

test('labs beside each other that use the same router names are networks apart', () => {
  const router = (peer: string) => `frr defaults datacenter\nrouter bgp 65001\n neighbor ${peer} remote-as 65002\n`;
  const workspace = workspaceOf({
    'one/r1/frr.conf': router('10.0.0.2'),
    'one/r2/frr.conf': router('10.0.0.1'),
    'two/r1/frr.conf': router('10.9.0.2'),
    'two/r2/frr.conf': router('10.9.0.1'),
  });
  assert.deepEqual(sitesOf(workspace), {
    one: ['one/r1/frr.conf', 'one/r2/frr.conf'],
    two: ['two/r1/frr.conf', 'two/r2/frr.conf'],
  });
});

test('an edit that makes siblings differ splits the network, and undoing it joins them again', () => {
  const workspace = workspaceOf({ 'a/p.yaml': pool('pods', '10.1.0.0/16'), 'b/p.yaml': pool('pods', '10.1.0.0/16') });
  assert.deepEqual(Object.keys(sitesOf(workspace)), ['default']);
  workspace.setFile(`${ROOT}/b/p.yaml`, pool('pods', '10.2.0.0/16'));
  assert.deepEqual(Object.keys(sitesOf(workspace)), ['a', 'b']);
  workspace.setFile(`${ROOT}/b/p.yaml`, pool('pods', '10.1.0.0/16'));
  assert.deepEqual(Object.keys(sitesOf(workspace)), ['default']);
  workspace.setFile(`${ROOT}/b/p.yaml`, pool('pods', '10.2.0.0/16'));
  workspace.removeFile(`${ROOT}/b/p.yaml`);
  assert.deepEqual(sitesOf(workspace), { default: ['a/p.yaml'] });
});

test('a selvage.yaml below the folder makes its folder a network of its own', () => {
  const workspace = workspaceOf({
    'a/p.yaml': pool('one', '10.1.0.0/16'),
    'lab/selvage.yaml': 'rules: {ipam/pool-overlap: "off"}\n',
    'lab/p.yaml': pool('two', '10.1.0.0/16'),
  });
  const sites = sitesOf(workspace);
  assert.deepEqual(sites.default, ['a/p.yaml']);
  assert.deepEqual(sites.lab, ['lab/p.yaml', 'lab/selvage.yaml']);
  const lab = workspace.sites().find(({ name }) => name === 'lab')!;
  assert.deepEqual(lab.settings.rules, { 'ipam/pool-overlap': 'off' });
  assert.deepEqual(workspace.sites().find(({ name }) => name === 'default')!.settings.rules, {});
});

test('declared sites take their files by pattern; what none of them takes stays together', () => {
  const workspace = workspaceOf({
    'selvage.yaml':
      'sites:\n  - name: east\n    include: [racks/e*, core.yaml]\n    exclude: ["**/old.yaml"]\n    calicoVersion: "3.28"\n  - name: west\n    include: ["racks/w*/**"]\n',
    'core.yaml': pool('core', '10.0.0.0/16'),
    'racks/e1/p.yaml': pool('pods', '10.1.0.0/16'),
    'racks/e1/old.yaml': pool('old', '10.1.0.0/16'),
    'racks/w1/p.yaml': pool('pods', '10.2.0.0/16'),
  });
  const sites = sitesOf(workspace);
  assert.deepEqual(sites.east, ['core.yaml', 'racks/e1/p.yaml']);
  assert.deepEqual(sites.west, ['racks/w1/p.yaml']);
  assert.deepEqual(sites.default, ['racks/e1/old.yaml', 'selvage.yaml']);
  assert.equal(workspace.sites().find(({ name }) => name === 'east')!.settings.calicoVersion, '3.28');
});

test('settings: the editor’s, then selvage.yaml nearer and nearer, and those of a command line over all', () => {
  const workspace = new Workspace();
  const settings = { calicoVersion: '3.20', rules: { 'a/b': 'off', 'c/d': 'error' } } as const;
  workspace.setFolders([{ uri: ROOT, settings, overrides: { spiderpoolVersion: '1.0' } }]);
  workspace.setFile(`${ROOT}/selvage.yaml`, 'spiderpoolVersion: "0.9"\nrules: {c/d: hint}\n');
  workspace.setFile(`${ROOT}/x.yaml`, pool('x', '10.0.0.0/16'));
  const [site] = workspace.sites();
  assert.equal(site!.settings.calicoVersion, '3.20');
  assert.equal(site!.settings.spiderpoolVersion, '1.0');
  assert.deepEqual(site!.settings.rules, { 'a/b': 'off', 'c/d': 'hint' });
});

test('each folder of a multi-root window is its own network; a nested one takes its files', () => {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: ROOT }, { uri: 'file:///lab' }, { uri: `${ROOT}/inner` }]);
  for (const uri of [`${ROOT}/a.yaml`, `${ROOT}/inner/b.yaml`, 'file:///lab/c.yaml', 'file:///elsewhere/d.yaml'])
    workspace.setFile(uri, pool('pods', '10.0.0.0/16'));
  const groups = workspace.sites().map((site) => [...workspace.filesOf(site)]);
  assert.deepEqual(groups.sort(), [
    ['file:///elsewhere/d.yaml'],
    ['file:///lab/c.yaml'],
    [`${ROOT}/a.yaml`],
    [`${ROOT}/inner/b.yaml`],
  ]);
  workspace.setFolders([{ uri: ROOT }]);
  assert.deepEqual(sitesOf(workspace), { default: ['a.yaml', 'inner/b.yaml'] });
});

test('folders whose names need escaping in a URI group as any other', () => {
  const workspace = workspaceOf({
    'rack%200/a%23b.yaml': pool('pods', '10.1.0.0/16'),
    'rack%201/a.yaml': pool('pods', '10.2.0.0/16'),
  });
  assert.deepEqual(Object.keys(sitesOf(workspace)), ['rack 0', 'rack 1']);
});

test('a file that becomes a template leaves its network, and comes back when it is none any more', () => {
  const text = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n';
  const workspace = workspaceOf({ 'a.yaml': pool('p', '10.0.0.0/16'), 'b.yaml': text });
  workspace.sites();
  workspace.setFile(`${ROOT}/b.yaml`, `{{ if .x }}\n${text}`);
  assert.deepEqual(sitesOf(workspace), { default: ['a.yaml'] });
  workspace.setFile(`${ROOT}/b.yaml`, text);
  assert.deepEqual(sitesOf(workspace), { default: ['a.yaml', 'b.yaml'] });
});
