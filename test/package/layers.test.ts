import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const trial = mkdtempSync(join(tmpdir(), 'selvage-layers-'));

before(() => cpSync(join(root, 'biome.json'), join(trial, 'biome.json')));
after(() => rmSync(trial, { recursive: true, force: true }));

/** The imports that this package's own linter settings refuse in a file at `path`. */
function refused(path: string, imports: readonly string[]): readonly string[] {
  const file = join(trial, path);
  mkdirSync(dirname(file), { recursive: true });
  const lines = imports.map((from, index) => `export * as x${index} from '${from}';\n`);
  writeFileSync(file, lines.join(''));
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', path], {
    cwd: trial,
    encoding: 'utf8',
  });
  const report = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { start: { line: number } } }[];
  };
  return report.diagnostics
    .filter(({ category }) => category === 'lint/style/noRestrictedImports')
    .map(({ location }) => imports[location.start.line - 1]!)
    .sort();
}

const machine = ['node:child_process', 'node:fs', 'node:fs/promises', 'vscode', 'vscode-languageserver/node'];

for (const room of ['syntax', 'schemas', 'model', 'network', 'assembly', 'rules', 'engine'])
  test(`${room}/ may not reach for the machine or the editor`, () => {
    assert.deepEqual(refused(`server/src/${room}/x.ts`, [...machine, './near.ts']), machine);
  });

test('an import that looks up is refused, at whatever depth it stands', () => {
  const cases: readonly [file: string, up: readonly string[], down: readonly string[]][] = [
    ['syntax/x.ts', ['../model/kinds.ts', '../rules/all.ts'], ['../text.ts', './tree.ts']],
    ['schemas/x.ts', ['../model/kinds.ts'], ['../syntax/tree.ts']],
    [
      'model/calico/x.ts',
      ['../../schemas/look-up.ts', '../../workspace/site.ts'],
      ['../../syntax/tree.ts', '../reader.ts'],
    ],
    ['network/bgp/x.ts', ['../../engine.ts', '../../syntax/tree.ts'], ['../../text.ts', '../prefix.ts']],
    ['workspace/x.ts', ['../network/prefix.ts', '../schemas/look-up.ts'], ['../model/kinds.ts', 'node:fs']],
    [
      'assembly/x.ts',
      ['../engine.ts', '../rules/all.ts'],
      ['../network/prefix.ts', '../schemas/look-up.ts', '../workspace/site.ts'],
    ],
    ['rules/bgp/x.ts', ['../../cli/main.ts', '../../engine.ts'], ['../../assembly/bgp.ts', '../../network/prefix.ts']],
    ['engine.ts', ['./lsp/server.ts', 'node:fs'], ['./engine/memo.ts', './rules/all.ts']],
    ['engine/x.ts', ['../cli/main.ts'], ['../rules/all.ts']],
    [
      'assistant/tools/x.ts',
      ['../../host/node-files.ts', '../../network/prefix.ts', 'node:fs'],
      ['../../engine.ts', '../tool.ts'],
    ],
    ['lsp/x.ts', ['../cli/main.ts', '../rules/all.ts', 'vscode'], ['../engine.ts', 'vscode-languageserver/node']],
    ['cli/x.ts', ['../lsp/server.ts', '../network/prefix.ts', 'vscode-languageserver'], ['../engine.ts', 'node:fs']],
  ];
  for (const [file, up, down] of cases) assert.deepEqual(refused(`server/src/${file}`, [...up, ...down]), up, file);
});

test('the client knows nothing of the server', () => {
  const imports = ['../../server/src/engine.ts', 'vscode', 'vscode-languageclient/node'];
  assert.deepEqual(refused('client/src/x.ts', imports), ['../../server/src/engine.ts']);
});
