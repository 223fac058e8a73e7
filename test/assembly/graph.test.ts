import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type GraphView, graphOf, type ShownGraph } from '../../server/src/engine/graph.ts';
import { Engine } from '../../server/src/engine.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

function drawn(files: Readonly<Record<string, string>>, view: GraphView, language: 'en' | 'zh-cn' = 'en'): ShownGraph {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  for (const [path, text] of Object.entries(files)) workspace.setFile(`file:///net/${path}`, text);
  const engine = new Engine(workspace);
  const [site] = workspace.sites();
  const diagnostics = engine.diagnoseAll();
  return graphOf(engine, site!, { view, language, diagnostics });
}

const node = (graph: ShownGraph, label: string) => graph.nodes.find((one) => one.label === label)!;
const labels = (graph: ShownGraph) => graph.nodes.map(({ label }) => label).sort();

const calicoNode = (name: string, address: string, more = '') => `apiVersion: projectcalico.org/v3
kind: Node
metadata: {name: ${name}, labels: {rack: r0}}
spec: {bgp: {ipv4Address: ${address}/24${more}}}
`;

describe('physical', () => {
  test('machines that no topology wires meet in the subnet that they share', () => {
    const graph = drawn(
      { 'nodes.yaml': [calicoNode('a', '10.0.0.1'), calicoNode('b', '10.0.0.2')].join('---\n') },
      'physical',
    );
    assert.deepEqual(labels(graph), ['10.0.0.0/24', 'a', 'b']);
    assert.ok(graph.edges.every(({ role, from }) => role === 'attachment' && from === node(graph, '10.0.0.0/24').id));
    assert.deepEqual(
      graph.groups.map(({ label, role }) => `${role} ${label}`),
      ['rack r0'],
    );
  });

  test('two cables between two machines are two lines, told apart by their ports', () => {
    const lab = `name: x
topology:
  nodes: {a: {kind: linux, image: i}, b: {kind: linux, image: i}}
  links:
    - endpoints: ["a:eth1", "b:eth1"]
    - endpoints: ["a:eth2", "b:eth2"]
    - {type: host, endpoint: {node: a, interface: eth3}, host-interface: tap0, mtu: 9000}
`;
    const graph = drawn({ 'x.clab.yml': lab }, 'physical');
    assert.equal(new Set(graph.edges.map(({ id }) => id)).size, 3);
    assert.equal(node(graph, 'host').role, 'outside');
    assert.ok(graph.edges.some(({ facts }) => facts.some(([name, value]) => name === 'MTU' && value === '9000')));
  });

  test('templates are left out, and it says so', () => {
    const lab = 'name: x\ntopology:\n  nodes:\n    a: {kind: linux, image: i}\n    "n{{ i }}": {kind: linux}\n';
    const graph = drawn({ 'x.clab.yml': lab }, 'physical');
    assert.ok(graph.nodes.some(({ label }) => label === 'a'));
    assert.ok(graph.unknown.length > 0);
  });
});

describe('bgp', () => {
  const CONFIGURATION = `apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {asNumber: 64512, nodeToNodeMeshEnabled: true}
`;

  test('a small mesh is drawn line by line, a large one as a star', () => {
    const mesh = (count: number) => {
      const nodes = Array.from({ length: count }, (_, i) => calicoNode(`n${i}`, `10.0.0.${i + 1}`));
      return drawn({ 'bgp.yaml': CONFIGURATION, 'nodes.yaml': nodes.join('---\n') }, 'bgp');
    };
    const small = mesh(4);
    assert.equal(small.edges.length, 6);
    assert.ok(small.edges.every(({ role, state }) => role === 'ibgp' && state === 'up'));
    const large = mesh(30);
    assert.equal(large.edges.length, 30);
    assert.equal(large.nodes.find(({ role }) => role === 'mesh')?.note, '30 → 435');
  });

  test('both statements of a session are one line; a reflector leads to its client', () => {
    const files = {
      'bgp.yaml': CONFIGURATION.replace('true', 'false'),
      'peers.yaml': `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: rr}
spec: {nodeSelector: all(), peerSelector: has(rr)}
`,
      'nodes.yaml': [
        calicoNode('rr', '10.0.0.1', ', routeReflectorClusterID: 1.0.0.1').replace('rack: r0', 'rack: r0, rr: "true"'),
        calicoNode('a', '10.0.0.2'),
        calicoNode('b', '10.0.0.3'),
      ].join('---\n'),
    };
    const graph = drawn(files, 'bgp');
    assert.equal(node(graph, 'rr').role, 'reflector');
    assert.deepEqual(graph.edges.map(({ from, to, reflects }) => [from, to, reflects]).sort(), [
      ['host/rr', 'host/a', true],
      ['host/rr', 'host/b', true],
    ]);
    assert.deepEqual(graph.groups.map(({ id }) => id).sort(), ['as/64512', 'as/64512/rack/r0']);
    const zh = drawn(files, 'bgp', 'zh-cn');
    assert.ok(zh.edges[0]!.facts.some(([name, value]) => name === '会话' && value === '能够建立'));
  });
});

describe('addresses', () => {
  const pool = (name: string, cidr: string) =>
    `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: ${name}}\nspec: {cidr: ${cidr}}\n`;
  const cluster = (services: string) =>
    `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking: {podSubnet: 10.244.0.0/16, serviceSubnet: ${services}}\n`;

  test('pools lie in the cluster’s range, and what is given out is told', () => {
    const graph = drawn(
      { 'kind.yaml': cluster('10.96.0.0/16'), 'pools.yaml': pool('half', '10.244.0.0/17') },
      'addresses',
    );
    const [holds] = graph.edges;
    assert.equal(holds!.role, 'holds');
    assert.equal(node(graph, '10.244.0.0/16').used, 0.5);
    assert.deepEqual(holds!.to, node(graph, '10.244.0.0/17').id);
  });

  test('a collision stands out: it is no containment, and both carry it', () => {
    const graph = drawn({ 'kind.yaml': cluster('10.244.8.0/24') }, 'addresses');
    const overlap = graph.edges.find(({ role }) => role === 'overlap');
    assert.equal(overlap?.state, 'down');
    assert.ok(!graph.edges.some(({ role }) => role === 'holds'));
    assert.ok(graph.nodes.some(({ findings }) => findings.some(({ code }) => code === 'ipam/cidr-overlap')));
  });

  test('both families are told apart', () => {
    const graph = drawn(
      { 'pools.yaml': [pool('four', '10.1.0.0/16'), pool('six', 'fd00::/48')].join('---\n') },
      'addresses',
    );
    assert.deepEqual(graph.groups.map(({ label }) => label).sort(), ['IPv4', 'IPv6']);
  });
});

test('nothing in, nothing drawn, nothing thrown', () => {
  for (const view of ['physical', 'bgp', 'addresses'] as const)
    assert.deepEqual(drawn({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n' }, view).nodes, []);
});
