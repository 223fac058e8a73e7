import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BGP } from '../../server/src/assembly/bgp.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const NODE =
  'apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: n1}\nspec: {bgp: {ipv4Address: 10.1.5.10/24}}\n';
const KIND = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking: {disableDefaultCNI: true}\n';
const pool = (cidr: string) =>
  `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p}\nspec: {cidr: ${cidr}}\n`;

/** What `n1` announces in a site of these files. */
function announced(...files: readonly string[]): readonly string[] {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///s' }]);
  for (const [n, text] of files.entries()) workspace.setFile(`file:///s/${n}.yaml`, text);
  const [site] = [...workspace.sites()];
  const { fabric } = site!.derive(BGP).prediction;
  return fabric.routers.find(({ name }) => name === 'n1')!.announcements.map(({ prefix }) => prefix);
}

test('a whole cluster without a pool has the one that Calico makes of the Pod range', () => {
  assert.deepEqual(announced(NODE, KIND), ['10.244.0.0/16#n1']);
  assert.deepEqual(announced(NODE, KIND.replace('{dis', '{podSubnet: 10.7.0.0/16, dis')), ['10.7.0.0/16#n1']);
});

test('a pool that is written is the one; without a cluster nothing is assumed; nor with Spiderpool', () => {
  assert.deepEqual(announced(NODE, KIND, pool('10.9.0.0/16')), ['10.9.0.0/16#n1']);
  assert.deepEqual(announced(NODE), []);
  const spider =
    'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderIPPool\nmetadata: {name: s}\nspec: {subnet: 10.8.0.0/16}\n';
  assert.deepEqual(announced(NODE, KIND, spider), []);
});

test('the operator’s pools are announced unless it says no', () => {
  const installation = (rest: string) =>
    `apiVersion: operator.tigera.io/v1\nkind: Installation\nmetadata: {name: default}\nspec: {calicoNetwork: {ipPools: [{cidr: 10.6.0.0/16${rest}}]}}\n`;
  assert.deepEqual(announced(NODE, installation('')), ['10.6.0.0/16#n1']);
  assert.deepEqual(announced(NODE, installation(', nodeSelector: "has(x)"')), []);
});
