import { nodeCommands } from '../server/src/host/node-commands.ts';
import { type Call, recording, recordingIn } from '../test/apply/replay.ts';
import { type KubernetesCircumstance, kubernetesErrors } from '../test/apply/story-errors.ts';
import { reflectors } from '../test/apply/story-reflectors.ts';
import { type Cluster, installKinds, type Programs, type Servers } from './e2e-servers.ts';
import { keepTranscript } from './e2e-transcripts.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Plays the stories of calicoctl where Calico keeps its objects in Kubernetes. */
export async function onKubernetes(
  program: string,
  version: string,
  servers: Servers,
  { kinds, ...programs }: Programs & { readonly kinds: readonly string[] },
): Promise<void> {
  const envFor = (kubeconfig: string): Environment => ({
    PATH: process.env.PATH,
    HOME: servers.trial,
    DATASTORE_TYPE: 'kubernetes',
    KUBECONFIG: kubeconfig,
  });
  const cluster = async (name: string): Promise<Cluster> => {
    const made = await servers.kubernetes(name, programs);
    installKinds(made, kinds);
    for (const node of NODES) made.kubectl(['create', '--filename=-'], JSON.stringify(node));
    return made;
  };

  const main = await cluster('calico');
  const runner = recording(nodeCommands(envFor(main.kubeconfig({ admin: { token: 'admin-token' } }))));
  await reflectors(runner, 'kubernetes', program);
  console.log('reflectors on Kubernetes: created, changed, cut short, resumed, rolled back to the byte');
  keepTranscript(`${version}-kubernetes-reflectors`, runner.calls, servers.trial);

  const own = await cluster('calico-errors');
  const empty = await servers.kubernetes('empty', programs);
  const other = await cluster('calico-other');
  other.kubectl(['create', '--filename=-'], JSON.stringify(OF_ANOTHER_VERSION));
  const admin = { token: 'admin-token' };
  const environments: Readonly<Record<KubernetesCircumstance, Environment>> = {
    cluster: envFor(own.kubeconfig({ admin })),
    viewer: envFor(own.kubeconfig({ viewer: { token: 'viewer-token' } })),
    stranger: envFor(own.kubeconfig({ stranger: { token: 'unknown' } })),
    untrusted: envFor(own.kubeconfig({ untrusted: { ...admin, trust: 'none' } })),
    'no-kinds': envFor(empty.kubeconfig({ admin })),
    mismatch: envFor(other.kubeconfig({ admin })),
  };
  const calls: Call[] = [];
  await kubernetesErrors((one) => recordingIn(one, nodeCommands(environments[one]), calls), program);
  console.log('errors on Kubernetes: every one is told in a sentence of its own');
  keepTranscript(`${version}-kubernetes-errors`, calls, servers.trial);
}

/** As kubelet and calico/node would have made them, tunnels included. */
const NODES = [1, 2, 3, 4].map((number) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: `n${number}`,
    labels: { 'kubernetes.io/hostname': `n${number}` },
    annotations: {
      'projectcalico.org/IPv4Address': `172.16.0.1${number}/24`,
      'projectcalico.org/IPv4IPIPTunnelAddr': `10.20.${number}.0`,
    },
  },
  status: { addresses: [{ type: 'InternalIP', address: `172.16.0.1${number}` }] },
}));

const OF_ANOTHER_VERSION = {
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'ClusterInformation',
  metadata: { name: 'default' },
  spec: { calicoVersion: 'v3.1.0', datastoreReady: true, clusterGUID: 'a' },
};
