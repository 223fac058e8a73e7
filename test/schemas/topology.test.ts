import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SchemaKey, validate } from '../../server/src/schemas/index.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

function found(key: SchemaKey, text: string): string[] {
  const tree = parseYaml(text);
  return validate(key, tree, tree.root!, []).map(({ code, path }) => `${code} ${path.join('.')}`);
}

const lab = (text: string) => found('containerlab/Topology', text);

test('containerlab: what Go takes is taken, though upstream’s own schema refuses it', () => {
  assert.deepEqual(
    lab(`
name: fabric
prefix: \${CLAB_PREFIX:=""}
mgmt: {network: custom, ipv4-subnet: auto, mtu: 1450}
topology:
  defaults: {labels: {traced: true, rack: 1}, env: {A: 1, B: yes}}
  kinds:
    k8s-kind: {startup-config: kind.yaml}
    fortinet_fortigate:
  nodes:
    br0: {kind: bridge}
    srl:
    old: {kind: vr-sros, type: 5132, cpu: 2}
    sr1: {kind: nokia_srsim, type: SR-1, components: [{slot: A}, {slot: 1, type: xcm2-x20, env: {X: 1}, mda: [{slot: 1, type: x2-s36-800g-qsfpdd-18.0t}]}]}
    k01: {kind: k8s-kind, extras: {k8s_kind: {deploy: {kubeconfig: k, wait: 0s}}}}
    app:
      kind: linux
      ports: [8080:80, 9090]
      network-mode: bridge
      user: 1000
      sysctls: {net.ipv4.ip_forward: 1}
      stages: {create: {wait-for: [{node: srl, stage: healthy}], exec: [{command: ls}]}, healthy: {exec: {on-enter: [ls]}}}
  links:
    - endpoints: ["srl:e1-1", "app:eth1"]
      ipv4: [10.0.0.1/31, ""]
    - {type: VETH, endpoints: [{node: srl, interface: e1-2}, {node: app, interface: eth2, mac: "02:00:00:00:00:01"}], mtu: 9000}
    - {type: vxlan, endpoint: {node: srl, interface: e1-3}, remote: 10.0.0.2, vni: 100}
    - {type: macvlan, endpoint: {node: app, interface: eth3}, host-interface: ens3, mode: bridge}
`),
    [],
  );
});

test('containerlab: unknown keys and impossible types are refused, as strict decoding does', () => {
  assert.deepEqual(
    lab('name: a\ntopology:\n  nodes: {n1: {knd: linux, imagee: x}}\n  links: [{endpoints: [a:b, c:d], mtuu: 1}]\n'),
    [
      'schema/unknown-field topology.nodes.n1.knd',
      'schema/unknown-field topology.nodes.n1.imagee',
      'schema/unknown-field topology.links.0.mtuu',
    ],
  );
  assert.deepEqual(lab('name: a\nnodes: {n1: {kind: linux}}\ntopology: {}\n'), ['schema/unknown-field nodes']);
  assert.deepEqual(lab('name: a\ntopology: {nodes: {n1: {exec: ls, privileged: "true", labels: [a]}}}\n'), [
    'schema/type topology.nodes.n1.exec',
    'schema/type topology.nodes.n1.labels',
    'schema/type topology.nodes.n1.privileged',
  ]);
  assert.deepEqual(
    lab('name: a\ntopology: {nodes: {n1: {}}, links: [{type: vxlann, endpoint: {node: n1, interface: eth1}}]}\n'),
    ['schema/enum topology.links.0.type'],
  );
  assert.deepEqual(lab('topology: {nodes: {n1: {}}}\n'), ['schema/required topology']);
  assert.deepEqual(lab('name: a\ntopology: {nodes: {n1: {username: admin}}}\n'), [
    'schema/deprecated topology.nodes.n1.username',
  ]);
});

test('kind: a cluster file', () => {
  const head = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n';
  assert.deepEqual(
    found(
      'kind/Cluster',
      `${head}name: clos\nnetworking: {disableDefaultCNI: true, podSubnet: 10.98.0.0/16, kubeProxyMode: none, apiServerPort: -1}\nruntimeConfig: {api/all: true}\nfeatureGates: {A: true}\nnodes:\n- role: control-plane\n  kubeadmConfigPatches:\n  - |\n    kind: InitConfiguration\n  labels: {rack: 0}\n- role: worker\n  extraPortMappings: [{containerPort: 80, hostPort: 8080, protocol: TCP}]\n`,
    ),
    [],
  );
  assert.deepEqual(
    found(
      'kind/Cluster',
      `${head}networking: {podSubnt: 10.0.0.0/16, ipFamily: ipv5}\nnodes: [{role: master}, {rol: worker}]\n`,
    ),
    [
      'schema/unknown-field networking.podSubnt',
      'schema/unknown-field nodes.1.rol',
      'schema/enum networking.ipFamily',
      'schema/enum nodes.0.role',
    ],
  );
});

test('selvage.yaml: our own settings', () => {
  assert.deepEqual(
    found(
      'selvage/Config',
      'sites:\n- {name: prod, include: ["prod/**"], calicoVersion: 3.31, datastore: etcdv3, connectedTo: [lab]}\nrules: {bgp/single-reflector: off, ipam/mtu: error}\nnetworks: {office: 10.1.3.0/24, dc: [10.0.0.0/8, "fd00::/8"]}\nasns: {fabric: 64512, spine: 4200000000, edge: "64086.1"}\ncalicoVersion: v3.31.2\n',
    ),
    [],
  );
  assert.deepEqual(found('selvage/Config', 'sites: [{include: x}]\nrules: {a/b: warn}\nrule: {}\n'), [
    'schema/unknown-field rule',
    'schema/required sites.0.include',
    'schema/enum rules.a/b',
  ]);
});
