import assert from 'node:assert/strict';
import { driftOf, planFor, readCluster, type Snapshot } from '../../server/src/apply/cluster.ts';
import type { CommandRunner } from '../../server/src/apply/command-runner.ts';
import type { Connection } from '../../server/src/apply/connect.ts';
import { textOf } from '../../server/src/apply/diff.ts';
import { applyPlan, resume, type Workbench } from '../../server/src/apply/execute.ts';
import type { Outcome } from '../../server/src/apply/failure.ts';
import { authored } from '../../server/src/apply/normalise.ts';
import { shownRef } from '../../server/src/apply/objects.ts';
import type { Plan } from '../../server/src/apply/plan.ts';
import { planRollback } from '../../server/src/apply/rollback.ts';
import { shownDrift } from '../../server/src/apply/shown.ts';
import { calicoctl } from '../../server/src/apply/tools/calicoctl.ts';
import { kubectl } from '../../server/src/apply/tools/kubectl.ts';
import { memoryJournals } from './journals.ts';
import { MESH, REFLECTED, read } from './network.ts';

/** Where every story's calicoctl points; the real address is in the environment of the recording. */
export const DATASTORE = { type: 'etcdv3', server: 'http://127.0.0.1:2379' };

/** In Kubernetes the nodes are there already: nobody creates them through Calico. */
export type Datastore = 'etcd' | 'kubernetes';

export function connection(runner: CommandRunner, program = 'calicoctl', datastore: Datastore = 'etcd'): Connection {
  const own = kubectl(runner, { server: 'none' });
  const calico = calicoctl(runner, {
    program,
    datastore: datastore === 'etcd' ? DATASTORE : { type: 'kubernetes', server: 'https://127.0.0.1:6443' },
    versions: 'must match',
  });
  return {
    tools: { calicoctl: calico, kubectl: own },
    calicoctl: calico,
    kubectl: own,
    namespace: 'default',
    isKubernetes: false,
  };
}

/** From an empty datastore to a mesh, to a reflector, cut short on the way and resumed, and back to the byte. */
export async function reflectors(runner: CommandRunner, datastore: Datastore, program?: string): Promise<void> {
  const link = connection(runner, program, datastore);
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
  const snapshot = async (files: Readonly<Record<string, string>>): Promise<Snapshot> =>
    okOf(await readCluster(link, read(files).objects, 'network'));
  const plan = async (id: string, files: Readonly<Record<string, string>>): Promise<Plan> =>
    planFor(await snapshot(files), { id, made: bench.now(), around: read(files).around });
  const order = ({ steps }: Plan): readonly string[] => steps.map(({ ref, action }) => `${action} ${shownRef(ref)}`);

  // From nothing.
  const first = await plan('first', { 'net.yaml': MESH });
  assert.equal(first.steps.length, datastore === 'etcd' ? 6 : 2);
  assert.ok(first.steps.every(({ action }) => action === 'create'));
  const created = await applyPlan(first, bench);
  assert.equal(created.kind, 'applied');
  assert.equal(created.kind === 'applied' && created.verification.verdict, 'as-planned');
  const clean = driftOf(await snapshot({ 'net.yaml': MESH }), 'these');
  assert.deepEqual(clean.counts, { added: 0, changed: 0, same: 6, removed: 0, unmanaged: 0 });
  const before = textsOf(await snapshot({ 'net.yaml': MESH }));

  // What the files want now, and exactly that.
  const drift = shownDrift(driftOf(await snapshot({ 'net.yaml': REFLECTED }), 'these'));
  assert.deepEqual(
    drift.objects.map(({ object, status, fields }) => [object, status, ...fields]),
    [
      ['BGPConfiguration default', 'changed', { path: 'spec.nodeToNodeMeshEnabled', after: false }],
      [
        'Node n1',
        'changed',
        { path: 'metadata.labels.route-reflector', after: 'true' },
        { path: 'spec.bgp.routeReflectorClusterID', after: '172.16.20.1' },
      ],
      ['BGPPeer peer-to-rrs', 'added'],
      ['IPPool default-ipv4-ippool', 'changed', { path: 'spec.ipipMode', before: 'Always', after: 'CrossSubnet' }],
    ],
  );

  // Peers first, then the node that leaves the mesh, and the mesh itself after them: nobody is ever without a session.
  const second = await plan('second', { 'net.yaml': REFLECTED });
  assert.deepEqual(order(second), [
    'create BGPPeer peer-to-rrs',
    'replace Node n1',
    'replace IPPool default-ipv4-ippool',
    'replace BGPConfiguration default',
  ]);
  assert.equal(second.risk, 'red');
  assert.deepEqual(second.whole?.isolated, []);
  assert.ok(second.steps.every(({ worse }) => worse === undefined));
  const last = second.steps.at(-1)!;
  assert.deepEqual([...last.consequences!.lost].sort(), ['n2 – n3', 'n2 – n4', 'n3 – n4']);

  // Killed between two steps: the journal knows, nothing else may be applied, and what is left is done on resuming.
  killed = 2;
  await assert.rejects(applyPlan(second, bench), /killed/);
  killed = Number.POSITIVE_INFINITY;
  const torn = (await journals.read('second'))!;
  assert.deepEqual(
    torn.steps.map(({ state }) => state),
    ['done', 'done', 'pending', 'pending'],
  );
  const another = await applyPlan(await plan('other', { 'net.yaml': MESH }), bench);
  assert.equal(another.kind, 'refused');
  journals.dead = true;
  const resumed = await resume(torn, bench);
  journals.dead = false;
  assert.equal(resumed.kind, 'applied');
  assert.equal(resumed.kind === 'applied' && resumed.verification.verdict, 'as-planned');
  assert.equal(driftOf(await snapshot({ 'net.yaml': REFLECTED }), 'these').counts.changed, 0);

  // Back: the mesh comes before the peers go, and every object is what it was.
  const back = okOf(await planRollback((await journals.read('second'))!, bench, { id: 'back', connection: link }));
  assert.deepEqual(order(back.plan).slice(0, 2), ['replace BGPConfiguration default', 'replace Node n1']);
  assert.deepEqual(order(back.plan).slice(-1), ['remove BGPPeer peer-to-rrs']);
  assert.ok(back.plan.steps.every(({ worse }) => worse === undefined));
  const undone = await applyPlan(back.plan, bench, { rollbackOf: 'second' });
  assert.equal(undone.kind === 'applied' && undone.verification.verdict, 'as-planned');
  assert.equal((await journals.read('second'))!.state, 'rolled-back');
  assert.deepEqual(textsOf(await snapshot({ 'net.yaml': MESH })), before);

  // Somebody else was faster: the plan no longer fits, and says so before anything is written.
  const third = await plan('third', { 'net.yaml': REFLECTED });
  const fourth = await plan('fourth', { 'net.yaml': REFLECTED });
  assert.equal((await applyPlan(third, bench)).kind, 'applied');
  const late = await applyPlan(fourth, bench);
  assert.equal(late.kind, 'refused');
  assert.match(late.kind === 'refused' ? late.reasons.map(({ en }) => en).join(' ') : '', /was changed after the plan/);
}

/** Each object as people would have written it, by name: what must be equal to the byte after a roll back. */
function textsOf({ live }: Snapshot): readonly string[] {
  return live.map((object) => textOf(authored(object))).sort();
}

export function okOf<T>(outcome: Outcome<T>): T {
  if ('failure' in outcome) assert.fail(outcome.failure.text.en);
  return outcome.ok;
}
