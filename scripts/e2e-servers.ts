// An etcd and an API server of Kubernetes for the stories that real tools play: on loopback, on free ports, without a trace
// afterwards.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Servers {
  /** A folder that goes when the servers do. */
  readonly trial: string;
  /** Address of a new, empty etcd. */
  readonly etcd: (name: string) => Promise<string>;
  /** A new, empty cluster. */
  readonly kubernetes: (name: string, programs: Programs) => Promise<Cluster>;
  readonly end: () => void;
}

export interface Programs {
  readonly kubectl: string;
  readonly apiServer: string;
}

export interface Cluster {
  readonly server: string;
  /** File with the certificate that the server shows. */
  readonly certificate: string;
  /** Writes a kubeconfig; of each context its user's token and its namespace. The first one is the current one. */
  readonly kubeconfig: (contexts: Readonly<Record<string, Context>>) => string;
  /** Runs kubectl as the administrator. Throws when it fails. */
  readonly kubectl: (args: readonly string[], input?: string) => string;
}

export interface Context {
  readonly token?: string;
  readonly namespace?: string;
  readonly server?: string;
  readonly trust?: 'the certificate' | 'none';
}

/** Users by token, and their groups. The administrator's rights need no rule. */
const USERS = [
  ['admin-token', 'admin', 'system:masters'],
  ['viewer-token', 'viewer', ''],
] as const;

export function startServers(prefix: string): Servers {
  const trial = mkdtempSync(join(tmpdir(), prefix));
  const running: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]): void => {
    const child = spawn(program, args, { stdio: 'ignore' });
    child.once('error', () => {});
    running.push(child);
  };

  async function etcd(name: string): Promise<string> {
    const [client, peer] = [await freePort(), await freePort()];
    const endpoint = `http://127.0.0.1:${client}`;
    const peers = `http://127.0.0.1:${peer}`;
    start(
      'etcd',
      options({
        'data-dir': join(trial, name),
        'listen-client-urls': endpoint,
        'advertise-client-urls': endpoint,
        'listen-peer-urls': peers,
        'initial-advertise-peer-urls': peers,
        'initial-cluster': `default=${peers}`,
        'unsafe-no-fsync': 'true',
      }),
    );
    await until('etcd', () =>
      spawnSync('etcdctl', ['--endpoints', endpoint, 'endpoint', 'health'], { env: etcdEnv() }),
    );
    return endpoint;
  }

  async function kubernetes(name: string, { kubectl: program, apiServer }: Programs): Promise<Cluster> {
    const folder = join(trial, `${name}-api`);
    mkdirSync(folder, { mode: 0o700 });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = join(folder, 'accounts.key');
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const tokens = join(folder, 'tokens.csv');
    writeFileSync(tokens, USERS.map(([token, user, groups]) => `${token},${user},${user},${groups}\n`).join(''));
    const port = await freePort();
    start(
      apiServer,
      options({
        'etcd-servers': await etcd(`${name}-etcd`),
        'bind-address': '127.0.0.1',
        'advertise-address': '127.0.0.1',
        'secure-port': String(port),
        'cert-dir': join(folder, 'certificates'),
        'service-account-key-file': key,
        'service-account-signing-key-file': key,
        'service-account-issuer': 'https://kubernetes.default.svc',
        'token-auth-file': tokens,
        'authorization-mode': 'RBAC',
        'service-cluster-ip-range': '10.96.0.0/16',
        'disable-admission-plugins': 'ServiceAccount',
      }),
    );
    const server = `https://127.0.0.1:${port}`;
    const certificate = join(folder, 'certificates', 'apiserver.crt');
    const write = (contexts: Readonly<Record<string, Context>>): string => {
      const path = join(folder, `kubeconfig-${Object.keys(contexts).join('-')}`);
      writeFileSync(path, JSON.stringify(kubeconfig(contexts, server, certificate)), { mode: 0o600 });
      return path;
    };
    const env = { ...process.env, KUBECONFIG: write({ admin: { token: 'admin-token' } }), KUBECTL_KUBERC: 'false' };
    await until('the API server', () =>
      spawnSync(program, ['get', 'namespace', 'kube-system', 'default', '--request-timeout=5s'], { env }),
    );
    const kubectl = (args: readonly string[], input?: string): string => {
      const done = spawnSync(program, args, { env, encoding: 'utf8', ...(input !== undefined && { input }) });
      if (done.status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${done.stderr}`);
      return done.stdout;
    };
    return { server, certificate, kubeconfig: write, kubectl };
  }

  return {
    trial,
    etcd,
    kubernetes,
    end() {
      for (const child of running) child.kill('SIGKILL');
      rmSync(trial, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Installs CustomResourceDefinitions out of folders, and waits until the server serves them. */
export function installKinds({ kubectl }: Cluster, folders: readonly string[]): void {
  for (const folder of folders) kubectl(['apply', '--server-side', '--filename', folder]);
  kubectl(['wait', '--for=condition=Established', '--timeout=60s', 'customresourcedefinitions', '--all']);
}

export function etcdctl(endpoint: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('etcdctl', ['--endpoints', endpoint, ...args], {
    env: etcdEnv(),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`etcdctl ${args[0]}: ${stderr}`);
}

function kubeconfig(contexts: Readonly<Record<string, Context>>, own: string, certificate: string): object {
  const all = Object.entries(contexts);
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': all[0]?.[0] ?? '',
    clusters: all.map(([name, { server, trust }]) => ({
      name,
      cluster: { server: server ?? own, ...(trust !== 'none' && { 'certificate-authority': certificate }) },
    })),
    users: all.map(([name, { token }]) => ({ name, user: token === undefined ? {} : { token } })),
    contexts: all.map(([name, { namespace }]) => ({
      name,
      context: { cluster: name, user: name, ...(namespace !== undefined && { namespace }) },
    })),
  };
}

async function until(what: string, works: () => { readonly status: number | null }): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (works().status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not start`);
}

function options(given: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(given).map(([option, value]) => `--${option}=${value}`);
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
