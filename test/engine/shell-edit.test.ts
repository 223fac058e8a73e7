import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../../server/src/engine.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const ROOT = 'file:///w';
const POOL =
  'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: pods}\nspec: {cidr: 10.20.0.0/16, ipipMode: Never, natOutgoing: false}\n';

function open(files: Readonly<Record<string, string>>): { workspace: Workspace; engine: Engine } {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: ROOT }]);
  for (const [name, text] of Object.entries(files)) workspace.setFile(`${ROOT}/${name}`, text);
  return { workspace, engine: new Engine(workspace) };
}

const lines = (engine: Engine, name: string, code: string) =>
  engine
    .diagnose(`${ROOT}/${name}`)
    .filter((one) => one.code === code)
    .map((one) => one.range.start.line);

test('a finding across files in a script moves with the script, and goes when the line is mended', () => {
  const route = 'ip route add 10.7.0.0/16 via 10.20.0.1\n';
  const { workspace, engine } = open({ 'pools.yaml': POOL, 'routes.sh': route });
  assert.deepEqual(lines(engine, 'routes.sh', 'shell/next-hop'), [0]);
  workspace.setFile(`${ROOT}/routes.sh`, `# a comment\n\n${route}`);
  assert.deepEqual(lines(engine, 'routes.sh', 'shell/next-hop'), [2]);
  workspace.setFile(`${ROOT}/routes.sh`, '# a comment\n\nip route add 10.7.0.0/16 via 172.16.0.1\n');
  assert.deepEqual(lines(engine, 'routes.sh', 'shell/next-hop'), []);
});

test('what stands in Markdown is no part of the network, and what no parser takes is told there too', () => {
  const prose =
    '```yaml\napiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: other}\nspec: {cidr: 10.20.0.0/17}\n```\n';
  const wrong = '```sh\nip route add -net 10.20.0.0/16 gw 172.16.0.13\n```\n';
  const { engine } = open({ 'pools.yaml': POOL, 'README.md': prose + wrong });
  assert.deepEqual(lines(engine, 'pools.yaml', 'ipam/pool-overlap'), []);
  assert.deepEqual(
    engine.diagnose(`${ROOT}/README.md`).map((one) => `${one.range.start.line} ${one.code}`),
    ['7 shell/route-syntax'],
  );
});
