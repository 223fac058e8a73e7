import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isClusterScoped,
  isKnownGroup,
  itemKeyOf,
  kindsOf,
  nearest,
  schemaKeyOf,
} from '../../server/src/schemas/index.ts';

test('an object’s schema is found by what it says of itself', () => {
  assert.equal(schemaKeyOf('projectcalico.org/v3', 'IPPool'), 'calico/IPPool');
  assert.equal(schemaKeyOf('projectcalico.org/v3', 'IPPoolList'), 'calico/IPPoolList');
  assert.equal(itemKeyOf('calico/IPPoolList'), 'calico/IPPool');
  assert.equal(schemaKeyOf('spiderpool.spidernet.io/v2beta1', 'SpiderIPPool'), 'spiderpool/SpiderIPPool');
  assert.equal(schemaKeyOf('k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition'), 'multus/NetworkAttachmentDefinition');
  assert.equal(schemaKeyOf('kind.x-k8s.io/v1alpha4', 'Cluster'), 'kind/Cluster');
  for (const [apiVersion, kind] of [
    ['crd.projectcalico.org/v1', 'IPPool'],
    ['projectcalico.org/v3', 'Pool'],
    ['projectcalico.org/v3', 'toString'],
    ['v1', 'Node'],
    [undefined, 'Node'],
  ] as const)
    assert.equal(schemaKeyOf(apiVersion, kind), undefined);
});

test('groups know their kinds, so that a misspelt one has a nearest name', () => {
  for (const group of ['projectcalico.org', 'spiderpool.spidernet.io', 'kind.x-k8s.io']) assert.ok(isKnownGroup(group));
  assert.ok(!isKnownGroup('example.org'));
  assert.equal(
    kindsOf('projectcalico.org').filter((kind) => !/^(IPAM(Block|Handle|Config)|BlockAffinity)$/.test(kind)).length,
    22,
  );
  assert.equal(nearest('BGPpeer', kindsOf('projectcalico.org')), 'BGPPeer');
  assert.equal(nearest('SpiderIPool', kindsOf('spiderpool.spidernet.io')), 'SpiderIPPool');
  assert.equal(nearest('Deployment', kindsOf('projectcalico.org')), undefined);
  assert.deepEqual(kindsOf('apps'), []);
});

test('scopes', () => {
  assert.equal(isClusterScoped('calico/BGPPeer'), true);
  assert.equal(isClusterScoped('calico/Node'), true);
  assert.equal(isClusterScoped('calico/NetworkPolicy'), false);
  assert.equal(isClusterScoped('calico/NetworkSetList'), false);
  assert.equal(isClusterScoped('spiderpool/SpiderMultusConfig'), false);
  assert.equal(isClusterScoped('containerlab/Topology'), false);
});
