import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectLab, labCommand, labVersion } from '../../server/src/apply/tools/containerlab.ts';
import { always, exited } from './replay.ts';

/** As containerlab 0.79 prints it, below its name in large letters. */
const VERSION = (version: string): string =>
  `\n \u001b[38;2;0;201;255m⣿⡇\u001b[0m\n\n    version: ${version}\n     commit: 39ff2b7\n rel. notes: https://containerlab.dev/rn/\n`;
const NODE = {
  lab_name: 'l',
  name: 'clab-l-r1',
  kind: 'linux',
  image: 'frr',
  state: 'running',
  ipv4_address: '172.20.20.2/24',
};

test('a version that has no apply is told before anything is asked for; deploy needs none', async () => {
  const old = always(exited(0, VERSION('0.68.0')));
  const refused = await labVersion(old, { program: 'containerlab' }, 'apply');
  assert.ok('failure' in refused && refused.failure.code === 'too-old');
  assert.deepEqual(await labVersion(old, { program: 'containerlab' }, 'deploy'), { ok: '0.68.0' });
  assert.deepEqual(await labVersion(always(exited(0, VERSION('0.77.0'))), { program: 'containerlab' }, 'apply'), {
    ok: '0.77.0',
  });
  const garbage = await labVersion(always(exited(0, 'hello')), { program: 'containerlab' }, 'deploy');
  assert.ok('failure' in garbage && garbage.failure.code === 'garbage');
  const missing = await labVersion(always({ kind: 'missing' }), { program: 'containerlab' }, 'destroy');
  assert.ok('failure' in missing && /was not found/.test(missing.failure.text.en));
});

test('running nodes are read in both shapes; Docker that is down and missing rights are told', async () => {
  for (const value of [{ containers: [NODE] }, { l: [NODE] }]) {
    const found = await inspectLab(always(exited(0, JSON.stringify(value))), {}, '/l/l.clab.yml');
    assert.deepEqual('ok' in found && found.ok.map(({ name, addresses }) => [name, ...addresses]), [
      ['clab-l-r1', '172.20.20.2/24'],
    ]);
  }
  const codes = ['Cannot connect to the Docker daemon', 'permission denied'].map(async (said) => {
    const found = await inspectLab(always(exited(1, '', said)), {}, '/l/l.clab.yml');
    return 'failure' in found && found.failure.code;
  });
  assert.deepEqual(await Promise.all(codes), ['unreachable', 'unauthorised']);
});

test('each action is words for a terminal', () => {
  const words = (action: Parameters<typeof labCommand>[1]): unknown => labCommand('clab', action, '/l/l.clab.yml');
  assert.deepEqual(words('apply'), { ok: ['clab', 'apply', '--topo', '/l/l.clab.yml'] });
  assert.deepEqual(words('redeploy'), { ok: ['clab', 'deploy', '--reconfigure', '--topo', '/l/l.clab.yml'] });
});
