import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyTypes } from '../../server/src/model/calico/policy.ts';
import { selectorsOf } from '../../server/src/model/calico/selectors.ts';
import { holds, read, underlined } from './reading.ts';

const V3 = 'apiVersion: projectcalico.org/v3\n';

test('a filter’s rules keep their lists apart', () => {
  const filter = read(
    'calico/BGPFilter',
    `${V3}kind: BGPFilter
metadata: {name: no-blocks}
spec:
  exportV4:
    - action: Reject
      cidr: 10.244.0.0/16
      matchOperator: In
      prefixLength: {min: 30, max: 26}
    - {action: Accept, peerType: eBGP, interface: "*.cali", communities: {values: ["65000:1"]}, operations: [{addCommunity: {value: "65000:2"}}]}
  importV6: [{action: Accept, source: RemotePeers}]
`,
  );
  const [reject, accept] = filter.exportV4;
  holds(reject?.cidr, '10.244.0.0/16');
  holds(reject?.matchOperator, 'In');
  holds(reject?.minPrefixLength, 30);
  holds(reject?.maxPrefixLength, 26);
  holds(accept?.interface, '*.cali', '"*.cali"');
  holds(accept?.operations[0], 'addCommunity');
  holds(filter.importV6[0]?.source, 'RemotePeers');
  assert.deepEqual([filter.importV4, filter.exportV6], [[], []]);
});

const POLICY = read(
  'calico/NetworkPolicy',
  `${V3}kind: NetworkPolicy
metadata: {name: security.web, namespace: prod}
spec:
  tier: security
  order: 10.5
  selector: role == 'web'
  serviceAccountSelector: has(web)
  types: [Ingress, Egress]
  ingress:
    - action: Allow
      protocol: TCP
      source:
        selector: role == 'lb'
        nets: [10.1.5.0/24]
      destination: {ports: [80, "8000:8080", http]}
    - action: Deny
      source: {namespaceSelector: global(), selector: all()}
  egress:
    - action: Pass
      protocol: 17
      destination:
        services: {name: kube-dns, namespace: kube-system}
`,
);

test('a policy shows every net, port and selector by itself', () => {
  holds(POLICY.tier, 'security');
  holds(POLICY.order, 10.5);
  const [allow, deny] = POLICY.ingress!;
  holds(allow?.source.nets[0], '10.1.5.0/24');
  assert.deepEqual(
    allow?.destination.ports.map(({ value }) => value),
    ['80', '8000:8080', 'http'],
  );
  assert.equal(underlined(allow?.destination.ports[1]), '"8000:8080"');
  assert.equal(deny?.destination.isEmpty, true);
  holds(POLICY.egress?.[0]?.protocol, '17');
  holds(POLICY.egress?.[0]?.destination.serviceName, 'kube-dns');
});

test('every selector says what it selects, where, and whether global() may stand there', () => {
  assert.deepEqual(
    selectorsOf(POLICY).map(({ field, selects, global, within }) => [field.value, selects, global, within?.value]),
    [
      ["role == 'web'", 'endpoints', 'refused', 'prod'],
      ['has(web)', 'serviceaccounts', 'refused', 'prod'],
      ["role == 'lb'", 'endpoints', 'refused', 'prod'],
      ['all()', 'endpoints', 'refused', undefined],
      ['global()', 'namespaces', 'alone', undefined],
    ],
  );
  const peer = read('calico/BGPPeer', `${V3}kind: BGPPeer\nspec: {nodeSelector: "!has(rr)", peerSelector: has(rr)}\n`);
  assert.deepEqual(
    selectorsOf(peer).map(({ field, selects }) => [underlined(field), selects]),
    [
      ['"!has(rr)"', 'nodes'],
      ['has(rr)', 'nodes'],
    ],
  );
  const pool = read('calico/IPPool', `${V3}kind: IPPool\nspec: {nodeSelector: all(), namespaceSelector: a == 'b'}\n`);
  assert.deepEqual(
    selectorsOf(pool).map(({ selects, global }) => [selects, global]),
    [
      ['nodes', 'refused'],
      ['namespaces', 'refused'],
    ],
  );
  assert.deepEqual(selectorsOf(read('kubernetes/Namespace', 'apiVersion: v1\nkind: Namespace\n')), []);
});

test('directions that nobody wrote follow from the rules', () => {
  const types = (spec: string) =>
    policyTypes(read('calico/GlobalNetworkPolicy', `${V3}kind: GlobalNetworkPolicy\nspec: ${spec}\n`));
  assert.deepEqual(types('{}'), ['Ingress']);
  assert.deepEqual(types('{egress: [{action: Deny}]}'), ['Egress']);
  assert.deepEqual(types('{egress: [{action: Deny}], ingress: [{}]}'), ['Ingress', 'Egress']);
  assert.deepEqual(types('{types: [Egress], ingress: [{}]}'), ['Egress']);
  assert.equal(types('{types: [$T]}'), undefined);
});

test('staged policies have an action, also in Kubernetes’ grammar', () => {
  holds(
    read('calico/StagedGlobalNetworkPolicy', `${V3}kind: StagedGlobalNetworkPolicy\nspec: {stagedAction: Delete}\n`)
      .stagedAction,
    'Delete',
  );
  const staged = read(
    'calico/StagedKubernetesNetworkPolicy',
    `${V3}kind: StagedKubernetesNetworkPolicy\nspec: {stagedAction: Set, podSelector: {matchLabels: {a: b}}, ingress: []}\n`,
  );
  holds(staged.podSelector?.matchLabels.get('a'), 'b');
  assert.deepEqual(staged.ingress, []);
});

test('blocks and affinities of an inventory name their node', () => {
  const v1 = 'apiVersion: crd.projectcalico.org/v1\n';
  const block = read(
    'calico/IPAMBlock',
    `${v1}kind: IPAMBlock\nspec: {affinity: "host:worker1", cidr: 10.244.192.0/26, deleted: false}\n`,
  );
  holds(block.node, 'worker1');
  holds(block.cidr, '10.244.192.0/26');
  assert.equal(
    read('calico/IPAMBlock', `${v1}kind: IPAMBlock\nspec: {affinity: virtual:load-balancer}\n`).node,
    undefined,
  );
  const affinity = read(
    'calico/BlockAffinity',
    `${v1}kind: BlockAffinity\nspec: {cidr: 10.244.192.0/26, node: worker1, state: confirmed, deleted: "false"}\n`,
  );
  holds(affinity.node, 'worker1');
  holds(affinity.state, 'confirmed');
  holds(read('calico/IPAMConfiguration', `${v1}kind: IPAMConfig\nspec: {strictAffinity: true}\n`).strictAffinity, true);
});

test('the rest of Calico', () => {
  const host = read(
    'calico/HostEndpoint',
    `${V3}kind: HostEndpoint\nmetadata: {labels: {role: edge}}\nspec: {node: n1, interfaceName: "*", expectedIPs: [10.0.0.1]}\n`,
  );
  holds(host.expectedIPs[0], '10.0.0.1');
  holds(host.labels.get('role'), 'edge');
  const felix = read(
    'calico/FelixConfiguration',
    `${V3}kind: FelixConfiguration\nspec: {vxlanMTU: 1450, failsafeInboundHostPorts: [{protocol: tcp, port: 22, net: 10.0.0.0/8}], failsafeOutboundHostPorts: []}\n`,
  );
  holds(felix.vxlanMTU, 1450);
  holds(felix.failsafeInboundHostPorts?.[0]?.port, 22);
  assert.deepEqual(felix.failsafeOutboundHostPorts, []);
  holds(read('calico/Tier', `${V3}kind: Tier\nspec: {order: 100}\n`).order, 100);
  holds(
    read('calico/GlobalNetworkSet', `${V3}kind: GlobalNetworkSet\nspec: {nets: [10.1.3.0/24]}\n`).nets[0],
    '10.1.3.0/24',
  );
  holds(read('calico/NetworkSet', `${V3}kind: NetworkSet\nspec: {nets: [10.1.3.0/24]}\n`).nets[0], '10.1.3.0/24');
  holds(read('calico/Profile', `${V3}kind: Profile\nspec: {labelsToApply: {a: b}}\n`).labelsToApply.get('a'), 'b');
  holds(
    read('calico/WorkloadEndpoint', `${V3}kind: WorkloadEndpoint\nspec: {node: n1, ipNetworks: [10.244.1.2/32]}\n`)
      .ipNetworks[0],
    '10.244.1.2/32',
  );
  holds(
    read('calico/IPReservation', `${V3}kind: IPReservation\nspec: {reservedCIDRs: [10.244.0.0/28]}\n`).reservedCIDRs[0],
    '10.244.0.0/28',
  );
  holds(
    read('calico/ClusterInformation', `${V3}kind: ClusterInformation\nspec: {calicoVersion: v3.31.2}\n`).calicoVersion,
    'v3.31.2',
  );
  const controllers = read(
    'calico/KubeControllersConfiguration',
    `${V3}kind: KubeControllersConfiguration\nspec: {controllers: {node: {syncLabels: Enabled, hostEndpoint: {templates: [{nodeSelector: has(edge)}]}}}}\n`,
  );
  assert.deepEqual(
    selectorsOf(controllers).map(({ field }) => field.value),
    ['has(edge)'],
  );
  const tigera = read(
    'tigera/Installation',
    'apiVersion: operator.tigera.io/v1\nkind: Installation\nspec: {calicoNetwork: {ipPools: [{cidr: 192.168.0.0/16, encapsulation: None}], nodeAddressAutodetectionV4: {interface: eth1}}}\n',
  );
  holds(tigera.ipPools[0]?.cidr, '192.168.0.0/16');
  holds(tigera.autodetectionV4?.interface, 'eth1');
});

test('an unquoted yes is the label that calicoctl makes of it, and stays a word where texts are read', () => {
  const node = read(
    'calico/Node',
    `${V3}kind: Node\nmetadata: {name: n1, labels: {route-reflector: yes, rack: r1, quoted: "yes"}}\n`,
  );
  holds(node.labels.get('route-reflector'), 'true', 'yes');
  holds(node.labels.get('rack'), 'r1');
  holds(node.labels.get('quoted'), 'yes', '"yes"');
});
