import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offered } from './marked.ts';

const LAB = `name: fabric
topology:
  nodes:
    leaf0: {kind: linux, image: "frrouting/frr:v8.4.4", binds: ["leaf0/frr.conf:/etc/frr/frr.conf"]}
    spine0: {kind: linux, image: "frrouting/frr:v8.4.4", binds: ["spine0/frr.conf:/etc/frr/frr.conf"]}
  links:
    - endpoints: ["leaf0:eth1", "spine0:eth1"]
    - endpoints: ["leaf0:eth2", "spine0:eth2"]
`;
const SPINE = `hostname spine0
interface eth1
 ip address 10.1.0.1/30
exit
interface eth2
 ip address 10.1.0.5/30
exit
router bgp 65100
 neighbor 10.1.0.2 remote-as 65001
exit
`;
const leaf = (lines: string, bgp: string): string => `frr defaults datacenter
hostname leaf0
interface eth1
 ip address 10.1.0.2/30
exit
ip prefix-list PODS seq 5 permit 10.244.0.0/16 le 26
route-map TO-SPINE permit 10
 match ip address prefix-list PODS
exit
${lines}router bgp 65001
 neighbor FABRIC peer-group
 neighbor 10.1.0.1 remote-as 65100
${bgp}exit
`;
const at = (text: string) => offered({ 'lab.clab.yml': LAB, 'spine0/frr.conf': SPINE, 'leaf0/frr.conf': text });

test('the neighbours of a router are those on its links, with their AS', () => {
  const text = leaf('', ' neighbor |\n').replace(' neighbor 10.1.0.1 remote-as 65100\n', '');
  const peer = at(text);
  assert.deepEqual(peer.labels.slice(0, 2), ['10.1.0.1', 'FABRIC']);
  assert.equal(peer.detail('10.1.0.1'), 'spine0 eth1, AS 65100');
  assert.equal(peer.accept('10.1.0.1'), text.replace('|', '10.1.0.1|'));
  const as = at(leaf('', ' neighbor 10.1.0.1 remote-as |\n'));
  assert.deepEqual(as.labels, ['65100', '65001', 'external', 'internal']);
});

test('names that the configuration defines', () => {
  const family = (line: string): string => leaf('', ` address-family ipv4 unicast\n  ${line}\n exit-address-family\n`);
  assert.deepEqual(at(family('neighbor 10.1.0.1 route-map |')).labels, ['TO-SPINE']);
  assert.deepEqual(at(family('neighbor 10.1.0.1 route-map TO-SPINE |')).labels, ['in', 'out']);
  assert.deepEqual(at(family('neighbor 10.1.0.1 prefix-list |')).labels, ['PODS']);
  assert.deepEqual(at(family('neighbor |')).labels.slice(0, 2), ['10.1.0.1', 'FABRIC']);
  assert.ok(at(family('neighbor 10.1.0.1 |')).labels.includes('activate'));
  assert.deepEqual(at(family('network |')).labels, ['10.1.0.0/30']);
  assert.deepEqual(at(family('redistribute connected route-map |')).labels, ['TO-SPINE']);
  assert.deepEqual(at(leaf('route-map X permit 5\n match ip address prefix-list |\nexit\n', '')).labels, ['PODS']);
  assert.deepEqual(at(leaf('', ' neighbor 10.1.0.1 peer-group |\n')).labels, ['FABRIC']);
  assert.ok(at(leaf('interface |\nexit\n', '')).labels.includes('eth2'));
  assert.deepEqual(at(leaf('! neighbor |\n', '')).labels, []);
});

test('commands of a block, typed half', () => {
  const bgp = at(leaf('', ' add|\n'));
  assert.ok(bgp.labels.includes('address-family ipv4 unicast'));
  assert.match(bgp.accept('neighbor'), /\n neighbor \|\nexit/);
});

const VYOS = `interfaces {
    ethernet eth1 {
        address 10.1.0.2/30
    }
}
policy {
    prefix-list PODS {
        rule 10 {
            action permit
            prefix 10.244.0.0/16
        }
    }
    route-map TO-SPINE {
        rule 10 {
            action permit
        }
    }
}
protocols {
    bgp {
        neighbor 10.1.0.1 {
            address-family {
                ipv4-unicast {
                    route-map {
                        export TO-SPINE
                    }
                }
            }
            remote-as 65100
        }
        system-as 65001
    }
}
system {
    host-name leaf0
}
`;

test('VyOS: in braces and as commands', () => {
  const boot = (from: string, to: string) =>
    offered({
      'lab.clab.yml': LAB.replace('leaf0/frr.conf:/etc/frr/frr.conf', 'leaf0/config.boot:/config/config.boot'),
      'spine0/frr.conf': SPINE,
      'leaf0/config.boot': VYOS.replace(from, to),
    });
  assert.equal(boot('neighbor 10.1.0.1 {', 'neighbor 10.1|.0.1 {').labels[0], '10.1.0.1');
  assert.equal(boot('remote-as 65100', 'remote-as |').labels[0], '65100');
  assert.deepEqual(boot('export TO-SPINE', 'export |').labels, ['TO-SPINE']);
  assert.match(boot('export TO-SPINE', 'export T|').accept('TO-SPINE'), /export TO-SPINE\|\n/);
  const set = `set policy route-map TO-SPINE rule 10 action permit\nset protocols bgp system-as 65001\nset protocols bgp neighbor 10.1.0.1 address-family ipv4-unicast route-map export |\n`;
  assert.deepEqual(offered({ 'leaf0.vyos': set }).labels, ['TO-SPINE']);
});
