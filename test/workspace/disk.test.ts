import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { nodeFiles, uriOfPath } from '../../server/src/host/node-files.ts';
import { listFiles, scanFolder } from '../../server/src/workspace/scan.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { pool } from './texts.ts';

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'selvage-disk-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function found(folder: string): Promise<readonly string[]> {
  const root = uriOfPath(folder);
  return (await listFiles(nodeFiles, root)).map((uri) => decodeURIComponent(uri.slice(root.length + 1)));
}

const POOL = pool('p', '10.0.0.0/16');

test('.gitignore files count where they stand, nearer ones take back, and vendored trees are left alone', async () => {
  const folder = folderWith({
    '.gitignore': '*.gen.yaml\n/build/\ntmp/\n!keep.gen.yaml\n',
    'a.yaml': POOL,
    'a.gen.yaml': POOL,
    'keep.gen.yaml': POOL,
    'build/b.yaml': POOL,
    'sub/build/c.yaml': POOL,
    'sub/tmp/d.yaml': POOL,
    'sub/.gitignore': 'e.yaml\n!f.gen.yaml\n',
    'sub/e.yaml': POOL,
    'sub/f.gen.yaml': POOL,
    'node_modules/m/x.yaml': POOL,
    '.git/x.yaml': POOL,
    'package.json': '{}',
    'logo.svg': '',
  });
  assert.deepEqual(await found(folder), ['a.yaml', 'keep.gen.yaml', 'sub/build/c.yaml', 'sub/f.gen.yaml']);
});

test('.selvageignore leaves out what version control keeps, and has the last word in its folder', async () => {
  const folder = folderWith({
    '.gitignore': 'generated/\n',
    '.selvageignore': '/bad/\n!generated/\n',
    'a.yaml': POOL,
    'bad/b.yaml': POOL,
    'sub/bad/c.yaml': POOL,
    'generated/d.yaml': POOL,
  });
  assert.deepEqual(await found(folder), ['a.yaml', 'generated/d.yaml', 'sub/bad/c.yaml']);
});

test('names with blanks, percent signs and Chinese characters are found and read', async () => {
  const names = ['a b.yaml', '100%.yaml', '机架/池#1.yaml'];
  const folder = folderWith(Object.fromEntries(names.map((name, index) => [name, pool(`p${index}`, '10.0.0.0/16')])));
  const workspace = new Workspace(nodeFiles);
  workspace.setFolders([{ uri: uriOfPath(folder) }]);
  assert.deepEqual(await scanFolder(workspace, nodeFiles, uriOfPath(folder)), []);
  assert.deepEqual(
    [...workspace.files].map(({ all }) => all[0]!.resources.length),
    [1, 1, 1],
  );
  for (const name of names) assert.ok(workspace.file(uriOfPath(join(folder, name))), name);
});

test('links that loop end; a link to a file is read; a link out of the folder is followed once', async () => {
  const outside = folderWith({ 'o.yaml': POOL });
  symlinkSync(outside, join(outside, 'self'));
  const folder = folderWith({ 'a/x.yaml': POOL });
  symlinkSync('..', join(folder, 'a', 'up'));
  symlinkSync('.', join(folder, 'here'));
  symlinkSync('a/x.yaml', join(folder, 'link.yaml'));
  symlinkSync('gone.yaml', join(folder, 'dangling.yaml'));
  symlinkSync(outside, join(folder, 'out'));
  assert.deepEqual(await found(folder), ['a/x.yaml', 'link.yaml', 'out/o.yaml']);
});

test('two links to each other’s folders end', async () => {
  const folder = folderWith({ 'a/x.yaml': POOL, 'b/y.yaml': POOL });
  symlinkSync('../b', join(folder, 'a', 'to-b'));
  symlinkSync('../a', join(folder, 'b', 'to-a'));
  const files = await found(folder);
  assert.ok(files.includes('a/x.yaml') && files.includes('b/y.yaml'));
  assert.ok(files.length <= 4, files.join(' '));
});

test('files that are huge, binary or missing are told, and the others are read', async () => {
  const folder = folderWith({ 'ok.yaml': POOL, 'nul.yaml': Buffer.from('a: 1\0b'), 'huge.yaml': '' });
  truncateSync(join(folder, 'huge.yaml'), 5 * 1024 * 1024);
  const workspace = new Workspace(nodeFiles);
  workspace.setFolders([{ uri: uriOfPath(folder) }]);
  const unreadable = await scanFolder(workspace, nodeFiles, uriOfPath(folder));
  assert.deepEqual(
    unreadable.map(({ uri, reason }) => [uri.slice(uri.lastIndexOf('/') + 1), reason.en]),
    [
      ['huge.yaml', 'larger than 4 MB'],
      ['nul.yaml', 'not a text file'],
    ],
  );
  assert.deepEqual(
    [...workspace.files].map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)),
    ['ok.yaml'],
  );
  assert.deepEqual(await nodeFiles.read(uriOfPath(join(folder, 'none.yaml'))), {
    unreadable: { en: 'it does not exist', 'zh-cn': '文件不存在' },
  });
  assert.deepEqual(await nodeFiles.list(uriOfPath(join(folder, 'none'))), []);
});

test('UTF-16 in both byte orders is read; a UTF-8 byte-order mark stays part of the text', async () => {
  const little = Buffer.from(`\uFEFF${POOL}`, 'utf16le');
  const folder = folderWith({
    'le.yaml': little,
    'be.yaml': Buffer.from(little).swap16(),
    'bom.yaml': `\uFEFF${POOL}`,
  });
  const read = async (name: string) => nodeFiles.read(uriOfPath(join(folder, name)));
  assert.deepEqual(await read('le.yaml'), { text: POOL });
  assert.deepEqual(await read('be.yaml'), { text: POOL });
  assert.deepEqual(await read('bom.yaml'), { text: `\uFEFF${POOL}` });
  const workspace = new Workspace(nodeFiles);
  await scanFolder(workspace, nodeFiles, uriOfPath(folder));
  for (const { all } of workspace.files) assert.equal(all[0]!.resources[0]!.name!.value, 'p');
});

test('text that an editor holds may hold a NUL or be huge: it is skipped with a reason', () => {
  const workspace = new Workspace();
  workspace.setFile('file:///n/a.yaml', 'a: \0');
  workspace.setFile('file:///n/b.yaml', `# ${'x'.repeat(5_000_000)}`);
  assert.deepEqual(
    [...workspace.files].map(({ skipped }) => skipped?.en),
    ['Not a text file.', 'Larger than 4 MB.'],
  );
});

test('a path that Git ignores is made while working, so its absence proves nothing', async () => {
  const folder = folderWith({ '.gitignore': '*.log\nstate/\n', 'lab/p.yaml': POOL });
  const root = uriOfPath(folder);
  const workspace = new Workspace(nodeFiles);
  workspace.setFolders([{ uri: root }]);
  await scanFolder(workspace, nodeFiles, root);
  const [site] = workspace.sites();
  assert.equal(site!.exists(`${root}/lab/p.yaml`), true);
  assert.equal(site!.exists(`${root}/lab/absent.yaml`), false);
  assert.equal(site!.exists(`${root}/lab/watcher.log`), undefined);
  assert.equal(site!.exists(`${root}/lab/gateway/state/leases`), undefined);
});

test('large JSON of something else is not read', async () => {
  const folder = folderWith({
    'coverage.json': '{"paths": [1, 2]}',
    'pool.json': '{"apiVersion": "projectcalico.org/v3", "kind": "IPPool"}',
  });
  const root = uriOfPath(folder);
  const workspace = new Workspace(nodeFiles);
  workspace.setFolders([{ uri: root }]);
  await scanFolder(workspace, nodeFiles, root);
  assert.deepEqual(
    [...workspace.files].map(({ uri }) => uri.slice(root.length + 1)),
    ['pool.json'],
  );
});
