import assert from 'node:assert/strict';
import { test } from 'node:test';
import { predictorFor } from '../../server/src/apply/cluster.ts';
import { type ApiObject, shownRef } from '../../server/src/apply/objects.ts';
import { changesTo, makePlan, type Plan, staleness } from '../../server/src/apply/plan.ts';
import { shownPlan } from '../../server/src/apply/shown.ts';
import { MESH, object, peer, pool, REFLECTED, read } from './network.ts';

/** The plan from a cluster that says one thing to files that say another, with objects that are to go. */
function planBetween(
  live: string,
  files: string,
  remove: readonly string[] = [],
  others: Record<string, string> = {},
): Plan {
  const cluster = read({ 'live.yaml': live }).objects.map(
    ({ object: found }, index): ApiObject => ({
      ...found,
      metadata: { ...found.metadata, resourceVersion: String(index + 1) },
    }),
  );
  const { objects, around } = read({ 'net.yaml': files, ...others });
  const predict = predictorFor(around);
  const removed = cluster.filter(({ kind, metadata }) => remove.includes(`${kind} ${metadata.name}`));
  return makePlan({
    id: 'x',
    made: 0,
    targets: {},
    live: cluster,
    changes: changesTo(
      cluster,
      objects,
      removed.map((gone) => ({ tool: 'calicoctl', object: gone })),
    ),
    ...(predict !== undefined && { predict }),
  });
}

const order = ({ steps }: Plan): readonly string[] => steps.map(({ ref, action }) => `${action} ${shownRef(ref)}`);
const place = (plan: Plan, name: string): number => order(plan).findIndex((one) => one.includes(name));

test('the article’s change: peers, then the reflector, the mesh last; no node is ever without a session', () => {
  const plan = planBetween(MESH, REFLECTED);
  assert.ok(place(plan, 'BGPPeer') < place(plan, 'Node n1'));
  assert.ok(place(plan, 'Node n1') < place(plan, 'BGPConfiguration'));
  assert.ok(plan.steps.every(({ worse }) => worse === undefined));
  assert.deepEqual(plan.whole?.isolated, []);
  assert.deepEqual([...plan.whole!.lost].sort(), ['n2 – n3', 'n2 – n4', 'n3 – n4']);
  assert.equal(plan.risk, 'red');
});

test('the mesh off and no peers: every node loses its last session, and the plan says so in red', () => {
  const plan = planBetween(MESH, REFLECTED.replace(/---\napiVersion: .*\nkind: BGPPeer[\s\S]*?(?=---)/, ''));
  const off = plan.steps.find(({ ref }) => ref.kind === 'BGPConfiguration')!;
  assert.equal(off.risk, 'red');
  assert.deepEqual(plan.whole?.isolated, ['n1', 'n2', 'n3', 'n4']);
  const { consequences } = shownPlan(plan, (text) => text.en);
  assert.match(consequences[0]!, /^4 nodes lose their last BGP session: n1, n2, n3, n4\.$/);
});

test('the way back: the mesh first, the peers go last', () => {
  const plan = planBetween(
    REFLECTED,
    MESH.replace('logSeverityScreen: Info', 'logSeverityScreen: Info, nodeToNodeMeshEnabled: true'),
    ['BGPPeer peer-to-rrs'],
  );
  assert.equal(order(plan)[0], 'replace BGPConfiguration default');
  assert.equal(order(plan).at(-1), 'remove BGPPeer peer-to-rrs');
  assert.ok(plan.steps.every(({ worse }) => worse === undefined));
});

test('a filter comes before the peer that names it, and goes after it', () => {
  const filter = object('BGPFilter', 'f', 'exportV4: [{action: Accept, matchOperator: In, cidr: 10.0.0.0/8}]');
  const named = peer('p', 'peerIP: 10.0.0.9, asNumber: 65000, filters: [f]');
  assert.deepEqual(order(planBetween(MESH, MESH + named + filter)), ['create BGPFilter f', 'create BGPPeer p']);
  assert.deepEqual(order(planBetween(MESH + named + filter, MESH, ['BGPFilter f', 'BGPPeer p'])), [
    'remove BGPPeer p',
    'remove BGPFilter f',
  ]);
});

test('a new pool comes before the old one is disabled', () => {
  const next = object('IPPool', 'next', 'cidr: 10.30.0.0/16, natOutgoing: true');
  const files =
    MESH.replace(pool('ipipMode: Always, natOutgoing: true'), '') +
    pool('ipipMode: Always, natOutgoing: true, disabled: true') +
    next;
  const plan = planBetween(MESH, files);
  assert.deepEqual(order(plan), ['create IPPool next', 'replace IPPool default-ipv4-ippool']);
  assert.equal(plan.steps[0]!.risk, 'amber');
  assert.equal(plan.steps[1]!.risk, 'red');
});

test('a router outside: removing its peer takes its session, which is red', () => {
  const router = {
    'tor/frr.conf': `interface eth0\n ip address 172.16.0.1/24\nexit\nrouter bgp 65001\n no bgp ebgp-requires-policy\n${[
      11, 12, 13, 14,
    ]
      .map((host) => ` neighbor 172.16.0.${host} remote-as 63400\n`)
      .join('')}exit\n`,
  };
  const tor = peer('tor', 'peerIP: 172.16.0.1, asNumber: 65001');
  const plan = planBetween(MESH + tor, MESH, ['BGPPeer tor'], router);
  const [step] = plan.steps;
  assert.equal(step!.risk, 'red');
  assert.equal(step!.consequences!.lost.length, 4, JSON.stringify(step!.consequences));
  assert.ok(step!.consequences!.prefixesLost.some(({ router: name }) => name === 'tor'));
});

test('labels nobody selects on are green; a label that a peer selects on is not', () => {
  const labelled = MESH.replace('kubernetes.io/hostname: n2', 'kubernetes.io/hostname: n2, shelf: "7"');
  assert.deepEqual(
    planBetween(MESH, labelled).steps.map(({ risk }) => risk),
    ['green'],
  );
  const reflected = REFLECTED.replace(
    'kubernetes.io/hostname: n2',
    'kubernetes.io/hostname: n2, route-reflector: "true"',
  );
  const plan = planBetween(REFLECTED, reflected);
  assert.equal(plan.steps[0]!.risk, 'red');
  assert.ok(plan.steps[0]!.consequences!.lost.length > 0);
});

test('an unchanged network needs no step, however it is written', () => {
  const other = MESH.replace('asNumber: 63400', 'asNumber: "63400"').replace(
    'cidr: 10.20.0.0/16, ipipMode: Always, natOutgoing: true',
    'natOutgoing: true, nodeSelector: all(), vxlanMode: Never, disabled: false, ipipMode: Always, cidr: 10.20.0.0/16',
  );
  assert.notEqual(other, MESH);
  assert.deepEqual(planBetween(MESH, other).steps, []);
});

test('a plan is bound to what was seen', () => {
  const plan = planBetween(MESH, REFLECTED);
  const asSeen = new Map(plan.steps.map(({ ref, before }) => [keyFor(ref), before]));
  assert.deepEqual(staleness(plan, asSeen), []);
  const [first] = plan.steps.filter(({ before }) => before !== undefined);
  const moved = new Map(asSeen);
  moved.set(keyFor(first!.ref), { ...first!.before!, metadata: { ...first!.before!.metadata, resourceVersion: '99' } });
  assert.match(staleness(plan, moved)[0]!.en, /was changed after the plan was made/);
});

test('without a node nothing is predicted, and nothing is guessed', () => {
  const plan = planBetween('', peer('p', 'peerIP: 10.0.0.9, asNumber: 65000'));
  assert.equal(plan.whole, undefined);
  assert.equal(plan.steps[0]!.consequences, undefined);
  assert.match(plan.notes[0]!.en, /could not be predicted/);
});

test('the order of the documents in the files does not matter', () => {
  const documents = REFLECTED.split('---\n').filter((part) => part !== '');
  const reversed = [...documents]
    .reverse()
    .map((part) => `---\n${part}`)
    .join('');
  assert.deepEqual([...order(planBetween(MESH, reversed))].sort(), [...order(planBetween(MESH, REFLECTED))].sort());
  assert.equal(place(planBetween(MESH, reversed), 'BGPPeer'), 0);
});

function keyFor({ apiVersion, kind, namespace, name }: Plan['steps'][number]['ref']): string {
  return JSON.stringify([apiVersion.split('/')[0], kind, namespace ?? '', name]);
}
