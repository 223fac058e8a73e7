import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readInventory } from '../../server/src/apply/inventory.ts';
import { wantedIn } from '../../server/src/apply/wanted.ts';
import { Engine } from '../../server/src/engine.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { MESH, node, object, peer } from './network.ts';
import { exited } from './replay.ts';
import { connection } from './story-reflectors.ts';

/** A cluster of which `get` tells these objects, with what only the server writes. */
const cluster = (text: string) => {
  const workspace = new Workspace();
  workspace.setFile('file:///cluster/live.yaml', text);
  const objects = wantedIn(workspace.files).objects.map(({ object: live }, index) => ({
    ...live,
    metadata: { ...live.metadata, resourceVersion: String(index), uid: `uid-${index}` },
  }));
  return connection({
    run: async ({ args }) => {
      if (args[0] === 'version') return exited(0, 'Client Version:    v3.32.1\n');
      const items = objects.filter(({ kind }) => kind.toLowerCase() === args[1]);
      return exited(0, JSON.stringify({ kind: 'List', apiVersion: 'v1', items }));
    },
  });
};

async function inventory(text: string): Promise<string> {
  const read = await readInventory(cluster(text), new Date(0));
  assert.ok('ok' in read);
  return read.ok.text;
}

function workspaceOf(files: Readonly<Record<string, string>>): { workspace: Workspace; engine: Engine } {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  for (const [name, text] of Object.entries(files)) workspace.setFile(`file:///net/${name}`, text);
  return { workspace, engine: new Engine(workspace) };
}

test('an inventory says where it is from and nothing that only the server writes', async () => {
  const text = await inventory(MESH);
  assert.match(text, /^# selvage: inventory of etcd http:\/\/127\.0\.0\.1:2379, read 1970-01-01T00:00:00\.000Z\n/);
  assert.doesNotMatch(text, /resourceVersion|uid/);
});

test('with it, rules know the nodes of the cluster offline', async () => {
  const files = { 'peer.yaml': peer('to-rrs', 'nodeSelector: all(), peerSelector: has(route-reflektor)') };
  const codes = ({ engine }: { engine: Engine }): readonly string[] => engine.diagnoseAll().map(({ code }) => code);
  assert.ok(!codes(workspaceOf(files)).includes('selector/no-match'), 'nothing is known, so nothing is said');
  const labelled = MESH + node('n9', '172.16.0.19', { labels: 'route-reflector: "true"' });
  const known = workspaceOf({ ...files, 'inventory.yaml': await inventory(labelled) });
  const found = known.engine.diagnoseAll();
  assert.ok(
    found.some(({ code }) => code === 'selector/no-match'),
    JSON.stringify(found.map(({ code }) => code)),
  );
  assert.ok(
    found.every(({ file }) => file.endsWith('peer.yaml')),
    'what the inventory holds is not checked',
  );
});

test('it is never applied, and what a file says of an object wins, also while it is typed', async () => {
  const { workspace } = workspaceOf({
    'inventory.yaml': await inventory(MESH),
    'net.yaml': object('IPPool', 'a', 'cidr: 10.1.0.0/16'),
  });
  const [site] = workspace.sites();
  const pools = (): readonly unknown[] =>
    site!.all('calico/IPPool').map(({ name, cidr }) => [name?.value, cidr?.value]);
  assert.deepEqual(pools(), [
    ['a', '10.1.0.0/16'],
    ['default-ipv4-ippool', '10.20.0.0/16'],
  ]);
  workspace.setFile('file:///net/net.yaml', object('IPPool', 'default-ipv4-ippool', 'cidr: 10.99.0.0/16'));
  assert.deepEqual(pools(), [['default-ipv4-ippool', '10.99.0.0/16']]);
  workspace.setFile('file:///net/net.yaml', object('IPPool', 'b', 'cidr: 10.99.0.0/16'));
  assert.deepEqual(pools(), [
    ['b', '10.99.0.0/16'],
    ['default-ipv4-ippool', '10.20.0.0/16'],
  ]);
  assert.deepEqual(
    wantedIn(workspace.files).objects.map(({ ref }) => ref.name),
    ['b'],
  );
});

test('a cluster with more Pods than fit into a file is told without them', async () => {
  const labels = 'x'.repeat(900_000);
  const endpoints = Array.from({ length: 5 }, (_, index) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'WorkloadEndpoint',
    metadata: { name: `e${index}`, namespace: 'a', labels: { labels } },
    spec: { pod: `p${index}` },
  }));
  const read = await readInventory(
    connection({
      run: async ({ args }) => {
        if (args[0] === 'version') return exited(0, 'Client Version:    v3.32.1\n');
        const items = args[1] === 'workloadendpoint' ? endpoints : [];
        return exited(0, JSON.stringify({ kind: 'List', apiVersion: 'v1', items }));
      },
    }),
    new Date(0),
  );
  assert.ok('ok' in read && read.ok.objects === 0);
  assert.match(read.ok.remarks[0]!.en, /too many pods/);
});
