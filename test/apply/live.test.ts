import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CommandRunner } from '../../server/src/apply/command-runner.ts';
import { readLive, sessionsWith } from '../../server/src/apply/live/live.ts';
import { poolRows, statusSessions } from '../../server/src/apply/live/tables.ts';
import { always, exited } from './replay.ts';
import { connection } from './story-reflectors.ts';

// What the real calicoctl printed: `node status` beside BIRD 1.6 with one session up and two refused, `ipam show` with two pools.
const FOLDER = new URL('live/', import.meta.url);
const recordings = readdirSync(FOLDER);
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

for (const file of recordings.filter((name) => name.startsWith('node-status')))
  test(`${file}: each session with its state, and a reason that is broken into two rows is one`, () => {
    assert.deepEqual(statusSessions(read(file)), [
      { peer: '127.0.0.2', isUp: false, state: 'Active Socket: Connection refused' },
      { peer: '127.0.0.3', isUp: false, state: 'Active Socket: Connection refused' },
      { peer: '127.0.0.4', isUp: true, state: 'Established' },
    ]);
  });

for (const file of recordings.filter((name) => name.startsWith('ipam-show')))
  test(`${file}: each pool with its use`, () => {
    assert.deepEqual(poolRows(read(file)), [
      { cidr: '10.20.0.0/16', total: 65536, used: 0 },
      { cidr: 'fd00:1::/64', total: 1.8447e19, used: 0 },
    ]);
  });

/** Answers by the first words of the arguments. */
function answering(answers: Readonly<Record<string, ReturnType<typeof exited>>>): CommandRunner {
  return {
    run: async ({ args }) => {
      const words = Object.keys(answers).find((key) => args.join(' ').startsWith(key));
      return words === undefined ? exited(1, '', 'error: nothing') : answers[words]!;
    },
  };
}

const report = (node: string, ...peers: readonly { peerIP: string; state: string; type: string }[]) => ({
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'CalicoNodeStatus',
  metadata: { name: node },
  spec: { node, classes: ['BGP'], updatePeriodSeconds: 10 },
  status: { bgp: { peersV4: peers, peersV6: [] } },
});

test('reports of every node come first; the table of this node adds what they do not tell', async () => {
  const items = [
    report('n1', { peerIP: '10.0.0.2', state: 'Established', type: 'NodeMesh' }),
    report('n2', { peerIP: '10.0.0.1', state: 'Active', type: 'NodeMesh' }),
  ];
  const runner = answering({
    'node status': exited(0, read('node-status-v3.32.1.txt')),
    'ipam show': exited(0, read('ipam-show-v3.32.1.txt')),
    'get caliconodestatus': exited(0, JSON.stringify({ apiVersion: 'v1', kind: 'List', items })),
  });
  const live = await readLive({ ...connection(runner), isKubernetes: true }, 7);
  assert.equal(live.at, 7);
  assert.deepEqual(live.remarks, []);
  assert.deepEqual(
    sessionsWith(live, 'n2', '10.0.0.1').map(({ state }) => state),
    ['Active'],
  );
  assert.deepEqual(sessionsWith(live, 'n3', '10.0.0.1'), [], 'the session of another node is not its own');
  assert.equal(sessionsWith(live, 'n1', '127.0.0.4')[0]?.isUp, true);
  assert.equal(live.pools.length, 2);
});

test('a machine that is no node, a cluster that does not answer and garbage leave a sentence each', async () => {
  const silent = await readLive(
    connection(answering({ 'node status': exited(1, '', 'Calico process is not running.') })),
    0,
  );
  assert.match(silent.remarks[0]!.en, /not a running Calico node/);
  assert.equal(silent.remarks.length, 2);
  const garbage = await readLive(connection(always(exited(0, 'hello'))), 0);
  assert.ok(garbage.remarks.every(({ en }) => /cannot be read/.test(en)));
  assert.deepEqual([garbage.sessions, garbage.pools], [[], []]);
});
