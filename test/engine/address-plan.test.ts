import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressPlanOf } from '../../server/src/engine/address-plan.ts';
import { hoverAt } from '../../server/src/engine/hover.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const node = (name: string, blocks: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata:\n  name: ${name}\n  annotations: {selvage.dev/blocks: "${blocks}"}\nspec: {bgp: {ipv4Address: 192.168.1.${name.slice(1)}/24}}\n`;
const POOL = `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: pods}
spec:
  cidr: 10.244.0.0/25
  blockSize: 26
`;
const SERVICES = `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: kubernetes}
spec: {cidrs: [10.244.0.64/26]}
`;

function opened(files: Readonly<Record<string, string>>): Workspace {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///site' }]);
  for (const [path, text] of Object.entries(files)) workspace.setFile(`file:///site/${path}`, text);
  return workspace;
}

const files = {
  'pool.yaml': POOL,
  'services.yaml': SERVICES,
  'nodes.yaml': ['n1', 'n2', 'n3'].map((name) => node(name, name === 'n1' ? '10.244.0.0/26' : '')).join('---\n'),
};

test('the plan of a site: who has what, what overlaps, what is full, and what is free', () => {
  const [site] = [...opened(files).sites()];
  const plan = addressPlanOf(site!);
  assert.deepEqual(
    plan.overlaps.map(([a, b]) => `${a.text} ${b.text}`),
    ['10.244.0.0/25 10.244.0.64/26'],
  );
  const [pool] = plan.pools;
  assert.equal(pool?.capacity.blocks, 2n);
  assert.equal(pool?.capacity.nodesWithout, 1);
  assert.deepEqual(plan.free, ['10.0.0.0/25']);
});

test('hovering over a pool tells its blocks', () => {
  const workspace = opened(files);
  const file = workspace.file('file:///site/pool.yaml')!;
  const [part] = hoverAt(file, POOL.indexOf('10.244'), workspace.sitesOf(file.uri));
  assert.equal(
    part?.text.en,
    '**10.244.0.0/25**: 2 blocks of 64 addresses\n\n3 nodes may use it; **1 of them will find no block left**\n\n1 are known to be in use, the next one free is 10.244.0.64/26:\n\n- `n1`: 1',
  );
});
