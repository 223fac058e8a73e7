import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCluster } from '../../server/src/apply/cluster.ts';
import { redact } from '../../server/src/apply/failure.ts';
import type { ObjectRef } from '../../server/src/apply/objects.ts';
import { calicoctl } from '../../server/src/apply/tools/calicoctl.ts';
import { labCommand } from '../../server/src/apply/tools/containerlab.ts';
import { nodeCommands } from '../../server/src/host/node-commands.ts';
import { read } from './network.ts';
import { always, exited } from './replay.ts';
import { connection, DATASTORE } from './story-reflectors.ts';

const folder = mkdtempSync(join(tmpdir(), 'selvage-hostile-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = [
  '--config=/x',
  '; rm -rf /',
  '../../x',
  '$(touch /tmp/x)',
  '`id`',
  '-n',
  'a b',
  'a\nkind: Node',
  '',
  'ü',
  'a/b',
];
const refOf = (name: string): ObjectRef => ({ apiVersion: 'projectcalico.org/v3', kind: 'BGPPeer', name });
const peer = (name: string) => ({ ...refOf(name), metadata: { name }, spec: {} });

test('names that are options, commands or paths are refused before anything is started', async () => {
  for (const name of NAMES) {
    const runner = always(exited(0, "Successfully created 1 'BGPPeer' resource(s)"));
    const tool = calicoctl(runner, { datastore: DATASTORE, versions: 'must match' });
    for (const outcome of [
      await tool.create(peer(name)),
      await tool.get(refOf(name)),
      await tool.remove(refOf(name), '1'),
    ])
      assert.ok('failure' in outcome, JSON.stringify(name));
    assert.equal(runner.asked.length, 0, JSON.stringify(name));
  }
});

test('such names in files are left aside, and no name of a file is ever an argument', async () => {
  const files = NAMES.map((name) =>
    JSON.stringify({ apiVersion: 'projectcalico.org/v3', kind: 'BGPPeer', metadata: { name }, spec: {} }),
  );
  const good = JSON.stringify({
    apiVersion: 'projectcalico.org/v3',
    kind: 'BGPPeer',
    metadata: { name: 'config' },
    spec: {},
  });
  const { objects, aside } = read({ 'net.yaml': [...files, good].join('\n---\n') });
  assert.deepEqual(
    objects.map(({ ref }) => ref.name),
    ['config'],
  );
  assert.equal(aside.length, NAMES.length);
  const runner = always(exited(1, '', 'failed'));
  await readCluster(connection(runner), objects, 'network');
  assert.ok(runner.asked.flatMap(({ args }) => args).every((arg) => !arg.includes('rm -rf') && arg !== 'config'));
});

test('a template is never applied', () => {
  const { objects, aside } = read({
    'net.yaml':
      'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\nspec: {peerIP: "{{ .Values.tor }}"}\n',
  });
  assert.equal(objects.length, 0);
  assert.match(aside[0]!.reason.en, /template/);
});

test('a half-typed document is not applied as if it were whole', () => {
  const { objects, aside } = read({
    'net.yaml': 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\nspec:\n  peerIP: "10.0.0.1\n',
  });
  assert.equal(objects.length, 0);
  assert.match(aside[0]!.reason.en, /mistake/);
});

/** A calicoctl that does this instead. */
function imposter(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function asked(program: string, timeout = 5000) {
  const tool = calicoctl(nodeCommands(), { program, datastore: DATASTORE, versions: 'must match', timeout });
  const begun = performance.now();
  const outcome = await tool.target();
  const took = performance.now() - begun;
  assert.ok('failure' in outcome);
  assert.doesNotMatch(outcome.failure.text.en, /\p{Cc}/u);
  return { ...outcome.failure, took };
}

test('a calicoctl that hangs is stopped, with everything that it started', async () => {
  const marker = join(folder, 'grandchild-was-here');
  const failure = await asked(imposter('hangs', `(sleep 3; touch '${marker}') & sleep 60`), 1000);
  assert.equal(failure.code, 'timeout');
  assert.ok(failure.took < 3000);
  await new Promise((resolve) => setTimeout(resolve, 3500));
  assert.equal(existsSync(marker), false);
});

test('one that leaves somebody behind with the pipe open does not keep us', async () => {
  const failure = await asked(imposter('leaves', "(sleep 20) & echo 'nothing'"), 15_000);
  assert.equal(failure.code, 'garbage');
  assert.ok(failure.took < 5000);
});

test('garbage, an early end, exit 137, no program and no permission are each told', async () => {
  assert.equal((await asked(imposter('garbage', 'head -c 100000 /dev/urandom'))).code, 'garbage');
  assert.equal((await asked(imposter('killed', 'exit 137'))).code, 'killed');
  assert.equal((await asked(imposter('kills-itself', 'kill -9 $$'))).code, 'killed');
  assert.equal((await asked(join(folder, 'nobody'))).code, 'missing');
  assert.equal((await asked('selvage-has-no-such-program')).code, 'missing');
  assert.equal((await asked('./calicoctl')).code, 'missing');
  writeFileSync(join(folder, 'no-program'), 'x');
  assert.equal((await asked(join(folder, 'no-program'))).code, 'forbidden');
  assert.equal(
    (await asked(imposter('colours', "printf '\\033[31mgoroutine 1\\033[0m\\n\\n' >&2; exit 3"))).code,
    'garbage',
  );
});

test('one that never stops talking is cut off', async () => {
  const failure = await asked(imposter('endless', 'yes 0123456789012345678901234567890123456789'), 20_000);
  assert.equal(failure.code, 'overflow');
});

test('ten megabytes go in and come out, even when nobody reads them', async () => {
  const runner = nodeCommands();
  const input = 'x'.repeat(10 * 1024 * 1024);
  const limit = 64 * 1024 * 1024;
  const echoed = await runner.run({ program: 'cat', args: [], input, timeout: 20_000, limit });
  assert.equal(echoed.kind === 'exited' && echoed.stdout.length, input.length);
  const ignored = await runner.run({ program: 'true', args: [], input, timeout: 20_000, limit });
  assert.deepEqual([ignored.kind, ignored.kind === 'exited' && ignored.code], ['exited', 0]);
});

test('a shell sees nothing of an argument', async () => {
  const marker = join(folder, 'injected');
  const result = await nodeCommands().run({
    program: 'echo',
    args: [`$(touch ${marker})`, '; touch', marker, '`id`'],
    timeout: 5000,
    limit: 1000,
  });
  assert.equal(existsSync(marker), false);
  assert.match(result.kind === 'exited' ? result.stdout : '', /^\$\(touch/);
});

test('what an answer says of other objects is not taken for the one that was asked for', async () => {
  const tool = calicoctl(always(exited(0, JSON.stringify(peer('other')))), {
    datastore: DATASTORE,
    versions: 'must match',
  });
  const outcome = await tool.get(refOf('mine'));
  assert.equal('failure' in outcome && outcome.failure.code, 'garbage');
});

test('aliases that grow without end are garbage', async () => {
  const laughs = `a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nkind: BGPPeerList\nitems: [*b,*b]\n`;
  const tool = calicoctl(always(exited(0, laughs)), { datastore: DATASTORE, versions: 'must match' });
  const outcome = await tool.list(['BGPPeer']);
  assert.equal('failure' in outcome && outcome.failure.code, 'garbage');
});

test('credentials are taken out of whatever is shown', () => {
  for (const secret of [
    'dial https://root:hunter2@10.0.0.1:2379 failed',
    'ETCD_PASSWORD=hunter2 is wrong',
    'password: "hunter2"',
    'Authorization: Bearer hunter2hunter2',
    '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----',
    'token=hunter2, user=x',
  ])
    assert.doesNotMatch(redact(secret), /hunter2/, secret);
});

test('a topology is a file of this machine, and never an option', () => {
  assert.ok('failure' in labCommand('containerlab', 'destroy', '--all'));
  assert.ok('failure' in labCommand('containerlab', 'deploy', 'https://example.org/x.clab.yml'));
  assert.deepEqual(labCommand('containerlab', 'destroy', '/l/a b.clab.yml'), {
    ok: ['containerlab', 'destroy', '--topo', '/l/a b.clab.yml'],
  });
});
