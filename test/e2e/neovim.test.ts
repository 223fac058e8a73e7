import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const trial = mkdtempSync(join(tmpdir(), 'selvage-neovim-'));
after(() => rmSync(trial, { recursive: true, force: true }));

interface Told {
  readonly codes: readonly string[];
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly source: string;
  readonly action: { readonly title: string; readonly kind: string };
  readonly failure?: string;
}

test('Neovim over stdio: the diagnostic arrives, its quick fix is applied, and it goes away', () => {
  const folder = join(trial, 'broken-fabric');
  cpSync(join(root, 'examples', 'broken-fabric'), folder, { recursive: true });
  const file = 'calico/pools-bench.yaml';
  const script = join(root, 'test', 'e2e', 'neovim.lua');
  const { stdout, stderr } = spawnSync(
    'nvim',
    ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', file, `+luafile ${script}`],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 180_000,
      env: {
        ...process.env,
        SELVAGE_CODE: 'yaml/tag-eats-value',
        SELVAGE_NODE: process.execPath,
        SELVAGE_SERVER: join(root, 'dist', 'server.js'),
      },
    },
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  assert.match(last, /^\{/, `Neovim told nothing:\n${stdout}${stderr}`);
  const told = JSON.parse(last) as Told;
  assert.equal(told.failure, undefined, stderr);
  assert.equal(told.source, 'selvage');
  assert.deepEqual(told.range.start, { line: 7, character: 16 });
  assert.match(told.action.kind, /^quickfix/);
  assert.match(readFileSync(join(folder, file), 'utf8'), /nodeSelector: "!has\(spinning-disk\)"/);
});
