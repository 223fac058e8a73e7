import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmptySelector, matchesLabels } from '../../server/src/model/kubernetes/label-selector.ts';
import { holds, read, underlined } from './reading.ts';

const POOL = read(
  'spiderpool/SpiderIPPool',
  `apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderIPPool
metadata:
  name: nginx-pool
  labels:
    ipam.spidernet.io/subnet-cidr: 10-244-0-0-16
spec:
  ipVersion: 4
  subnet: "10.244.0.0/16"
  vlan: 0
  ips:
    - 10.244.100.0-10.244.200.1
    - {{ .Values.more }}
  excludeIPs: [10.244.150.1]
  gateway: 10.244.0.1
  routes:
    - dst: 172.16.0.0/16
      gw: 10.244.0.2
    - {dst: 0.0.0.0/0}
  podAffinity:
    matchLabels: {app: nginx}
    matchExpressions:
      - {key: tier, operator: In, values: [web, api]}
  nodeAffinity: {}
  namespaceName: [prod]
  nodeName: [worker1, worker2]
  multusName: [kube-system/macvlan-ens192]
  default: true
  disable: false
`,
);

test('a pool shows each range, route and name by itself', () => {
  holds(POOL.name, 'nginx-pool');
  holds(POOL.subnet, '10.244.0.0/16', '"10.244.0.0/16"');
  holds(POOL.ips[0], '10.244.100.0-10.244.200.1');
  holds(POOL.ips[1], undefined, '{{ .Values.more }}');
  holds(POOL.excludeIPs[0], '10.244.150.1');
  holds(POOL.gateway, '10.244.0.1');
  holds(POOL.routes[0]?.dst, '172.16.0.0/16');
  holds(POOL.routes[1]?.dst, '0.0.0.0/0');
  assert.equal(POOL.routes[1]?.gw, undefined);
  assert.deepEqual(
    POOL.nodeName.map(({ value }) => value),
    ['worker1', 'worker2'],
  );
  holds(POOL.multusName[0], 'kube-system/macvlan-ens192');
  holds(POOL.default, true);
  assert.deepEqual([POOL.removed.map(({ value }) => value), underlined(POOL.removed[0])], [['vlan'], 'vlan']);
  holds(POOL.labels.get('ipam.spidernet.io/subnet-cidr'), '10-244-0-0-16');
});

test('affinities are label selectors: an empty one selects everything, an absent one is absent', () => {
  const labels = (texts: Record<string, string>) =>
    new Map(Object.entries(texts).map(([key, value]) => [key, { value, place: POOL.gateway!.place }]));
  assert.equal(matchesLabels(POOL.podAffinity!, labels({ app: 'nginx', tier: 'web' })), true);
  assert.equal(matchesLabels(POOL.podAffinity!, labels({ app: 'nginx', tier: 'db' })), false);
  assert.equal(matchesLabels(POOL.podAffinity!, labels({ tier: 'web' })), false);
  holds(POOL.podAffinity!.matchExpressions[0]?.values[1], 'api');
  assert.equal(isEmptySelector(POOL.nodeAffinity!), true);
  assert.equal(POOL.namespaceAffinity, undefined);
});

test('a SpiderMultusConfig keeps every block that is there, also one too many', () => {
  const config = read(
    'spiderpool/SpiderMultusConfig',
    `apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderMultusConfig
metadata: {name: macvlan-ens192, namespace: kube-system}
spec:
  cniType: macvlan
  macvlan:
    master: [ens192, ens224]
    vlanID: 100
    bond: {name: bond0, mode: 1}
    ippools:
      ipv4: ["nginx-*"]
      matchMasterSubnet: true
    spiderpoolConfigPools: {}
  ipoib:
    master: ib0
  ibsriov: {resourceName: mellanox/ib}
  ovs: {bridge: br1, vlan: 7, trunk: [{minID: 10, maxID: 5}]}
  coordinator: {mode: underlay, hostRPFilter: 0}
  chainCNIJsonData: ['{"type": "tuning"}']
`,
  );
  assert.deepEqual(
    config.blocks.map(({ type }) => type),
    ['macvlan', 'ipoib', 'ib-sriov', 'ovs'],
  );
  const [macvlan, ipoib, , ovs] = config.blocks;
  holds(macvlan?.master[1], 'ens224');
  holds(macvlan?.vlanID, 100);
  holds(macvlan?.bond?.name, 'bond0');
  holds(macvlan?.ippools?.ipv4[0], 'nginx-*', '"nginx-*"');
  assert.equal(underlined(macvlan?.removed[0]), 'spiderpoolConfigPools');
  holds(ipoib?.master[0], 'ib0');
  holds(ovs?.vlanID, 7);
  holds(ovs?.trunk[0]?.maxID, 5);
  holds(config.coordinator?.mode, 'underlay');
  assert.equal(underlined(config.coordinator?.removed[0]), 'hostRPFilter');
  holds(config.chainCNIJsonData[0], '{"type": "tuning"}', `'{"type": "tuning"}'`);
});

test('the other kinds of Spiderpool, and of Multus', () => {
  const head = 'apiVersion: spiderpool.spidernet.io/v2beta1\n';
  const subnet = read(
    'spiderpool/SpiderSubnet',
    `${head}kind: SpiderSubnet\nspec: {subnet: 10.6.0.0/16, ips: [10.6.168.10-10.6.168.20]}\n`,
  );
  holds(subnet.ips[0], '10.6.168.10-10.6.168.20');
  const reserved = read('spiderpool/SpiderReservedIP', `${head}kind: SpiderReservedIP\nspec: {ips: ["fd00::1"]}\n`);
  holds(reserved.ips[0], 'fd00::1', '"fd00::1"');
  const coordinator = read(
    'spiderpool/SpiderCoordinator',
    `${head}kind: SpiderCoordinator\nspec: {mode: overlay, podCIDRType: calico, hijackCIDR: [169.254.0.0/16], podRPFilter: -1}\n`,
  );
  holds(coordinator.settings.hijackCIDR[0], '169.254.0.0/16');
  holds(coordinator.settings.podRPFilter, -1);
  const endpoint = read(
    'spiderpool/SpiderEndpoint',
    `${head}kind: SpiderEndpoint\nstatus: {current: {node: w1, ips: [{interface: eth0, ipv4Pool: p}]}}\n`,
  );
  holds(endpoint.ips[0]?.ipv4Pool, 'p');
  const definition = read(
    'multus/NetworkAttachmentDefinition',
    `apiVersion: k8s.cni.cncf.io/v1\nkind: NetworkAttachmentDefinition\nspec:\n  config: '{"type":"macvlan"}'\n`,
  );
  holds(definition.config, '{"type":"macvlan"}', `'{"type":"macvlan"}'`);
});

test('half-typed objects are read as far as they go', () => {
  const head = 'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderIPPool\n';
  for (const spec of [
    'spec:',
    'spec: []',
    'spec: {ips: 10.0.0.1, routes: {}, podAffinity: x}',
    'spec:\n  ips:\n    -\n',
  ])
    assert.equal(read('spiderpool/SpiderIPPool', head + spec).kind, 'spiderpool/SpiderIPPool');
});
