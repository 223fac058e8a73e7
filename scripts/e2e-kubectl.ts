// Plays the stories of test/apply with a real kubectl and a real API server, and records what they said for the tests that
// replay them. KUBECTL and KUBE_APISERVER name the programs, KINDS the folders with the CustomResourceDefinitions of Spiderpool,
// of network attachments and of MetalLB; etcd and etcdctl must be on the PATH.   npm run e2e:kubectl [-- --record]
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createWebhook } from 'node:https';
import { createServer } from 'node:net';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { nodeCommands } from '../server/src/host/node-commands.ts';
import { type Call, recording, recordingIn } from '../test/apply/replay.ts';
import { kubectlErrors, type Setting } from '../test/apply/story-kubectl-errors.ts';
import { CONTEXT, FIRST, FOUND, FOUND_BY_OTHERS, SECOND, spiderpool } from '../test/apply/story-spiderpool.ts';
import { killedAndResumed } from './e2e-kill.ts';
import { type Cluster, installKinds, startServers } from './e2e-servers.ts';
import { keepTranscript } from './e2e-transcripts.ts';

const { KUBECTL: program = '', KUBE_APISERVER: apiServer = '', KINDS = '' } = process.env;
if (!isAbsolute(program) || !isAbsolute(apiServer) || KINDS === '') {
  console.error(
    'KUBECTL and KUBE_APISERVER must name the programs by their absolute paths, and KINDS the folders that hold the CustomResourceDefinitions of Spiderpool, NetworkAttachmentDefinition and MetalLB.',
  );
  process.exit(2);
}
const servers = startServers('selvage-kubectl-');
const closing: (() => void)[] = [];

try {
  const client = spawnSync(program, ['version', '--client', '--output=json'], { encoding: 'utf8' }).stdout;
  const version = `kubectl-${JSON.parse(client).clientVersion.gitVersion.replace(/-.*/, '')}`;
  console.log(version);

  const main = await cluster('main');
  main.kubectl(['create', 'namespace', 'shop']);
  main.kubectl(['apply', '--filename=-'], FOUND);
  main.kubectl([
    'patch',
    'configmap',
    'found',
    '--namespace=shop',
    '--field-manager=operator',
    '--patch',
    FOUND_BY_OTHERS,
  ]);
  const runner = recording(
    nodeCommands(envFor(main.kubeconfig({ [CONTEXT]: { token: 'admin-token', namespace: 'shop' } }))),
  );
  await spiderpool(runner, program);
  console.log('spiderpool: created, changed, cut short, resumed, rolled back to the byte');
  keepTranscript(`${version}-spiderpool`, runner.calls, servers.trial);

  const kill = await cluster('kill');
  await killedAndResumed({
    tool: 'kubectl',
    program,
    env: envFor(kill.kubeconfig({ [CONTEXT]: { token: 'admin-token' } })),
    trial: servers.trial,
    before: FIRST,
    after: SECOND,
    at: '[1/5]',
    accept: CONTEXT,
    objects: () => {
      const kinds = 'configmaps,spidersubnets,spiderippools,spidermultusconfigs,spidercoordinators,net-attach-def';
      const list = JSON.parse(kill.kubectl(['get', kinds, '--all-namespaces', '--output=json']));
      for (const { metadata } of list.items) {
        delete metadata.resourceVersion;
        delete metadata.generation;
      }
      return JSON.stringify(list.items, null, 1);
    },
  });
  console.log('kill: the program was killed in a write, resumed, and rolled back');

  const calls: Call[] = [];
  const environments = await settings(await cluster('errors'));
  await kubectlErrors((setting) => recordingIn(setting, nodeCommands(environments[setting]), calls), program);
  console.log('errors: every one is told in a sentence of its own');
  keepTranscript(`${version}-kubectl-errors`, calls, servers.trial);
} finally {
  for (const close of closing) close();
  servers.end();
}

async function cluster(name: string): Promise<Cluster> {
  const made = await servers.kubernetes(name, { kubectl: program, apiServer });
  installKinds(made, KINDS.split(delimiter));
  return made;
}

function envFor(kubeconfig: string): Record<string, string | undefined> {
  return { PATH: process.env.PATH, HOME: servers.trial, KUBECONFIG: kubeconfig };
}

/** A cluster with everything that refuses something, and the ways to it that do not lead there. */
async function settings(lab: Cluster): Promise<Record<Setting, Record<string, string | undefined>>> {
  const { kubectl, certificate } = lab;
  for (const name of ['shop', 'guarded', 'crowded', 'ending']) kubectl(['create', 'namespace', name]);
  const webhook = await denyingWebhook(certificate);
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'fixed', namespace: 'shop' },
      data: { a: '1' },
      immutable: true,
    },
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none', namespace: 'crowded' },
      spec: { hard: { 'count/configmaps': '0' } },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'no-maps.example.org' },
      spec: {
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'guarded' } },
        },
        validations: [{ expression: 'false', message: 'no ConfigMaps here' }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'no-maps.example.org' },
      spec: { policyName: 'no-maps.example.org', validationActions: ['Deny'] },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'reader' },
      rules: [{ apiGroups: ['spiderpool.spidernet.io'], resources: ['spiderippools'], verbs: ['get', 'list'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'viewer' }],
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'test' },
      webhooks: [
        hook('here.example.org', 'denied', { url: webhook, caBundle: readFileSync(certificate).toString('base64') }),
        hook('away.example.org', 'unanswered', { url: 'https://127.0.0.1:1/' }),
      ],
    },
  ];
  kubectl(
    ['apply', '--server-side', '--filename=-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );
  // Nobody counts what a quota is about either.
  const hard = { 'count/configmaps': '0' };
  const status = JSON.stringify({ status: { hard, used: hard } });
  kubectl([
    'patch',
    'resourcequota',
    'none',
    '--namespace=crowded',
    '--subresource=status',
    '--type=merge',
    '--patch',
    status,
  ]);
  // Nobody ends a namespace here: it stays on its way out.
  kubectl(['delete', 'namespace', 'ending', '--wait=false']);
  await untilRefused(lab);
  const all = lab.kubeconfig({
    [CONTEXT]: { token: 'admin-token' },
    viewer: { token: 'viewer-token' },
    stranger: { token: 'unknown' },
    nobody: {},
    down: { token: 'admin-token', server: 'https://127.0.0.1:1' },
    untrusted: { token: 'admin-token', trust: 'none' },
    silent: { token: 'admin-token', server: await silentServer() },
    nameless: { token: 'admin-token', server: 'https://no-such-host.invalid:6443' },
  });
  const broken = join(servers.trial, 'broken-kubeconfig');
  writeFileSync(broken, 'clusters: {\n');
  const env = envFor(all);
  return {
    lab: env,
    viewer: env,
    stranger: env,
    nobody: env,
    down: env,
    untrusted: env,
    silent: env,
    nameless: env,
    nothing: envFor(join(servers.trial, 'no-such-kubeconfig')),
    broken: envFor(broken),
  };
}

function hook(name: string, pool: string, clientConfig: object): object {
  return {
    name,
    clientConfig,
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    rules: [
      {
        apiGroups: ['spiderpool.spidernet.io'],
        apiVersions: ['*'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['spiderippools'],
      },
    ],
    matchConditions: [{ name: 'one', expression: `object.metadata.name == "${pool}"` }],
  };
}

/** Says no to everything, as Spiderpool's does to a pool that overlaps another. */
async function denyingWebhook(certificate: string): Promise<string> {
  const key = join(dirname(certificate), 'apiserver.key');
  const server = createWebhook({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { uid } = JSON.parse(body).request;
      const status = { code: 422, reason: 'Invalid', message: 'denied by the webhook of this test' };
      const review = {
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: { uid, allowed: false, status },
      };
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(review));
    });
  });
  return `https://127.0.0.1:${await listening(server)}/`;
}

/** Takes connections and says nothing. */
async function silentServer(): Promise<string> {
  return `https://127.0.0.1:${await listening(createServer(() => {}))}`;
}

function listening(server: ReturnType<typeof createServer> | ReturnType<typeof createWebhook>): Promise<number> {
  const open = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => open.add(socket));
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** Policies, quotas and webhooks are known to the server a moment after they are written. */
async function untilRefused({ kubectl }: Cluster): Promise<void> {
  const isRefused = (namespace: string): boolean => {
    try {
      kubectl(['create', 'configmap', `probe-${Date.now()}`, `--namespace=${namespace}`]);
      return false;
    } catch {
      return true;
    }
  };
  for (let tries = 0; tries < 100; tries++) {
    if (['guarded', 'ending', 'crowded'].every(isRefused)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the cluster refuses nothing');
}
