import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pasted, tryOut } from './paste.ts';

const trial = tryOut('broken-fabric');
after(() => trial.end());

const init = trial.file('init.lua', pasted('lua', 'start_client'));
const tell = trial.file(
  'tell.lua',
  `vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
   for _, one in ipairs(vim.diagnostic.get(0)) do io.stdout:write(one.code .. '\\n') end
   io.stdout:write(vim.bo.filetype .. '\\n')
   vim.cmd('qall!')`,
);

function told(file: string): string {
  const { stdout, stderr } = trial.run('nvim', [
    '--headless',
    '-i',
    'NONE',
    '-n',
    '-u',
    init,
    file,
    `+luafile ${tell}`,
  ]);
  return stdout + stderr;
}

test('Neovim, set up as docs/editors.md says: findings in YAML and in a router’s configuration', () => {
  assert.match(told('calico/pools-bench.yaml'), /yaml\/tag-eats-value/);
  assert.match(told('frr/tor0/frr.conf'), /bgp\/undefined-policy[\s\S]*\nfrr\n/);
});
