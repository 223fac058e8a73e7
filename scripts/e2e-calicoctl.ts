// Plays the stories of test/apply with a real calicoctl and a real etcd, and records what they said for the tests that replay
// them. CALICOCTL names the binary; etcd and etcdctl must be on the PATH.   npm run e2e:calicoctl [-- --record]
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { nodeCommands } from '../server/src/host/node-commands.ts';
import { type Call, recording } from '../test/apply/replay.ts';
import { type Circumstance, errors } from '../test/apply/story-errors.ts';
import { reflectors } from '../test/apply/story-reflectors.ts';
import { killedAndResumed } from './e2e-calicoctl-kill.ts';

const program = process.env.CALICOCTL;
if (program === undefined || !isAbsolute(program)) {
  console.error('CALICOCTL must name a calicoctl binary by its absolute path.');
  process.exit(2);
}
const trial = mkdtempSync(join(tmpdir(), 'selvage-calicoctl-'));
const running: ChildProcess[] = [];

try {
  const version = /v\d+\.\d+\.\d+/.exec(spawnSync(program, ['version', '--client'], { encoding: 'utf8' }).stdout)?.[0];
  if (version === undefined) throw new Error('CALICOCTL does not tell its version');
  console.log(`calicoctl ${version}`);

  const main = recording(nodeCommands(envFor(await startEtcd('main'))));
  await reflectors(main, program);
  console.log('reflectors: created, changed, cut short, resumed, rolled back to the byte');
  keep(version, 'reflectors', main.calls);

  await killedAndResumed(program, envFor(await startEtcd('kill')), trial);
  console.log('kill: the program was killed in a write, resumed, and rolled back');

  const calls: Call[] = [];
  const environments = await circumstances();
  await errors((circumstance) => {
    const runner = nodeCommands(environments[circumstance]);
    return {
      async run(command) {
        const recorder = recording(runner);
        const result = await recorder.run(command);
        calls.push(...recorder.calls.map((call) => ({ ...call, args: [`# ${circumstance}`, ...call.args] })));
        return result;
      },
    };
  }, program);
  console.log('errors: every one is told in a sentence of its own');
  keep(version, 'errors', calls);
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(trial, { recursive: true, force: true, maxRetries: 5 });
}

function keep(version: string, story: string, calls: readonly Call[]): void {
  if (!process.argv.includes('--record')) return;
  const folder = new URL('../test/apply/transcripts/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${version}-${story}.json`, folder), `${JSON.stringify(calls, null, 1)}\n`);
}

function envFor(endpoint: string): Record<string, string | undefined> {
  return { PATH: process.env.PATH, HOME: trial, DATASTORE_TYPE: 'etcdv3', ETCD_ENDPOINTS: endpoint };
}

async function circumstances(): Promise<Record<Circumstance, Record<string, string | undefined>>> {
  const information = (spec: object): string =>
    JSON.stringify({
      kind: 'ClusterInformation',
      apiVersion: 'projectcalico.org/v3',
      metadata: {
        name: 'default',
        creationTimestamp: '2024-01-01T00:00:00Z',
        uid: 'b2a9a7b2-0000-4000-8000-000000000000',
      },
      spec,
    });
  const INFORMATION = '/calico/resources/v3/projectcalico.org/clusterinformations/default';
  const mismatch = await startEtcd('mismatch');
  etcdctl(
    mismatch,
    'put',
    INFORMATION,
    information({ calicoVersion: 'v3.1.0', datastoreReady: true, clusterGUID: 'a' }),
  );
  const locked = await startEtcd('locked');
  etcdctl(locked, 'put', INFORMATION, information({ datastoreReady: false, clusterGUID: 'b' }));
  const auth = await startEtcd('auth');
  etcdctl(auth, 'user', 'add', 'root:not-a-secret');
  etcdctl(auth, 'user', 'grant-role', 'root', 'root');
  etcdctl(auth, 'auth', 'enable');
  const kubeconfig = join(trial, 'kubeconfig');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'down',
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      contexts: [{ name: 'down', context: { cluster: 'c', user: 'u' } }],
      users: [{ name: 'u', user: { token: 'none' } }],
    }),
  );
  const base = { PATH: process.env.PATH, HOME: trial };
  return {
    etcd: envFor(await startEtcd('errors')),
    mismatch: envFor(mismatch),
    locked: envFor(locked),
    'etcd-auth': envFor(auth),
    'etcd-down': envFor('http://127.0.0.1:1'),
    'kubernetes-down': { ...base, DATASTORE_TYPE: 'kubernetes', KUBECONFIG: kubeconfig },
    'kubernetes-nothing': { ...base, DATASTORE_TYPE: 'kubernetes' },
    'unknown-datastore': { ...base, DATASTORE_TYPE: 'foo' },
  };
}

async function startEtcd(name: string): Promise<string> {
  const [client, peer] = [await freePort(), await freePort()];
  const endpoint = `http://127.0.0.1:${client}`;
  const peers = `http://127.0.0.1:${peer}`;
  const options = {
    'data-dir': join(trial, name),
    'listen-client-urls': endpoint,
    'advertise-client-urls': endpoint,
    'listen-peer-urls': peers,
    'initial-advertise-peer-urls': peers,
    'initial-cluster': `default=${peers}`,
    'unsafe-no-fsync': 'true',
  };
  const args = Object.entries(options).map(([option, value]) => `--${option}=${value}`);
  running.push(spawn('etcd', args, { stdio: 'ignore' }));
  for (let tries = 0; tries < 100; tries++) {
    if (spawnSync('etcdctl', ['--endpoints', endpoint, 'endpoint', 'health'], { env: etcdEnv() }).status === 0)
      return endpoint;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('etcd did not start');
}

function etcdctl(endpoint: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('etcdctl', ['--endpoints', endpoint, ...args], {
    env: etcdEnv(),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`etcdctl ${args[0]}: ${stderr}`);
}

function etcdEnv(): NodeJS.ProcessEnv {
  return { ...process.env, ETCDCTL_API: '3' };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
