import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cacheFolder } from '../../server/src/host/compiled.ts';
import { root, startEditor } from './editor.ts';

const BOOT = join(root, 'server', 'src', 'lsp', 'boot.ts');
const POOL =
  'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\nspec: {cidr: 10.0.0.0/16, blockSize: 8}\n';

const folder = mkdtempSync(join(tmpdir(), 'selvage-cache-'));
const before = process.env.XDG_CACHE_HOME;
after(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server as users do, with a cache folder, and says what it finds. */
async function findings(cache: string): Promise<readonly string[]> {
  process.env.XDG_CACHE_HOME = cache;
  const editor = await startEditor({ server: BOOT });
  await editor.open('pool.yaml', POOL);
  const codes = await editor.codes('pool.yaml');
  await editor.stop();
  return codes;
}

test('the compiled server is kept in a folder of the user’s own, and used again', async () => {
  const first = await findings(folder);
  const [version] = readdirSync(join(folder, 'selvage', 'compiled'));
  assert.ok(readdirSync(join(folder, 'selvage', 'compiled', version!)).length > 0);
  assert.ok(first.length > 0);
  assert.deepEqual(await findings(folder), first);
});

test('a server that cannot keep anything starts all the same', async () => {
  writeFileSync(join(folder, 'file'), '');
  assert.ok((await findings(join(folder, 'file'))).length > 0);
});

test('the folder is the user’s, whatever the place that the server was started in', () => {
  assert.equal(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' }, '/home/me'), join('/var/cache/me', 'selvage'));
  assert.ok(cacheFolder({ XDG_CACHE_HOME: 'relative' }, '/home/me').startsWith(join('/home/me')));
  assert.ok(cacheFolder({}, '/home/me').startsWith(join('/home/me')));
});
