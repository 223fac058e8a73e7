import assert from 'node:assert/strict';
import { driftOf, planFor, readCluster, type Snapshot } from '../../server/src/apply/cluster.ts';
import type { CommandRunner } from '../../server/src/apply/command-runner.ts';
import type { Connection } from '../../server/src/apply/connect.ts';
import { textOf } from '../../server/src/apply/diff.ts';
import { applyPlan, resume, type Workbench } from '../../server/src/apply/execute.ts';
import { authored } from '../../server/src/apply/normalise.ts';
import { shownRef } from '../../server/src/apply/objects.ts';
import type { Plan } from '../../server/src/apply/plan.ts';
import { planRollback } from '../../server/src/apply/rollback.ts';
import { shownDrift } from '../../server/src/apply/shown.ts';
import { calicoctl } from '../../server/src/apply/tools/calicoctl.ts';
import { kubectl } from '../../server/src/apply/tools/kubectl.ts';
import { memoryJournals } from './journals.ts';
import { read } from './network.ts';
import { okOf } from './story-reflectors.ts';

/** Where every story's kubectl points; the real address is in the kubeconfig of the recording. */
export const CONTEXT = 'lab';

export function kubernetes(runner: CommandRunner, program = 'kubectl'): Connection {
  const calico = calicoctl(runner, { datastore: { type: 'etcdv3', server: 'none' }, versions: 'must match' });
  const own = kubectl(runner, { program, server: 'https://127.0.0.1:6443', context: CONTEXT });
  return {
    tools: { calicoctl: calico, kubectl: own },
    calicoctl: calico,
    kubectl: own,
    namespace: 'shop',
    isKubernetes: true,
  };
}

const POOL = (spec: string): string => `---
apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderIPPool
metadata: {name: fabric-v4}
spec: {subnet: 10.6.0.0/16, gateway: 10.6.0.1, ${spec}}
`;

const SUBNET = `---
apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderSubnet
metadata: {name: fabric}
spec: {subnet: 10.6.0.0/16, ips: [10.6.100.1-10.6.100.200]}
`;

const NAMESPACE = `---
apiVersion: v1
kind: Namespace
metadata: {name: fabric}
`;

const MULTUS = (master: string): string => `---
apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderMultusConfig
metadata: {name: macvlan, namespace: fabric}
spec: {cniType: macvlan, macvlan: {master: [${master}], ippools: {ipv4: [fabric-v4]}}}
`;

const COORDINATOR = (mode: string): string => `---
apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderCoordinator
metadata: {name: default}
spec: {mode: ${mode}, podCIDRType: calico}
`;

const ATTACHMENT = (mtu: number): string => `---
apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata: {name: bridged, namespace: fabric}
spec:
  config: '{"cniVersion": "0.3.1", "type": "bridge", "mtu": ${mtu}}'
`;

const SETTINGS = (data: string): string => `---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {${data}}
`;

const METALLB = `---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: {name: public, namespace: fabric}
spec: {addresses: [192.0.2.0/24]}
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata: {name: public, namespace: fabric}
spec: {ipAddressPools: [public]}
`;

/** The objects as they are first, those that use others before them: the plan must find the order. */
export const FIRST = [
  MULTUS('eth1'),
  METALLB,
  POOL('ips: [10.6.100.1-10.6.100.50], excludeIPs: [10.6.100.7]'),
  SUBNET,
  ATTACHMENT(1500),
  COORDINATOR('auto'),
  SETTINGS('timeout: 90s, mode: bgp'),
  NAMESPACE,
].join('');

/** Other addresses, and none excluded any more; another card; other settings. */
export const SECOND = [
  MULTUS('eth2'),
  METALLB,
  POOL('ips: [10.6.100.1-10.6.100.80]'),
  SUBNET,
  ATTACHMENT(9000),
  COORDINATOR('underlay'),
  SETTINGS('timeout: 1m30s, level: ""'),
  NAMESPACE,
].join('');

/** What somebody put there with `kubectl apply` before anybody used Selvage, and what software writes into it. */
export const FOUND = `apiVersion: v1
kind: ConfigMap
metadata: {name: found, namespace: shop}
data: {kept: "1", changed: "1", dropped: "1"}
`;
export const FOUND_BY_OTHERS = '{"metadata": {"labels": {"owner": "operator"}}, "data": {"theirs": "1"}}';
const FOUND_WANTED = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: found, labels: {owner: people}}
data: {kept: "1", changed: "2"}
`;

const SERVED = (port: number, password: string): string => `---
apiVersion: v1
kind: Secret
metadata: {name: bgp}
stringData: {password: ${password}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{name: http, port: ${port}}]}
`;

const SHORT = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: inside, namespace: short}
data: {a: "1"}
---
apiVersion: v1
kind: Namespace
metadata: {name: short}
`;

/** Spiderpool, MetalLB and their surroundings: from nothing, changed, cut short, resumed, and back to the byte. */
export async function spiderpool(runner: CommandRunner, program?: string): Promise<void> {
  const link = kubernetes(runner, program);
  const journals = memoryJournals();
  let clock = 1_700_000_000_000;
  let killed = Number.POSITIVE_INFINITY;
  const bench: Workbench = {
    tools: link.tools,
    journals,
    now: () => {
      clock += 1000;
      return clock;
    },
    progress: (_, done) => {
      if (done === killed) throw new Error('killed');
    },
  };
  const snapshot = async (text: string): Promise<Snapshot> =>
    okOf(await readCluster(link, read({ 'net.yaml': text }).objects, 'these'));
  const plan = async (id: string, text: string): Promise<Plan> =>
    planFor(await snapshot(text), { id, made: bench.now(), around: undefined });
  const order = ({ steps }: Plan): readonly string[] => steps.map(({ ref, action }) => `${action} ${shownRef(ref)}`);
  const fieldsOf = (seen: Snapshot) =>
    shownDrift(driftOf(seen, 'these')).objects.map(({ object, status, fields }) => [object, status, ...fields]);

  // From nothing: the namespace first, though it stands last; a ConfigMap without one goes where the context says.
  const first = await plan('first', FIRST);
  assert.deepEqual(order(first), [
    'create Namespace fabric',
    'create ConfigMap shop/settings',
    'create SpiderSubnet fabric',
    'create IPAddressPool fabric/public',
    'create SpiderIPPool fabric-v4',
    'create SpiderMultusConfig fabric/macvlan',
    'create NetworkAttachmentDefinition fabric/bridged',
    'create BGPAdvertisement fabric/public',
    'create SpiderCoordinator default',
  ]);
  const created = await applyPlan(first, bench);
  assert.equal(created.kind === 'applied' && created.verification.verdict, 'as-planned', JSON.stringify(created));
  assert.deepEqual(fieldsOf(await snapshot(FIRST)), []);
  const before = textsOf(await snapshot(FIRST));

  // The server's defaults are no difference; what the file no longer says is one; `90s` in a ConfigMap is a text.
  assert.deepEqual(fieldsOf(await snapshot(SECOND)).sort(), [
    [
      'ConfigMap shop/settings',
      'changed',
      { path: 'data.mode', before: 'bgp' },
      { path: 'data.timeout', before: '90s', after: '1m30s' },
      { path: 'data.level', after: '' },
    ],
    [
      'NetworkAttachmentDefinition fabric/bridged',
      'changed',
      {
        path: 'spec.config',
        before: '{"cniVersion": "0.3.1", "type": "bridge", "mtu": 1500}',
        after: '{"cniVersion": "0.3.1", "type": "bridge", "mtu": 9000}',
      },
    ],
    ['SpiderCoordinator default', 'changed', { path: 'spec.mode', before: 'auto', after: 'underlay' }],
    [
      'SpiderIPPool fabric-v4',
      'changed',
      { path: 'spec.excludeIPs', before: ['10.6.100.7'] },
      { path: 'spec.ips[0]', before: '10.6.100.1-10.6.100.50', after: '10.6.100.1-10.6.100.80' },
    ],
    ['SpiderMultusConfig fabric/macvlan', 'changed', { path: 'spec.macvlan.master[0]', before: 'eth1', after: 'eth2' }],
  ]);

  // Cut short between two steps, resumed, as planned.
  const second = await plan('second', SECOND);
  assert.equal(second.steps.length, 5);
  killed = 2;
  await assert.rejects(applyPlan(second, bench), /killed/);
  killed = Number.POSITIVE_INFINITY;
  assert.equal((await applyPlan(await plan('other', FIRST), bench)).kind, 'refused');
  journals.dead = true;
  const resumed = await resume((await journals.read('second'))!, bench);
  journals.dead = false;
  assert.equal(resumed.kind === 'applied' && resumed.verification.verdict, 'as-planned', JSON.stringify(resumed));
  assert.deepEqual(fieldsOf(await snapshot(SECOND)), []);

  // Back to the byte.
  const back = okOf(await planRollback((await journals.read('second'))!, bench, { id: 'back', connection: link }));
  assert.equal(back.plan.steps.length, 5);
  const undone = await applyPlan(back.plan, bench, { rollbackOf: 'second' });
  assert.equal(undone.kind === 'applied' && undone.verification.verdict, 'as-planned', JSON.stringify(undone));
  assert.deepEqual(textsOf(await snapshot(FIRST)), before);

  // Somebody else was faster.
  const third = await plan('third', SECOND);
  const fourth = await plan('fourth', SECOND);
  assert.equal((await applyPlan(third, bench)).kind, 'applied');
  const late = await applyPlan(fourth, bench);
  assert.equal(late.kind, 'refused');
  assert.match(late.kind === 'refused' ? late.reasons.map(({ en }) => en).join(' ') : '', /was changed after the plan/);

  // An object of `kubectl apply`: what the file no longer says goes, what software wrote stays, and whose label is taken is told.
  const found = await snapshot(FOUND_WANTED);
  assert.deepEqual(fieldsOf(found), [
    [
      'ConfigMap shop/found',
      'changed',
      { path: 'metadata.labels.owner', before: 'operator', after: 'people' },
      { path: 'data.changed', before: '1', after: '2' },
      { path: 'data.dropped', before: '1' },
    ],
  ]);
  const taken = await plan('taken', FOUND_WANTED);
  assert.deepEqual(
    taken.notes.map(({ en }) => en).filter((note) => /operator/.test(note)),
    ['ConfigMap shop/found: `metadata.labels.owner` was written by operator, which may write it back.'],
  );
  const held = textsOf(found);
  const took = await applyPlan(taken, bench);
  assert.equal(took.kind === 'applied' && took.verification.verdict, 'as-planned', JSON.stringify(took));
  const gave = okOf(await planRollback((await journals.read('taken'))!, bench, { id: 'gave', connection: link }));
  assert.equal((await applyPlan(gave.plan, bench, { rollbackOf: 'taken' })).kind, 'applied');
  assert.deepEqual(textsOf(await snapshot(FOUND_WANTED)), held);

  // A Service's addresses are the server's to give, a Secret's texts are kept in another form; a port gets another number.
  const applies = async (id: string, text: string): Promise<readonly string[]> => {
    const made = await plan(id, text);
    const done = await applyPlan(made, bench);
    assert.equal(done.kind === 'applied' && done.verification.verdict, 'as-planned', JSON.stringify(done));
    assert.deepEqual(fieldsOf(await snapshot(text)), []);
    return order(made);
  };
  assert.deepEqual(await applies('served', SERVED(80, 'one')), ['create Secret shop/bgp', 'create Service shop/web']);
  assert.deepEqual(fieldsOf(await snapshot(SERVED(8080, 'two'))), [
    ['Secret shop/bgp', 'changed'],
    [
      'Service shop/web',
      'changed',
      { path: 'spec.ports[0].port', before: 80, after: 8080 },
      { path: 'spec.ports[0].targetPort', before: 80, after: 8080 },
    ],
  ]);
  assert.deepEqual(await applies('moved', SERVED(8080, 'two')), [
    'replace Secret shop/bgp',
    'replace Service shop/web',
  ]);
  assert.doesNotMatch(JSON.stringify(await journals.list()), /b25l|dHdv/);

  // What is being deleted counts as gone, though a namespace stays until it is empty.
  assert.deepEqual(await applies('short', SHORT), ['create Namespace short', 'create ConfigMap short/inside']);
  const gone = okOf(await planRollback((await journals.read('short'))!, bench, { id: 'gone', connection: link }));
  assert.deepEqual(order(gone.plan), ['remove ConfigMap short/inside', 'remove Namespace short']);
  const went = await applyPlan(gone.plan, bench, { rollbackOf: 'short' });
  assert.equal(went.kind === 'applied' && went.verification.verdict, 'as-planned', JSON.stringify(went));
}

/** Each object as people would have written it, by name: what must be equal to the byte after a roll back. */
function textsOf({ live }: Snapshot): readonly string[] {
  return live.map((object) => textOf(authored(object))).sort();
}
