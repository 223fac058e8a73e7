// Plays the stories of test/apply with a real calicoctl and a real etcd, and records what they said for the tests that replay
// them. CALICOCTL names the binary; etcd and etcdctl must be on the PATH. With KUBECTL and KUBE_APISERVER, and in
// KINDS the folders with Calico's CustomResourceDefinitions, they are played on Kubernetes too.
//   npm run e2e:calicoctl [-- --record]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { nodeCommands } from '../server/src/host/node-commands.ts';
import { MESH, REFLECTED } from '../test/apply/network.ts';
import { type Call, recording, recordingIn } from '../test/apply/replay.ts';
import { type Circumstance, errors } from '../test/apply/story-errors.ts';
import { reflectors } from '../test/apply/story-reflectors.ts';
import { onKubernetes } from './e2e-calicoctl-kubernetes.ts';
import { killedAndResumed } from './e2e-kill.ts';
import { etcdctl, startServers } from './e2e-servers.ts';
import { keepTranscript } from './e2e-transcripts.ts';

const {
  CALICOCTL: program = '',
  KUBECTL: kubectl = '',
  KUBE_APISERVER: apiServer = '',
  KINDS: kinds = '',
} = process.env;
if (!isAbsolute(program)) {
  console.error('CALICOCTL must name a calicoctl binary by its absolute path.');
  process.exit(2);
}
const servers = startServers('selvage-calicoctl-');
const { trial } = servers;

try {
  const version = /v\d+\.\d+\.\d+/.exec(spawnSync(program, ['version', '--client'], { encoding: 'utf8' }).stdout)?.[0];
  if (version === undefined) throw new Error('CALICOCTL does not tell its version');
  console.log(`calicoctl ${version}`);

  const main = recording(nodeCommands(envFor(await servers.etcd('main'))));
  await reflectors(main, 'etcd', program);
  console.log('reflectors: created, changed, cut short, resumed, rolled back to the byte');
  keepTranscript(`${version}-reflectors`, main.calls, trial);

  const endpoint = await servers.etcd('kill');
  const env = envFor(endpoint);
  await killedAndResumed({
    tool: 'calicoctl',
    program,
    env,
    trial,
    before: MESH,
    after: REFLECTED,
    at: '[2/4]',
    accept: endpoint.replace('http://', ''),
    objects: () =>
      ['node', 'bgpconfiguration', 'bgppeer', 'ippool']
        .map((kind) => spawnSync(program, ['get', kind, '-o', 'yaml'], { env, encoding: 'utf8' }).stdout)
        .join('')
        .replace(/^\s*resourceVersion: .*\n/gm, ''),
  });
  console.log('kill: the program was killed in a write, resumed, and rolled back');

  const calls: Call[] = [];
  const environments = await circumstances();
  await errors((circumstance) => recordingIn(circumstance, nodeCommands(environments[circumstance]), calls), program);
  console.log('errors: every one is told in a sentence of its own');
  keepTranscript(`${version}-errors`, calls, trial);

  if (apiServer !== '' && kubectl !== '' && kinds !== '')
    await onKubernetes(program, version, servers, { kubectl, apiServer, kinds: kinds.split(delimiter) });
  else
    console.log('Kubernetes: not played; KUBE_APISERVER, KUBECTL and KINDS (folders with Calico’s kinds) are not set');
} finally {
  servers.end();
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
  const mismatch = await servers.etcd('mismatch');
  etcdctl(
    mismatch,
    'put',
    INFORMATION,
    information({ calicoVersion: 'v3.1.0', datastoreReady: true, clusterGUID: 'a' }),
  );
  const locked = await servers.etcd('locked');
  etcdctl(locked, 'put', INFORMATION, information({ datastoreReady: false, clusterGUID: 'b' }));
  const auth = await servers.etcd('auth');
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
    etcd: envFor(await servers.etcd('errors')),
    mismatch: envFor(mismatch),
    locked: envFor(locked),
    'etcd-auth': envFor(auth),
    'etcd-down': envFor('http://127.0.0.1:1'),
    'kubernetes-down': { ...base, DATASTORE_TYPE: 'kubernetes', KUBECONFIG: kubeconfig },
    'kubernetes-nothing': { ...base, DATASTORE_TYPE: 'kubernetes' },
    'unknown-datastore': { ...base, DATASTORE_TYPE: 'foo' },
  };
}
