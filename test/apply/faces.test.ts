import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { selvage } from '../cli/site.ts';
import { applied, type Editor, startEditor } from '../lsp/editor.ts';
import { fakeCalicoctl } from './fake-calicoctl.ts';
import { MESH, REFLECTED } from './network.ts';

const trial = mkdtempSync(join(tmpdir(), 'selvage-faces-'));
after(() => rmSync(trial, { recursive: true, force: true }));
let count = 0;

/** A folder with a network, a cluster of its own, and the environment that leads to it. */
function place(text: string) {
  count += 1;
  const bin = join(trial, `bin-${count}`);
  const net = join(trial, `net-${count}`);
  mkdirSync(bin);
  mkdirSync(join(net, '.git'), { recursive: true });
  const calicoctl = fakeCalicoctl(bin);
  const write = (next: string): void => writeFileSync(join(net, 'net.yaml'), next);
  write(text);
  const env: Record<string, string> = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: join(trial, `home-${count}`),
    ETCD_ENDPOINTS: 'http://etcd:2379',
  };
  const run = (...args: readonly string[]) => selvage(net, args, { env });
  const calls = (): string =>
    existsSync(join(bin, 'calicoctl-calls.txt')) ? readFileSync(join(bin, 'calicoctl-calls.txt'), 'utf8') : '';
  return { bin, net, calicoctl, env, write, run, calls };
}

const ACCEPT = ['--accept', 'etcd:2379'];

test('diff: 1 with what is missing, 0 with “No change”, 2 when the tool is not there', async () => {
  const { run, env } = place(MESH);
  const before = await run('diff');
  assert.equal(before.code, 1);
  assert.match(before.out, /^calicoctl → etcd http:\/\/etcd:2379 \(v3\.31\.7\)\n/);
  assert.match(before.out, /\+ Node n1 {2}not in the cluster/);
  assert.equal((await run('apply', '--yes')).code, 0);
  const clean = await run('diff');
  assert.deepEqual([clean.code, /No change: 6 objects say/.test(clean.out)], [0, true]);
  const json = JSON.parse((await run('diff', '--format', 'json')).out);
  assert.equal(json.counts.same, 6);
  env.PATH = '/nowhere';
  const missing = await run('diff');
  assert.equal(missing.code, 2);
  assert.match(missing.error, /calicoctl was not found on this machine\. Download/);
  assert.match((await run('diff', '--lang', 'zh-cn')).error, /本机未找到 calicoctl/);
});

test('a plan changes nothing, and an apply without a yes or a name changes nothing', async () => {
  const { run, write, calls } = place(MESH);
  assert.equal((await run('plan')).code, 1);
  const refused = await run('apply');
  assert.equal(refused.code, 2);
  assert.match(refused.error, /--yes is needed/);
  assert.doesNotMatch(calls(), /^(create|replace|delete)/m);
  assert.equal((await run('apply', '-y')).code, 0);
  write(REFLECTED);
  const red = await run('apply', '--yes');
  assert.equal(red.code, 2);
  assert.match(red.error, /a red step is accepted only by name, with --accept etcd:2379/);
  assert.match(
    red.out,
    /4\. change BGPConfiguration default {2}\[red: sessions go down; the node-to-node mesh is switched off\]/,
  );
  assert.equal((await run('apply', '--accept', 'n1', 'default-ipv4-ippool')).code, 2);
  assert.equal((await run('apply', '--accept', 'n1', 'default-ipv4-ippool', 'default')).code, 0);
  assert.equal((await run('plan')).code, 0);
});

test('the first failure stops it, and says exactly what was and was not applied; roll back takes back what was', async () => {
  const { run, write, env, bin } = place(MESH);
  await run('apply', '--yes');
  const before = objectsIn(bin);
  write(REFLECTED);
  env.FAKE_CALICOCTL_FAILS = 'IPPool';
  const stopped = await run('apply', ...ACCEPT);
  assert.equal(stopped.code, 1);
  assert.match(stopped.error, /IPPool default-ipv4-ippool: calicoctl refuses `Spec` = `x` \(it does not please\)/);
  assert.match(
    stopped.error,
    /Applied: BGPPeer peer-to-rrs, Node n1; not applied: IPPool default-ipv4-ippool, BGPConfiguration default\./,
  );
  env.FAKE_CALICOCTL_FAILS = '';
  const shown = await run('rollback', '--dry-run');
  assert.match(shown.out, /change Node n1[\s\S]*remove BGPPeer peer-to-rrs/);
  assert.equal((await run('rollback', ...ACCEPT)).code, 0);
  assert.deepEqual(objectsIn(bin), before);
  assert.match((await run('status')).out, /rolled back/);
});

test('the whole network: what was applied from here and is in no file any more is told apart from what others made', async () => {
  const { run, write, bin } = place(REFLECTED);
  assert.equal((await run('apply', ...ACCEPT)).code, 0);
  const file = join(bin, 'calicoctl-objects.json');
  const state = JSON.parse(readFileSync(file, 'utf8')) as { objects: Record<string, object> };
  state.objects['BGPPeer  theirs'] = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'BGPPeer',
    metadata: { name: 'theirs', resourceVersion: '77' },
    spec: { peerIP: '172.16.0.1', asNumber: 65001 },
  };
  writeFileSync(file, JSON.stringify(state));
  write(REFLECTED.replace(/---\napiVersion: .*\nkind: BGPPeer[\s\S]*?(?=---)/, ''));
  const drift = await run('diff', '--all');
  assert.equal(drift.code, 1);
  assert.match(drift.out, /- BGPPeer peer-to-rrs {2}in no file any more/);
  assert.match(drift.out, /\? BGPPeer theirs {2}only in the cluster/);
  assert.deepEqual(JSON.parse((await run('diff', '--all', '--format', 'json')).out).counts, {
    added: 0,
    changed: 0,
    same: 6,
    removed: 1,
    unmanaged: 1,
  });
  assert.equal((await run('diff')).code, 0, 'the files alone say nothing of it');
  assert.equal((await run('apply', '--remove', 'BGPPeer/peer-to-rrs', ...ACCEPT)).code, 0);
  assert.match((await run('diff', '--all')).out, /No change: 6 objects/);
});

test('the journal is outside the repository, and only its owner may read it', async () => {
  const { run, env, net } = place(MESH);
  await run('apply', '--yes');
  const folder = join(env.HOME!, '.local', 'state', 'selvage', 'journal');
  const [journal] = readdirSync(folder);
  assert.equal(statSync(join(folder, journal!)).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(net).sort(), ['.git', 'net.yaml']);
});

test('unless somebody confirms in time it is rolled back, loudly; confirmed from elsewhere it stays', async () => {
  const { run, write, bin, env } = place(MESH);
  await run('apply', '--yes');
  const before = objectsIn(bin);
  write(REFLECTED);
  const expired = await run('apply', ...ACCEPT, '--confirm-within', '0.02');
  assert.equal(expired.code, 1);
  assert.match(
    expired.error,
    /only while it runs and the cluster answers[\s\S]*Nobody confirmed in time: ROLLING BACK/,
  );
  assert.deepEqual(objectsIn(bin), before);

  const waiting = run('apply', ...ACCEPT, '--confirm-within', '1');
  const folder = join(env.HOME!, '.local', 'state', 'selvage', 'journal');
  await until(() =>
    readdirSync(folder).some(
      (name) => name.endsWith('.json') && readFileSync(join(folder, name), 'utf8').includes('"unconfirmed"'),
    ),
  );
  assert.match((await run('status')).out, /WAITS TO BE CONFIRMED/);
  assert.equal((await run('apply', '--confirm')).code, 0);
  const kept = await waiting;
  assert.deepEqual([kept.code, /Confirmed: it stays/.test(kept.out)], [0, true]);
  assert.notDeepEqual(objectsIn(bin), before);
});

test('usage: what is not an object, not a number or not there is told with exit code 2', async () => {
  const { run } = place(MESH);
  for (const args of [
    ['apply', '--remove', '--config=/x'],
    ['plan', '--remove', 'BGPPeer/../../x'],
    ['apply', '--confirm-within', 'soon'],
    ['diff', '--timeout', '-1'],
    ['rollback', '../../etc/passwd'],
    ['apply', '--confirm', 'nobody'],
    ['diff', 'nowhere.yaml'],
  ]) {
    const { code, error } = await run(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(error, /^selvage: [^\n]+\n$/);
  }
});

async function withEditor(
  options: Parameters<typeof startEditor>[0],
  story: (editor: Editor) => Promise<void>,
): Promise<void> {
  const editor = await startEditor(options);
  try {
    await editor.ready();
    await story(editor);
  } finally {
    await editor.stop();
  }
}

const execute = (editor: Editor, command: string, argument: unknown = {}): Promise<Record<string, never>> =>
  editor.connection.sendRequest('workspace/executeCommand', {
    command: `selvage.cluster.${command}`,
    arguments: [argument],
  });

test('language server: nothing runs in a workspace that is not trusted', async () => {
  const { calicoctl, calls } = place(MESH);
  await withEditor({ files: { 'net.yaml': MESH }, settings: { calicoctl } }, async (editor) => {
    for (const command of ['diff', 'plan', 'snapshot', 'pull', 'rollback']) {
      const answer = await execute(editor, command, { uri: editor.uri('net.yaml') });
      assert.match(String((answer as { failure?: string }).failure), /not trusted/, command);
    }
    assert.equal(calls(), '');
  });
});

test('language server: diff, plan, apply what was shown, pull and roll back', async () => {
  const { calicoctl, bin, env } = place(MESH);
  process.env.XDG_STATE_HOME = join(env.HOME!, 'state');
  after(() => delete process.env.XDG_STATE_HOME);
  const settings = { calicoctl, calicoctlConfig: '' };
  await withEditor(
    { files: { 'net.yaml': MESH }, settings, initializationOptions: { runsTools: true } },
    async (editor) => {
      const uri = editor.uri('net.yaml');
      const diff = (await execute(editor, 'diff', { uri })) as { counts?: { added: number } };
      assert.equal(diff.counts?.added, 6, JSON.stringify(diff));
      type Planned = { plan: { id: string; risk: string; names: string[]; steps: { object: string }[] } };
      const first = (await execute(editor, 'plan', { uri })) as unknown as Planned;
      assert.equal(first.plan.risk, 'amber');
      const unasked = (await execute(editor, 'apply', { plan: first.plan.id })) as { failure?: string };
      assert.match(unasked.failure ?? '', /not accepted/);
      const applied = (await execute(editor, 'apply', { plan: first.plan.id, accepted: 'yes' })) as {
        verdict?: string;
      };
      assert.equal(applied.verdict, 'as-planned', JSON.stringify(applied));
      const again = (await execute(editor, 'apply', { plan: first.plan.id, accepted: 'yes' })) as { failure?: string };
      assert.match(again.failure ?? '', /Plan again/);

      await editor.open('net.yaml', MESH.replace('asNumber: 63400', 'asNumber: 63401'));
      const second = (await execute(editor, 'plan', { uri })) as unknown as Planned;
      assert.deepEqual(
        [second.plan.risk, second.plan.steps.map(({ object }) => object)],
        ['red', ['BGPConfiguration default']],
      );
      const wrong = (await execute(editor, 'apply', { plan: second.plan.id, accepted: 'yes' })) as { failure?: string };
      assert.match(wrong.failure ?? '', /not accepted/);
      const done = (await execute(editor, 'apply', { plan: second.plan.id, accepted: second.plan.names[0] })) as {
        journal?: { id: string };
      };
      assert.equal(objectsIn(bin).find(({ kind }) => kind === 'BGPConfiguration')?.spec.asNumber, 63401);

      const back = (await execute(editor, 'rollback', { journal: done.journal?.id })) as unknown as Planned;
      await execute(editor, 'apply', { plan: back.plan.id, accepted: back.plan.names[0] });
      assert.equal(objectsIn(bin).find(({ kind }) => kind === 'BGPConfiguration')?.spec.asNumber, 63400);

      const ref = { apiVersion: 'projectcalico.org/v3', kind: 'BGPConfiguration', name: 'default' };
      const pulled = (await execute(editor, 'pull', { uri, object: ref })) as { text?: string };
      assert.match(pulled.text ?? '', /asNumber: 63400/);
      assert.doesNotMatch(pulled.text ?? '', /resourceVersion|uid/);
      const snapshot = (await execute(editor, 'snapshot')) as { objects?: number };
      assert.equal(snapshot.objects, 6);
    },
  );
});

test('language server: what is in no file any more is planned away, and only that', async () => {
  const { calicoctl, bin, env } = place(REFLECTED);
  process.env.XDG_STATE_HOME = join(env.HOME!, 'state');
  await withEditor(
    { files: { 'net.yaml': REFLECTED }, settings: { calicoctl }, initializationOptions: { runsTools: true } },
    async (editor) => {
      const uri = editor.uri('net.yaml');
      type Planned = { plan: { id: string; names: string[]; steps: { object: string; action: string }[] } };
      const first = (await execute(editor, 'plan', { uri })) as unknown as Planned;
      await execute(editor, 'apply', { plan: first.plan.id, accepted: first.plan.names[0] });
      await editor.open('net.yaml', REFLECTED.replace(/---\napiVersion: .*\nkind: BGPPeer[\s\S]*?(?=---)/, ''));
      type Drifted = { counts: { removed: number }; objects: { status: string; ref: object }[] };
      const drift = (await execute(editor, 'diff', { uri, all: true })) as unknown as Drifted;
      assert.equal(drift.counts.removed, 1);
      const gone = drift.objects.filter(({ status }) => status === 'removed').map(({ ref }) => ref);
      const plan = (await execute(editor, 'plan', { uri, remove: gone })) as unknown as Planned;
      assert.deepEqual(
        plan.plan.steps.map(({ action, object }) => `${action} ${object}`),
        ['remove BGPPeer peer-to-rrs'],
      );
      await execute(editor, 'apply', { plan: plan.plan.id, accepted: plan.plan.names[0] });
      assert.equal(objectsIn(bin).filter(({ kind }) => kind === 'BGPPeer').length, 0);
    },
  );
});

test('language server: what the cluster says now stands beside peers and pools only for those who opted in', async () => {
  const { calicoctl, calls } = place(MESH);
  const lensesOf = async (editor: Editor): Promise<readonly string[]> =>
    (
      await editor.connection.sendRequest<readonly { command: { title: string } }[]>('textDocument/codeLens', {
        textDocument: { uri: editor.uri('net.yaml') },
      })
    ).map(({ command }) => command.title);
  const initializationOptions = { runsTools: true, showsClusterLenses: true };
  await withEditor({ files: { 'net.yaml': MESH }, settings: { calicoctl }, initializationOptions }, async (editor) => {
    assert.ok((await lensesOf(editor)).every((title) => !title.startsWith('Live')));
    assert.equal(calls(), '', 'without opting in nothing is run');
    editor.settings({ calicoctl, live: true });
    await until(async () => (await lensesOf(editor)).some((title) => /^Live .* addresses in use/.test(title)));
    const lenses = await lensesOf(editor);
    assert.ok(lenses.some((title) => /^Live \d\d:\d\d · 210 of 65536 addresses in use \(0%\)$/.test(title)));
    assert.ok(
      lenses.some((title) => /· 1 of 2 sessions up: … → 172\.16\.0\.13: Active/.test(title)),
      lenses.join('\n'),
    );
    const before = calls().length;
    await lensesOf(editor);
    assert.equal(calls().length, before, 'it is read once, and again only on demand');
  });
});

test('language server: a countdown of a window that was closed goes on in the next one', async () => {
  const { calicoctl, bin, env } = place(MESH);
  process.env.XDG_STATE_HOME = join(env.HOME!, 'state');
  const options = { files: { 'net.yaml': MESH }, settings: { calicoctl }, initializationOptions: { runsTools: true } };
  await withEditor(options, async (editor) => {
    type Planned = { plan: { id: string } };
    const planned = (await execute(editor, 'plan', { uri: editor.uri('net.yaml') })) as unknown as Planned;
    await execute(editor, 'apply', { plan: planned.plan.id, accepted: 'yes', confirmWithin: 0.15 });
  });
  assert.equal(objectsIn(bin).length, 6);
  await withEditor(options, async (editor) => {
    const told = new Promise((resolve) => editor.connection.onNotification('selvage/rolledBack', resolve));
    const watched = (await execute(editor, 'watch')) as unknown as { waiting: object[]; overdue: object[] };
    assert.deepEqual([watched.waiting.length, watched.overdue.length], [1, 0]);
    await told;
    assert.equal(objectsIn(bin).length, 0);
  });
});

test('language server: a fix may be applied to the cluster in one go, where there is a cluster to apply it to', async () => {
  const text = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\nspec: {cidr: 10.20.0.1/16}\n';
  const { calicoctl } = place(text);
  const titles = async (editor: Editor): Promise<readonly string[]> => {
    const position = { line: 3, character: 14 };
    const actions = await editor.actions('net.yaml', { start: position, end: position });
    return actions.filter(({ title }) => /apply it to the cluster/.test(title)).map(({ title }) => title);
  };
  const files = { 'net.yaml': text };
  const settings = { calicoctl };
  await withEditor({ files, settings, initializationOptions: { showsClusterLenses: true } }, async (editor) =>
    assert.deepEqual(await titles(editor), []),
  );
  const initializationOptions = { runsTools: true, showsClusterLenses: true };
  await withEditor({ files, settings, initializationOptions }, async (editor) => {
    assert.equal((await titles(editor)).length, 1);
    const position = { line: 3, character: 14 };
    const actions = await editor.actions('net.yaml', { start: position, end: position });
    const action = await editor.resolve(actions.find(({ title }) => /apply it to the cluster/.test(title))!);
    assert.match(applied(text, action.edit, editor.uri('net.yaml')), /10\.20\.0\.0\/16/);
    const { command, arguments: [named] = [] } = action.command!;
    assert.deepEqual([command, (named as { object: { name: string } }).object.name], ['selvage.applyToCluster', 'p']);
  });
});

/** What the cluster holds, without what only it writes. */
function objectsIn(bin: string): readonly { kind: string; spec: Record<string, unknown> }[] {
  const { objects } = JSON.parse(readFileSync(join(bin, 'calicoctl-objects.json'), 'utf8')) as {
    objects: Record<string, { kind: string; metadata: Record<string, unknown>; spec: Record<string, unknown> }>;
  };
  return Object.keys(objects)
    .sort()
    .map((key) => {
      const { resourceVersion: _version, ...metadata } = objects[key]!.metadata;
      return { ...objects[key]!, metadata };
    });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await holds()); tries++) await new Promise((resolve) => setTimeout(resolve, 25));
  assert.ok(await holds());
}
