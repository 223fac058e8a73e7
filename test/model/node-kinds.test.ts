import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptsInterface,
  isManagementInterface,
  linuxInterface,
  nextFreeInterface,
} from '../../server/src/model/containerlab/interface-names.ts';
import { NODE_KIND_NAMES, NODE_KINDS, nodeKind } from '../../server/src/model/containerlab/node-kinds.ts';

test('96 names stand for 62 kinds, two of which upstream registers as one', () => {
  assert.equal(NODE_KIND_NAMES.length, 96);
  assert.equal(NODE_KINDS.length, 62);
  assert.equal(nodeKind('SRL')?.name, 'nokia_srlinux');
  assert.equal(nodeKind('ostinato'), undefined);
  assert.deepEqual(
    NODE_KINDS.filter(({ needsImage }) => !needsImage).map(({ name }) => name),
    ['bridge', 'ovs-bridge', 'host', 'ext-container', 'k8s-kind'],
  );
});

const VERDICTS: readonly (readonly [kind: string, accepted: readonly string[], refused: readonly string[]])[] = [
  ['linux', ['eth1', 'eth0', 'net0', 'a/very/odd name'], []],
  ['vyosnetworks_vyos', ['eth1', 'eth10'], ['eth0', 'net0', 'e1']],
  ['ceos', ['eth1', 'et1', 'eth1_1', 'et2.5'], ['eth0', 'Vlan1']],
  ['srl', ['e1-1', 'e1-1-2', 'ethernet-1/1', 'ethernet-1/1/2', 'mgmt0'], ['eth1', 'e1/1', 'ethernet-1/0']],
  ['nokia_srsim', ['1/1/1', '1/1/c1/1', '1/x2/3/c4/5', 'e1-2-c3-4', 'eth1'], ['1/0/1', 'net0', 'e1-1']],
  ['nokia_sros', ['eth1', '1/1/3', '1/1/c5/1', '4/1/c1/1'], ['e1-1', 'eth0']],
  ['cisco_iol', ['Ethernet0/1', 'e1/3', 'eth5'], ['e0/0', 'e0/4', 'Gi1']],
  ['cisco_xrd', ['Gi0-0-0-0'], ['Gi0/0/0/0', 'eth1']],
  ['juniper_vmx', ['ge-0/0/0', 'xe-0/0/3', 'eth1'], ['eth0', 'ge-0/1/0']],
  ['cisco_c8000v', ['Gi2', 'GigabitEthernet3', 'eth1'], ['Gi1', 'Gi0/0']],
  ['mikrotik_ros', ['ether2', 'eth3'], ['ether1', 'sfp1']],
  ['cumulus_cvx', ['swp0', 'swp1.100'], ['eth1']],
  ['bridge', ['anything'], []],
];

for (const [name, accepted, refused] of VERDICTS)
  test(`${name} takes its own interface names and no others`, () => {
    const kind = nodeKind(name)!;
    for (const port of accepted) assert.equal(acceptsInterface(kind, port), true, port);
    for (const port of refused) assert.equal(acceptsInterface(kind, port), false, port);
  });

test('aliases and container names of one port are one port', () => {
  assert.equal(linuxInterface(nodeKind('juniper_vmx')!, 'ge-0/0/0'), 'eth1');
  assert.equal(linuxInterface(nodeKind('cisco_c8000v')!, 'Gi2'), 'eth1');
  assert.equal(linuxInterface(nodeKind('cjunosevolved')!, 'et-0/0/0'), 'eth4');
  assert.equal(linuxInterface(nodeKind('srl')!, 'ethernet-1/12'), 'e1-12');
  assert.equal(linuxInterface(nodeKind('cisco_iol')!, 'e1/2'), 'eth6');
  assert.equal(linuxInterface(nodeKind('linux')!, 'net0'), 'net0');
});

test('the next free interface keeps the style of the node', () => {
  assert.equal(nextFreeInterface(nodeKind('linux')!, ['eth1', 'eth2']), 'eth3');
  assert.equal(nextFreeInterface(nodeKind('linux')!, ['net0', 'net1']), 'net2');
  assert.equal(nextFreeInterface(nodeKind('linux')!, ['eth0']), 'eth1');
  assert.equal(nextFreeInterface(nodeKind('srl')!, ['ethernet-1/1', 'e1-2']), 'e1-3');
  assert.equal(nextFreeInterface(nodeKind('juniper_vmx')!, ['ge-0/0/0', 'eth2']), 'eth3');
  assert.equal(nextFreeInterface(nodeKind('cisco_csr1000v')!, []), 'Gi2');
  assert.equal(nextFreeInterface(nodeKind('vyosnetworks_vyos')!, ['net0']), 'eth1');
  assert.equal(nextFreeInterface(nodeKind('spirent_stc')!, ['port1']), 'port2');
});

test('every kind offers a first interface that it takes itself', () => {
  for (const kind of NODE_KINDS) assert.equal(acceptsInterface(kind, nextFreeInterface(kind, [])!), true, kind.name);
});

test('eth0 belongs to the management network while there is one', () => {
  assert.equal(isManagementInterface(nodeKind('linux')!, 'eth0', 'with management'), true);
  assert.equal(isManagementInterface(nodeKind('linux')!, 'eth0', 'without management'), false);
  assert.equal(isManagementInterface(nodeKind('srl')!, 'mgmt0', 'with management'), true);
  assert.equal(isManagementInterface(nodeKind('cisco_iol')!, 'Ethernet0/0', 'without management'), true);
});
