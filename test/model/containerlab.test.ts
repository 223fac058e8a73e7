import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerName } from '../../server/src/model/containerlab/container-name.ts';
import { effectiveNode } from '../../server/src/model/containerlab/effective-node.ts';
import { managementNetwork } from '../../server/src/model/containerlab/management.ts';
import { networkModeOf } from '../../server/src/model/containerlab/network-mode.ts';
import { keyPlace } from '../../server/src/model/part.ts';
import { holds, topologyOf, underlined } from './reading.ts';

const LAB = `name: calico-bgp-rr
mgmt:
  network: rr-mgmt
  ipv4-subnet: 172.30.0.0/24
topology:
  defaults:
    group: spine
    env: {LAB: rr, LEVEL: defaults}
    binds:
      - /lib/modules:/lib/modules
      - ./default.cfg:/etc/app.cfg
  kinds:
    linux:
      image: vyos:1.4.9
      type: from-kind
      exec: [sysctl -w net.ipv4.ip_forward=1]
  groups:
    spine:
      type: from-group
      env:
        LEVEL: group
  nodes:
    spine0:
      kind: Linux
      mgmt-ipv4: 172.30.0.10
      binds:
        - ./startup-conf/spine0-boot.cfg:/opt/vyatta/etc/config/config.boot
        - __clabDir__/x:/etc/app.cfg:ro
    leaf0:
      kind: linux
      image: ""
      group: leaf
    br-leaf0: {kind: bridge}
    server1:
      kind: linux
      network-mode: container:calico-bgp-rr-control-plane
      exec:
        - ip addr add 10.1.5.10/24 dev net0
        - ip route replace default via 10.1.5.1
        - sh -c "ip link set dev net0 mtu 9000 && ip -6 route add 2001:db8::/32 via fd00::1 dev net0"
        - 'bash -c ''ip a a $ADDR/24 dev net0; ip r add blackhole 10.244.0.0/16'''
        - ip netns exec blue ip addr add 10.9.9.9/24 dev eth1
        - ip address add dev net0 {{ .extra }}/24
      stages:
        create:
          wait-for:
            - node: leaf0
              stage: healthy
    empty:
  links:
    - endpoints: ["br-leaf0:br-leaf0-net0", "server1:net0"]
      mtu: 9000
    - endpoints: [leaf0:eth1, "host: leaf0-up"]
      ipv4: ["", 10.0.0.2/30]
    - type: veth
      endpoints:
        - node: leaf0
          interface: eth2
          ipv4: 10.1.10.1/30
        - node: spine0
          interface: eth1
    - type: mgmt-net
      endpoint: {node: leaf0, interface: eth9}
      host-interface: leaf0-mgmt
    - type: vxlan
      endpoint: {node: leaf0, interface: eth8}
      remote: 10.9.0.1
      vni: 100
    - endpoints: [leaf0, "\${NODE:=leaf1}:eth1", third:eth1]
    - type: strange
      endpoints: [a:eth1]
`;

const lab = topologyOf(LAB);

test('a topology has its name, its management network and its nodes, also those written as nothing', () => {
  holds(lab.name, 'calico-bgp-rr');
  holds(lab.mgmt.ipv4Subnet, '172.30.0.0/24');
  assert.deepEqual(managementNetwork(lab.mgmt), { name: 'rr-mgmt', ipv4: '172.30.0.0/24' });
  assert.deepEqual([...lab.nodes.keys()], ['spine0', 'leaf0', 'br-leaf0', 'server1', 'empty']);
  assert.equal(underlined(lab.nodes.get('empty')!.name), 'empty');
  holds(lab.nodes.get('spine0')!.mgmtIpv4, '172.30.0.10');
  assert.equal(lab.nodesComplete, false, 'a template may add nodes');
});

test('without a subnet of either family, both defaults stand in; with one, only that one exists', () => {
  assert.deepEqual(managementNetwork({}), { name: 'clab', ipv4: '172.20.20.0/24', ipv6: '3fff:172:20:20::/64' });
  assert.deepEqual(managementNetwork(topologyOf('name: a\nmgmt: {ipv6-subnet: auto}\ntopology: {}\n').mgmt), {
    name: 'clab',
  });
});

test('a node inherits: nodes before groups before kinds before defaults', () => {
  const spine0 = effectiveNode(lab, lab.nodes.get('spine0')!);
  assert.equal(spine0.kindName, 'linux');
  assert.equal(spine0.image, undefined, 'kinds are looked up as written: `Linux` is not `linux`');
  holds(spine0.type, 'from-group');
  holds(spine0.group, 'spine');
  holds(spine0.env.get('LEVEL'), 'group');
  holds(spine0.env.get('LAB'), 'rr');
  assert.deepEqual(
    spine0.binds.map(({ destination }) => destination?.value),
    ['/lib/modules', '/opt/vyatta/etc/config/config.boot', '/etc/app.cfg'],
  );
  assert.equal(spine0.binds[2]?.source?.value, undefined, '`__clabDir__` is known only to containerlab');

  const leaf0 = effectiveNode(lab, lab.nodes.get('leaf0')!);
  holds(leaf0.image, 'vyos:1.4.9');
  holds(leaf0.type, 'from-kind');
  assert.deepEqual(
    leaf0.exec.map(({ text }) => text.value),
    ['sysctl -w net.ipv4.ip_forward=1'],
  );
  assert.equal(effectiveNode(lab, lab.nodes.get('empty')!).kindName, undefined);
});

test('a bind shows its source and its destination apart', () => {
  const [config, templated] = lab.nodes.get('spine0')!.binds;
  holds(config?.source, './startup-conf/spine0-boot.cfg');
  holds(config?.destination, '/opt/vyatta/etc/config/config.boot');
  holds(templated?.options, 'ro');
  const odd = topologyOf('topology: {nodes: {a: {binds: ["/anonymous", "a:b:c:d", "$DIR/f:/etc/f"]}}}\n').nodes.get(
    'a',
  )!.binds;
  assert.equal(odd[0]?.source, undefined);
  assert.equal(odd[1]?.source, undefined);
  holds(odd[2]?.source, undefined, '$DIR/f');
  holds(odd[2]?.destination, '/etc/f');
});

test('exec lines tell addresses, routes and MTUs, also inside a shell', () => {
  const lines = lab.nodes.get('server1')!.exec;
  const [address] = lines[0]!.ipCommands;
  assert.equal(address?.object, 'address');
  if (address?.object === 'address') {
    holds(address.address, '10.1.5.10/24');
    holds(address.device, 'net0');
  }
  const [route] = lines[1]!.ipCommands;
  assert.equal(route?.object, 'route');
  if (route?.object === 'route') {
    holds(route.destination, 'default');
    holds(route.via[0], '10.1.5.1');
    assert.equal(route.device, undefined);
  }
  const [link, nested] = lines[2]!.ipCommands;
  assert.ok(link?.object === 'link' && nested?.object === 'route');
  holds(link.device, 'net0');
  holds(link.mtu, 9000);
  holds(nested.destination, '2001:db8::/32');
  holds(nested.via[0], 'fd00::1');
  const [unknown, blackhole] = lines[3]!.ipCommands;
  assert.ok(unknown?.object === 'address' && blackhole?.object === 'route');
  holds(unknown.address, undefined, '$ADDR/24');
  holds(blackhole.type, 'blackhole');
  holds(blackhole.destination, '10.244.0.0/16');
  assert.deepEqual(lines[4]!.ipCommands, [], 'another name space is another host');
  const [templated] = lines[5]!.ipCommands;
  assert.ok(templated?.object === 'address');
  holds(templated.address, undefined, '{{ .extra }}/24');
  holds(templated.device, 'net0');
});

test('a network mode names the container whose network is shared', () => {
  const mode = networkModeOf(lab.nodes.get('server1')!.networkMode);
  assert.equal(mode?.mode, 'container');
  holds(mode?.target, 'calico-bgp-rr-control-plane');
  assert.deepEqual(networkModeOf(undefined), { mode: 'management' });
  const other = topologyOf(
    'topology: {nodes: {a: {network-mode: hostile}, b: {network-mode: none}, c: {network-mode: $M}}}\n',
  ).nodes;
  assert.deepEqual(
    ['a', 'b', 'c'].map((name) => networkModeOf(other.get(name)!.networkMode)?.mode),
    ['management', 'none', undefined],
  );
});

test('wait-for names a node and a stage', () => {
  const [stage] = lab.nodes.get('server1')!.stages;
  holds(stage?.name, 'create');
  holds(stage?.waitFor[0]?.node, 'leaf0');
  holds(stage?.waitFor[0]?.stage, 'healthy');
});

test('a brief link splits its endpoints, each part underlined by itself', () => {
  const [link, toHost] = lab.links;
  assert.equal(link?.type, 'veth');
  holds(link?.mtu, 9000);
  const [bridge, server] = link!.endpoints;
  holds(bridge?.text, 'br-leaf0:br-leaf0-net0', '"br-leaf0:br-leaf0-net0"');
  holds(bridge?.node, 'br-leaf0');
  holds(bridge?.interface, 'br-leaf0-net0');
  holds(server?.node, 'server1');
  holds(server?.interface, 'net0');
  assert.equal(toHost?.type, 'host');
  assert.deepEqual(
    toHost!.endpoints.map(({ kind }) => kind),
    ['node', 'host'],
  );
  assert.equal(toHost!.endpoints[0]?.ipv4?.value, '');
  holds(toHost!.endpoints[1]?.ipv4, '10.0.0.2/30');
});

test('extended links have the same shape', () => {
  const veth = lab.links[2]!;
  assert.deepEqual([veth.form, veth.type, veth.endpointCount], ['extended', 'veth', 2]);
  holds(veth.endpoints[0]?.node, 'leaf0');
  holds(veth.endpoints[0]?.interface, 'eth2');
  holds(veth.endpoints[0]?.ipv4, '10.1.10.1/30');
  const mgmt = lab.links[3]!;
  assert.deepEqual(
    mgmt.endpoints.map(({ kind, interface: port }) => [kind, port?.value]),
    [
      ['node', 'eth9'],
      ['mgmt-net', 'leaf0-mgmt'],
    ],
  );
  const vxlan = lab.links[4]!;
  assert.deepEqual(vxlan.endpoints.length, 1);
  holds(vxlan.vni, 100);
  holds(vxlan.remote, '10.9.0.1');
});

test('broken links keep what can be read', () => {
  const broken = lab.links[5]!;
  assert.equal(broken.endpointCount, 3);
  assert.deepEqual([broken.endpoints[0]?.node, broken.endpoints[0]?.interface], [undefined, undefined]);
  holds(broken.endpoints[0]?.text, 'leaf0');
  holds(broken.endpoints[1]?.node, undefined, `\${NODE:=leaf1}`);
  holds(broken.endpoints[1]?.interface, 'eth1');
  assert.equal(lab.links[6]!.type, undefined);
  holds(lab.links[6]!.typeText, 'strange');
});

test('container names follow the prefix', () => {
  const named = (head: string): string | undefined =>
    containerName(topologyOf(`${head}\ntopology: {nodes: {r1: {}}}\n`), 'r1');
  assert.equal(named('name: lab'), 'clab-lab-r1');
  assert.equal(named('name: lab\nprefix: ""'), 'r1');
  assert.equal(named('name: lab\nprefix: __lab-name'), 'lab-r1');
  assert.equal(named('name: lab\nprefix: x'), 'x-lab-r1');
  assert.equal(named('name: lab-__gitBranch__'), undefined);
  assert.equal(named('name: lab\nprefix: $P'), undefined);
});

test('the place of a label’s key is one step from the place of its value', () => {
  const field = lab.defaults!.env.get('LAB')!;
  assert.equal(underlined(keyPlace(field.place)), 'LAB');
});

test('a half-typed topology is still a topology', () => {
  for (const text of [
    'topology:',
    'topology:\n  nodes:\n    a:\n      kind\n',
    'topology: [1]',
    'topology:\n  links:\n  - endpoints: [a:\n',
    'topology: {links: [x, {endpoints: {}}]}',
  ])
    assert.equal(topologyOf(text).kind, 'containerlab/Topology');
});
