import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalicoNode } from '../../server/src/model/calico/node.ts';
import { resourcesOf, sameFacts } from '../../server/src/model/resources.ts';
import { holds, yamlDoc } from './reading.ts';

const DOCUMENTS = [
  `apiVersion: projectcalico.org/v3
kind: NodeList
items:
- metadata: {name: n1, labels: {rr: "true"}}
  spec: {bgp: {ipv4Address: 10.1.5.10/24, routeReflectorClusterID: 244.0.0.1}, orchRefs: [{nodeName: n1, orchestrator: k8s}]}
- metadata: {name: n2}
`,
  `apiVersion: v1
kind: List
items:
- {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: ds}, spec: {template: {spec: {containers: [{env: [{name: A, value: b}]}]}}}}
- {apiVersion: spiderpool.spidernet.io/v2beta1, kind: SpiderIPPool, spec: {subnet: 10.0.0.0/8, routes: [{dst: 10.0.0.0/8, gw: 10.0.0.1}]}}
- {apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, spec: {ingress: [{action: Allow, source: {nets: [10.0.0.0/8]}}]}}
- {apiVersion: kind.x-k8s.io/v1alpha4, kind: Cluster, nodes: [{role: worker, kubeadmConfigPatches: ["kind: x"]}]}
- {apiVersion: unheard.of/v1, kind: Thing}
`,
  `name: lab
topology:
  nodes:
    a: {kind: linux, exec: ["ip addr add 10.0.0.1/24 dev eth1", 'sh -c "ip link set eth1 mtu 9000"'], binds: ["a:b"]}
  links:
    - endpoints: ["a:eth1", "b:eth1"]
    - type: veth
      endpoints: [{node: a, interface: eth2}]
`,
];

test('objects are taken out of their lists, and kinds nobody knows keep their metadata', () => {
  const kinds = (text: string) => resourcesOf(yamlDoc(text)).map(({ kind }) => kind);
  assert.deepEqual(kinds(DOCUMENTS[0]!), ['calico/Node', 'calico/Node']);
  assert.deepEqual(kinds(DOCUMENTS[1]!), [
    'kubernetes/Workload',
    'spiderpool/SpiderIPPool',
    'calico/GlobalNetworkPolicy',
    'kind/Cluster',
    'other/Thing',
  ]);
  assert.deepEqual(kinds(DOCUMENTS[2]!), ['containerlab/Topology']);
  const [node] = resourcesOf(yamlDoc(DOCUMENTS[0]!)) as readonly CalicoNode[];
  holds(node?.routeReflectorClusterID, '244.0.0.1');
  holds(node?.orchestratorNames[0], 'n1');
});

test('a document cut off anywhere is read without a fault', () => {
  for (const text of DOCUMENTS)
    for (let end = 0; end < text.length; end++) assert.ok(Array.isArray(resourcesOf(yamlDoc(text.slice(0, end)))));
});

test('comments and blank lines change no fact; a changed address does', () => {
  for (const text of DOCUMENTS) {
    const before = resourcesOf(yamlDoc(text));
    assert.equal(sameFacts(before, resourcesOf(yamlDoc(`# a note\n\n${text}`))), true);
    assert.equal(sameFacts(before, resourcesOf(yamlDoc(text.replace(/10\.\d/, '10.99')))), false);
  }
});
