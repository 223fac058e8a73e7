import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offered } from './marked.ts';

const LAB = `name: fabric
topology:
  nodes:
    leaf0: {kind: linux, image: "frrouting/frr:v8.4.4", binds: ["leaf0/frr.conf:/etc/frr/frr.conf"]}
    n1: {kind: linux, exec: ["ip addr add 10.0.0.11/24 dev eth1"]}
    n2: {kind: linux, exec: ["ip addr add 10.0.0.12/24 dev eth1"]}
    br: {kind: bridge}
  links:
    - endpoints: ["leaf0:eth1", "br:p1"]
    - endpoints: ["n1:eth1", "br:p2"]
    - endpoints: ["n2:eth1", "br:p3"]
`;
const LEAF = `frr defaults datacenter
hostname leaf0
interface eth1
 ip address 10.0.0.1/24
exit
router bgp 65000
 neighbor 10.0.0.11 remote-as 64512
exit
`;
const node = (name: string, host: number, rack: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: ${name}, labels: {rack: ${rack}}}\nspec: {bgp: {ipv4Address: 10.0.0.${host}/24}}\n`;
const NETWORK = {
  'lab.clab.yml': LAB,
  'leaf0/frr.conf': LEAF,
  'nodes.yaml': `${node('n1', 11, 'r1')}---\n${node('n2', 12, 'r2')}---\n${node('n3', 13, 'r2')}`,
  'pools.yaml':
    'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: pods}\nspec: {cidr: 10.20.0.0/16}\n---\napiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: security}\nspec: {order: 10}\n---\napiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata: {name: no-default}\n',
  'spider.yaml':
    'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderIPPool\nmetadata: {name: vlan6}\nspec: {subnet: 10.6.0.0/16, ips: [10.6.0.10-10.6.0.19], gateway: 10.6.0.1}\n---\napiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderMultusConfig\nmetadata: {name: macvlan0, namespace: kube-system}\nspec: {cniType: macvlan, macvlan: {master: [eth0]}}\n',
  'apps.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: c, image: x}]}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: a}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: bgp, namespace: calico-system}\nstringData: {password: x}\n',
} as const;

const calico = (kind: string, spec: string): string =>
  `apiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata:\n  name: x\nspec:\n${spec}`;
const at = (text: string) => offered({ ...NETWORK, 'x.yaml': text });

test('names of objects that other files define', () => {
  assert.deepEqual(at(calico('BGPPeer', '  node: |')).labels, ['n1', 'n2', 'n3']);
  assert.equal(at(calico('BGPPeer', '  node: |')).detail('n2'), 'rack=r2');
  assert.deepEqual(at(calico('BGPPeer', '  filters:\n    - |')).labels, ['no-default']);
  assert.match(at(calico('BGPPeer', '  filters: |')).accept('no-default'), /filters:\n {4}- no-default\|$/);
  assert.match(at(calico('BGPPeer', '  filters: [|]')).accept('no-default'), /filters: \[no-default\|\]$/);
  assert.deepEqual(at(calico('GlobalNetworkPolicy', '  tier: |')).labels, ['security', 'default']);
  assert.deepEqual(at('apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  namespace: |\n').labels, [
    'shop',
  ]);
  const password = '  password:\n    secretKeyRef:\n      name: ';
  assert.equal(at(calico('BGPPeer', `${password}|`)).labels[0], 'bgp');
  assert.deepEqual(at(calico('BGPPeer', `${password}bgp\n      key: |`)).labels, ['password']);
});

test('the addresses and AS numbers of routers: those on the nodes’ own network first', () => {
  const peer = at(calico('BGPPeer', '  peerIP: |'));
  assert.equal(peer.labels[0], '10.0.0.1');
  assert.equal(peer.detail('10.0.0.1'), 'leaf0 eth1, AS 65000');
  assert.equal(peer.detail('10.0.0.12'), 'n2 eth1, AS 64512');
  const as = at(calico('BGPPeer', '  peerIP: 10.0.0.1\n  asNumber: |'));
  assert.deepEqual(as.labels, ['65000', '64512']);
  assert.equal(as.detail('64512'), 'n1, n2, n3');
  assert.match(as.accept('65000'), /asNumber: 65000\|$/);
});

test('labels and values in selectors, with how many nodes each matches', () => {
  const label = at(calico('BGPPeer', '  nodeSelector: ra|'));
  assert.equal(label.labels[0], 'rack');
  assert.equal(label.detail('rack'), 'matches 3 of 3');
  assert.match(at(calico('BGPPeer', '  nodeSelector: |')).accept('all()'), /nodeSelector: all\(\)\|$/);
  const value = at(calico('BGPPeer', '  nodeSelector: rack == |'));
  assert.deepEqual(value.labels, ['r2', 'r1']);
  assert.equal(value.detail('r2'), 'matches 2 of 3');
  assert.match(value.accept('r1'), /nodeSelector: rack == 'r1'\|$/);
  assert.match(at(calico('BGPPeer', "  nodeSelector: rack == 'r|'")).accept('r1'), /rack == 'r1'\|$/);
  assert.match(at(calico('BGPPeer', `  nodeSelector: "rack == 'r|"`)).accept('r1'), /"rack == 'r1'\|"$/);
  assert.match(at(calico('BGPPeer', '  nodeSelector: rack in {|}')).accept('r1'), /rack in \{'r1'\|\}$/);
  assert.match(at(calico('BGPPeer', '  nodeSelector: has(|')).accept('rack'), /has\(rack\)\|$/);
  assert.ok(at(calico('BGPPeer', '  nodeSelector: rack |')).labels.includes('not in'));
  assert.deepEqual(at(calico('BGPPeer', "  nodeSelector: rack == 'r1' ¦")).labels, ['&&', '||']);
  const pods = at(calico('GlobalNetworkPolicy', '  ingress:\n    - source:\n        selector: app == |'));
  assert.deepEqual(pods.labels, ['web']);
  assert.ok(at(calico('GlobalNetworkPolicy', '  namespaceSelector: |')).labels.includes('team'));
});

test('selectors in block scalars, folded or not, in files and in what stands inside them', () => {
  const peer = (body: string): string => calico('BGPPeer', `  nodeSelector: ${body}\n  asNumber: 65000\n`);
  const value = at(peer('>-\n    has(rack) &&\n    rack == |'));
  assert.deepEqual(value.labels, ['r2', 'r1']);
  assert.equal(value.accept('r1'), peer(">-\n    has(rack) &&\n    rack == 'r1'|"));
  const open = peer("|-\n    rack == '¦\n    && has(zone)");
  assert.equal(at(open).accept('r2'), peer("|-\n    rack == 'r2'¦\n    && has(zone)"));
  assert.equal(at(peer('>-\n    ra|')).labels[0], 'rack');
  assert.equal(at(peer('|\n    ¦')).labels[0], 'rack');
  assert.deepEqual(at(peer(">\n    rack == 'r1'\n    ¦")).labels, ['&&', '||']);
  assert.match(at(peer('>-\n    has(ra|')).accept('rack'), /has\(rack\)\|\n {2}asNumber/);
  const rule = '  ingress:\n    - action: Allow\n      source:\n        selector: >-\n          app == |\n';
  assert.deepEqual(at(calico('GlobalNetworkPolicy', rule)).labels, ['web']);
  const script = `cat <<EOF | kubectl apply -f -\n${peer('>-\n    rack == ¦')}EOF\n`;
  assert.equal(offered({ ...NETWORK, 'up.sh': script }).accept('r1'), script.replace('rack == ¦', "rack == 'r1'¦"));
  // Behind the text, and in texts of other fields, there is no selector.
  assert.ok(at(calico('BGPPeer', '  nodeSelector: >-\n    all()\n  |')).labels.includes('peerIP'));
  assert.deepEqual(at(calico('IPPool', '  cidr: >-\n    rack == |')).labels, []);
});

test('ranges and addresses that nobody has', () => {
  const cidr = at(calico('IPPool', '  cidr: |'));
  assert.equal(cidr.labels[0], '10.1.0.0/16');
  assert.equal(cidr.detail('10.1.0.0/16'), 'free');
  const kind = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking:\n  podSubnet: 10.244.0.0/16\n';
  const own = offered({ 'kind.yaml': kind, 'x.yaml': calico('IPPool', '  cidr: |') });
  assert.equal(own.labels[0], '10.244.0.0/16');
  assert.equal(own.detail('10.244.0.0/16'), 'the cluster’s Pod range');
  const first = `${calico('IPPool', '  cidr: 10.244.0.0/20\n')}---\n`;
  const half = offered({ 'kind.yaml': kind, 'x.yaml': `${first}${calico('IPPool', '  cidr: |')}` });
  assert.deepEqual(half.labels, ['10.244.16.0/20']);
  const whole = offered({ 'kind.yaml': kind, 'x.yaml': `${first}IPPool|` });
  assert.match(whole.accept('IPPool'), /cidr: 10\.244\.16\.0\/20\n/);
  assert.deepEqual(at(calico('Node', '  bgp:\n    ipv4Address: |')).labels, ['10.0.0.14/24']);
  const spider = 'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderIPPool\nspec:\n  subnet: 10.6.0.0/16\n';
  assert.equal(at(`${spider}  ips:\n    - |`).labels[0], '10.6.0.20-10.6.0.119');
  assert.deepEqual(at(`${spider}  gateway: |`).labels, ['10.6.0.1']);
});

test('ends of links: every node with its next free interface', () => {
  const text = LAB.replace('["n2:eth1", "br:p3"]', '["n2:eth1", "|"]');
  const ends = offered({ ...NETWORK, 'lab.clab.yml': text });
  assert.deepEqual(ends.labels, ['leaf0:eth2', 'n1:eth2', 'n2:eth2', 'br:eth1']);
  assert.match(ends.accept('leaf0:eth2'), /"n2:eth1", "leaf0:eth2\|"\]/);
  const half = offered({ ...NETWORK, 'lab.clab.yml': `${LAB}    - endpoints: [n1:|` });
  assert.deepEqual(half.labels, ['n1:eth2']);
  const item = offered({ ...NETWORK, 'lab.clab.yml': `${LAB}    - endpoints:\n        - |` });
  assert.equal(item.labels[0], 'leaf0:eth2');
  const wait = LAB.replace('n1: {kind: linux,', 'n1: {kind: linux, stages: {create: {wait-for: [{node: |}]}},');
  assert.deepEqual(offered({ ...NETWORK, 'lab.clab.yml': wait }).labels, ['leaf0', 'n2', 'br']);
});

test('pools inside the JSON of an annotation, and the whole JSON where there is none', () => {
  const pod = (annotation: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n    ${annotation}\nspec: {}\n`;
  const inside = at(pod(`ipam.spidernet.io/ippool: '{"ipv4":["|"]}'`));
  assert.deepEqual(inside.labels, ['vlan6']);
  assert.equal(inside.detail('vlan6'), '10.6.0.0/16, 10 addresses');
  assert.match(inside.accept('vlan6'), /'\{"ipv4":\["vlan6\|"\]\}'/);
  assert.match(at(pod('ipam.spidernet.io/ippool: |')).accept('vlan6'), /ippool: "\{\\"ipv4\\":\[\\"vlan6\\"\]\}"\|/);
  assert.deepEqual(at(pod(`cni.projectcalico.org/ipv4pools: '["|"]'`)).labels, ['pods']);
  assert.deepEqual(at(pod('k8s.v1.cni.cncf.io/networks: |')).labels, ['kube-system/macvlan0']);
  assert.deepEqual(at(pod('app: |')).labels, []);
});

test('the same in a here-document, a Markdown fence, several annotations and a CNI configuration', () => {
  const peer = calico('BGPPeer', '  nodeSelector: rack == |\n');
  const script = offered({ ...NETWORK, 'apply.sh': `calicoctl apply -f - <<EOF\n${peer}EOF\n` });
  assert.match(script.accept('r1'), /nodeSelector: rack == 'r1'\|\nEOF\n$/);
  const page = offered({ ...NETWORK, 'page.md': `Then:\n\n\`\`\`yaml\n${peer}\`\`\`\n` });
  assert.deepEqual(page.labels, ['r2', 'r1']);
  const several = `apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    ipam.spidernet.io/ippools: |-\n      [{"interface": "eth0", "ipv4": ["¦"]}]\n`;
  assert.deepEqual(at(several).labels, ['vlan6']);
  const conflist = `{\n  "cniVersion": "0.3.1",\n  "plugins": [{"type": "calico", "ipam": {"type": "spiderpool", "default_ipv4_ippool": ["|"]}}]\n}\n`;
  assert.deepEqual(offered({ ...NETWORK, '10-calico.conflist': conflist }).labels, ['vlan6']);
  const multus =
    'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderMultusConfig\nspec:\n  macvlan:\n    ippools:\n      ipv4: [|]\n';
  assert.deepEqual(at(multus).labels, ['vlan6']);
});
