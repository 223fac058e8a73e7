import { parse } from 'yaml';
import type { CommandRunner } from './command-runner.ts';
import { redact } from './failure.ts';
import type { ToolName } from './kinds.ts';
import { isMapping, type Json, valueAt } from './objects.ts';
import type { Tool } from './tool.ts';
import { type Calicoctl, calicoctl } from './tools/calicoctl.ts';
import { type Kubectl, kubectl } from './tools/kubectl.ts';

/** Which tools and which cluster: from the user's settings or the command line. Nothing of it may come from a workspace. */
export interface ClusterSettings {
  /** Paths or names of the programs. */
  readonly calicoctl?: string;
  readonly kubectl?: string;
  readonly containerlab?: string;
  /** A CalicoAPIConfig file for calicoctl. */
  readonly calicoctlConfig?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly versions?: 'must match' | 'may differ';
  /** Milliseconds for one call of a tool. */
  readonly timeout?: number;
}

/** The machine that the tools run on. */
export interface Machine {
  readonly runner: CommandRunner;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The text of a configuration file of the user; undefined when there is none. */
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** Tools that point at one target each. The context is pinned now: a kubeconfig's current one may change at any time. */
export interface Connection {
  readonly tools: Readonly<Partial<Record<ToolName, Tool>>>;
  readonly calicoctl: Calicoctl;
  readonly kubectl: Kubectl;
  /** Where kubectl puts an object that names no namespace. */
  readonly namespace: string;
  /** Calico keeps its objects in Kubernetes, so kubectl sees the same cluster. */
  readonly isKubernetes: boolean;
}

export async function connect(machine: Machine, settings: ClusterSettings): Promise<Connection> {
  const { runner } = machine;
  const kube = await kubeTarget(machine, settings);
  const calico = await calicoTarget(machine, settings, kube);
  const timeout = settings.timeout === undefined ? {} : { timeout: settings.timeout };
  const isKubernetes = calico.type === 'kubernetes';
  const kubectlTool = kubectl(runner, {
    ...timeout,
    server: kube.server,
    ...(settings.kubectl !== undefined && { program: settings.kubectl }),
    ...(settings.kubeconfig !== undefined && { kubeconfig: settings.kubeconfig }),
    ...(kube.context !== undefined && { context: kube.context }),
  });
  const calicoctlTool = calicoctl(runner, {
    ...timeout,
    versions: settings.versions ?? 'must match',
    datastore: calico,
    ...(settings.calicoctl !== undefined && { program: settings.calicoctl }),
    ...(settings.calicoctlConfig !== undefined && { config: settings.calicoctlConfig }),
    ...(isKubernetes && calico.context !== undefined && { context: calico.context }),
    ...(settings.kubeconfig !== undefined && { env: { KUBECONFIG: settings.kubeconfig } }),
  });
  return {
    tools: { calicoctl: calicoctlTool, kubectl: kubectlTool },
    calicoctl: calicoctlTool,
    kubectl: kubectlTool,
    namespace: kube.namespace ?? 'default',
    isKubernetes,
  };
}

interface Described {
  readonly type: string;
  readonly server: string;
  readonly context?: string;
}

const USUAL_CONFIG = '/etc/calico/calicoctl.cfg';

/** Where calicoctl would go: its configuration file alone if there is one, else the environment (calicoctl does not mix them). */
async function calicoTarget(machine: Machine, settings: ClusterSettings, kube: KubeTarget): Promise<Described> {
  const text = await machine.readText(settings.calicoctlConfig ?? USUAL_CONFIG);
  const spec = text === undefined ? undefined : valueAt(yamlOf(text), ['spec']);
  const { env } = machine;
  const value = (name: string, ...variables: readonly string[]): string => {
    const own = spec === undefined ? undefined : valueAt(spec, [name]);
    if (spec !== undefined) return typeof own === 'string' ? own : '';
    return variables.map((variable) => env[variable] ?? '').find((one) => one !== '') ?? '';
  };
  const endpoints = value('etcdEndpoints', 'ETCD_ENDPOINTS', 'CALICO_ETCD_ENDPOINTS');
  const type =
    value('datastoreType', 'DATASTORE_TYPE', 'CALICO_DATASTORE_TYPE') || (endpoints === '' ? 'kubernetes' : 'etcdv3');
  if (type === 'etcdv3')
    return {
      type,
      server: redact(endpoints || value('etcdDiscoverySrv', 'ETCD_DISCOVERY_SRV') || 'http://127.0.0.1:2379'),
    };
  const own = value('kubeconfig', 'KUBECONFIG', 'CALICO_KUBECONFIG');
  const target =
    settings.kubeconfig === undefined && own !== '' && spec !== undefined
      ? await kubeTarget(machine, { ...settings, kubeconfig: own })
      : kube;
  const endpoint = value('k8sAPIEndpoint', 'K8S_API_ENDPOINT');
  const { namespace: _, ...place } = target;
  return { type: 'kubernetes', ...place, ...(endpoint !== '' && { server: redact(endpoint) }) };
}

interface KubeTarget {
  readonly server: string;
  readonly context?: string;
  readonly namespace?: string;
}

/** The context that kubectl would take, and its server. */
async function kubeTarget(machine: Machine, settings: ClusterSettings): Promise<KubeTarget> {
  const { env, home } = machine;
  const paths = settings.kubeconfig ?? env.KUBECONFIG ?? `${home}/.kube/config`;
  let context = settings.context;
  let server: string | undefined;
  let namespace: string | undefined;
  const separator = /^[A-Za-z]:\\/.test(paths) ? ';' : ':';
  for (const path of paths.split(separator).filter((one) => one !== '')) {
    const text = await machine.readText(path);
    const config = text === undefined ? undefined : yamlOf(text);
    if (config === undefined) continue;
    const current = valueAt(config, ['current-context']);
    if (context === undefined && typeof current === 'string' && current !== '') context = current;
    const cluster = named(valueAt(config, ['contexts']), context, 'context', 'cluster');
    if (cluster !== undefined) server ??= named(valueAt(config, ['clusters']), cluster, 'cluster', 'server');
    namespace ??= named(valueAt(config, ['contexts']), context, 'context', 'namespace');
  }
  return {
    server: redact(server ?? '?'),
    ...(context !== undefined && { context }),
    ...(namespace !== undefined && namespace !== '' && { namespace }),
  };
}

function named(list: Json | undefined, name: string | undefined, ...path: readonly string[]): string | undefined {
  if (!Array.isArray(list) || name === undefined) return undefined;
  const entry = (list as readonly Json[]).find((one) => valueAt(one, ['name']) === name);
  const value = valueAt(entry, path);
  return typeof value === 'string' ? value : undefined;
}

function yamlOf(text: string): Json | undefined {
  try {
    const value: unknown = parse(text, { logLevel: 'silent' });
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
