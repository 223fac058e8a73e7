import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BgpInstance, BgpNeighbor, RouterConfig } from '../../server/src/model/router/config.ts';
import {
  checksImport,
  effectiveNeighbor,
  familyActive,
  insertionText,
  policiesOf,
  requiresPolicy,
  routerConfigOf,
  sessionType,
  shownAs,
} from '../../server/src/model/router/config.ts';
import type { Doc, Field, Place } from '../../server/src/syntax/document.ts';
import { parseFrr } from '../../server/src/syntax/frr.ts';
import { parseVyos } from '../../server/src/syntax/vyos.ts';

function frr(text: string): RouterConfig {
  const doc: Doc = {
    file: 'file:///frr.conf',
    format: 'frr',
    text,
    tree: { format: 'frr', frr: parseFrr(text) },
    base: 0,
  };
  return routerConfigOf(doc)!;
}

function vyos(text: string): RouterConfig {
  const tree = { format: 'vyos', vyos: parseVyos(text) } as const;
  return routerConfigOf({ file: 'file:///config.boot', format: 'vyos', text, tree, base: 0 })!;
}

function neighbor(router: RouterConfig, peer: string): [BgpInstance, BgpNeighbor] {
  const bgp = router.bgp[0]!;
  return [bgp, bgp.neighbors.find((candidate) => candidate.peer.value === peer)!];
}

const at = (field: { readonly place: Place } | undefined) => field?.place.doc.text.slice(...field.place.span!);

const LEAF = `frr version 8.4.4
frr defaults traditional
hostname leaf0
!
interface eth1
 ip address 10.1.10.1/24
 ip address 10.1.11.1/24
 mtu 9000
exit
!
interface eth2
 ipv6 address 2001:db8::1/64
 shutdown
!
router bgp 65005
 bgp router-id 10.1.5.1
 no bgp default ipv4-unicast
 no bgp network import-check
 bgp bestpath as-path multipath-relax
 neighbor NODES peer-group
 neighbor NODES remote-as 65005
 neighbor 10.1.5.10 peer-group NODES
 neighbor 10.1.10.2 remote-as 500
 neighbor 10.1.10.2 ebgp-multihop 2
 neighbor eth5 interface v6only remote-as external
 bgp listen range 10.1.6.0/24 peer-group NODES
 !
 address-family ipv4 unicast
  network 10.1.5.0/24 route-map TAG
  redistribute connected
  neighbor NODES activate
  neighbor NODES route-reflector-client
  neighbor NODES next-hop-self force
  neighbor 10.1.10.2 activate
  neighbor 10.1.10.2 route-map IN in
  neighbor 10.1.10.2 prefix-list OUT out
  neighbor 10.1.10.2 allowas-in
  maximum-paths ibgp 4
 exit-address-family
exit
!
ip prefix-list OUT seq 5 permit 10.0.0.0/8 ge 16 le 24
route-map IN permit 10
 match ip address prefix-list OUT
 set local-preference 200
!
bgp as-path access-list OWN seq 5 permit ^$
bgp community-list standard C permit 65000:1
ip route 0.0.0.0/0 10.1.10.2 200
ip route 10.9.0.0 255.255.0.0 eth1
ip route 10.8.0.0/16 Null0
`;

const VYOS_LEAF = `interfaces {
    ethernet eth1 {
        address 10.1.10.1/24
        mtu "9000"
        vif 100 {
            address 10.2.0.1/24
        }
    }
    ethernet eth0 {
        address dhcp
    }
    loopback lo { }
}
nat {
    source {
        rule 100 {
            outbound-interface eth0
            source {
                address 10.1.0.0/16
            }
            translation {
                address masquerade
            }
        }
    }
}
policy {
    prefix-list PODS {
        rule 10 {
            action permit
            prefix 10.244.0.0/16
            le 26
        }
    }
    route-map IN {
        rule 10 {
            action permit
            match {
                ip {
                    address {
                        prefix-list PODS
                    }
                }
            }
        }
    }
}
protocols {
    bgp {
        address-family {
            ipv4-unicast {
                network 10.1.5.0/24 {
                }
                network 10.1.6.0/24 { }
            }
        }
        neighbor 10.1.5.10 {
            address-family {
                ipv4-unicast {
                    nexthop-self {
                    }
                    route-map {
                        import IN
                    }
                    route-reflector-client
                }
            }
            remote-as "65005"
        }
        neighbor 10.1.10.2 {
            remote-as 500
        }
        parameters {
            bestpath {
                as-path {
                    multipath-relax
                }
            }
            router-id 10.1.5.1
        }
        system-as 65005
    }
    static {
        route 0.0.0.0/0 {
            next-hop 10.1.10.2 {
            }
        }
    }
}
system {
    host-name leaf0
}
// Release version: 1.4.0
`;

test('an FRR leaf: interfaces, lists, maps and routes', () => {
  const router = frr(LEAF);
  assert.equal(router.hostname?.value, 'leaf0');
  assert.deepEqual(
    router.interfaces.map((i) => [i.name.value, i.addresses.map((a) => a.value), i.mtu?.value, i.shutdown?.value]),
    [
      ['eth1', ['10.1.10.1/24', '10.1.11.1/24'], 9000, undefined],
      ['eth2', ['2001:db8::1/64'], undefined, true],
    ],
  );
  const [list] = router.prefixLists;
  assert.deepEqual(
    [list?.name.value, list?.seq?.value, list?.action?.value, list?.prefix?.value, list?.ge?.value, list?.le?.value],
    ['OUT', 5, 'permit', '10.0.0.0/8', 16, 24],
  );
  const [map] = router.routeMaps;
  assert.deepEqual(map?.match[0]?.words, ['ip', 'address', 'prefix-list', 'OUT']);
  assert.equal(at(map?.match[0]?.value), 'OUT');
  assert.deepEqual(map?.set[0]?.words, ['local-preference', '200']);
  assert.deepEqual(
    [router.asPathLists[0]?.name.value, router.asPathLists[0]?.pattern?.value, router.communityLists[0]?.name.value],
    ['OWN', '^$', 'C'],
  );
  assert.deepEqual(
    router.staticRoutes.map((r) => [r.prefix.value, r.nextHop?.value, r.interface?.value, r.blackhole?.value]),
    [
      ['0.0.0.0/0', '10.1.10.2', undefined, undefined],
      ['10.9.0.0/16', undefined, 'eth1', undefined],
      ['10.8.0.0/16', undefined, undefined, true],
    ],
  );
});

test('an FRR leaf: its BGP instance, every value with its token', () => {
  const router = frr(LEAF);
  const bgp = router.bgp[0]!;
  assert.equal(at(bgp), 'router bgp 65005');
  assert.equal(at(bgp.asn), '65005');
  assert.equal(at(bgp.routerId), '10.1.5.1');
  assert.equal(bgp.multipathRelax?.value, true);
  assert.equal(at(bgp.importCheck), 'no bgp network import-check');
  assert.deepEqual([bgp.networks[0]?.prefix.value, bgp.networks[0]?.routeMap?.value], ['10.1.5.0/24', 'TAG']);
  assert.equal(bgp.redistribute[0]?.protocol.value, 'connected');
  assert.deepEqual([bgp.maximumPaths[0]?.type, bgp.maximumPaths[0]?.paths.value], ['ibgp', 4]);
  assert.deepEqual(
    bgp.neighbors.map((n) => [n.peer.value, n.sort, n.remoteAs?.value]),
    [
      ['10.1.5.10', 'address', undefined],
      ['10.1.10.2', 'address', 500],
      ['eth5', 'interface', 'external'],
    ],
  );
  assert.deepEqual(
    [bgp.listenRanges[0]?.prefix.value, bgp.listenRanges[0]?.peerGroup?.value],
    ['10.1.6.0/24', 'NODES'],
  );
  const [, spine] = neighbor(router, '10.1.10.2');
  assert.equal(at(spine.remoteAs), '500');
  assert.equal(spine.ebgpMultihop?.value, 2);
  assert.equal(spine.families.ipv4?.allowasIn?.value, 3);
});

test('a member inherits from its peer group, and its own settings win', () => {
  const router = frr(LEAF);
  const [bgp, node] = neighbor(router, '10.1.5.10');
  const effective = effectiveNeighbor(bgp, node);
  assert.equal(effective.peer.value, '10.1.5.10');
  assert.equal(effective.sort, 'address');
  assert.equal(effective.remoteAs?.value, 65005);
  assert.equal(effective.families.ipv4?.nextHopSelf?.value, 'force');
  assert.equal(effective.families.ipv4?.routeReflectorClient?.value, true);
  assert.equal(sessionType(bgp, node), 'ibgp');
  assert.equal(familyActive(router, bgp, node, 'ipv4'), 'yes');

  const other = frr(
    'router bgp 1\n neighbor G peer-group\n neighbor G remote-as 2\n neighbor 10.0.0.2 peer-group G\n address-family ipv4 unicast\n  neighbor G route-map A in\n  neighbor 10.0.0.2 route-map B in\n  no neighbor 10.0.0.2 activate\n',
  );
  const [otherBgp, member] = neighbor(other, '10.0.0.2');
  assert.deepEqual(
    policiesOf(otherBgp, member, 'ipv4', 'in').map((field) => field.value),
    ['B'],
  );
  assert.equal(familyActive(other, otherBgp, member, 'ipv4'), 'no');
});

test('which filters count as a policy, by direction', () => {
  const [bgp, spine] = neighbor(frr(LEAF), '10.1.10.2');
  assert.deepEqual(
    [policiesOf(bgp, spine, 'ipv4', 'in'), policiesOf(bgp, spine, 'ipv4', 'out')].map((list) => list.map(at)),
    [['IN'], ['OUT']],
  );
  assert.deepEqual(policiesOf(bgp, spine, 'ipv6', 'in'), []);
});

test('FRR requires a policy by the version and the profile that the file names', () => {
  const asked = (head: string, line = '', imageVersion?: string) => {
    const router = frr(`${head}router bgp 1\n${line}`);
    return requiresPolicy(router, router.bgp[0]!, { imageVersion });
  };
  assert.equal(asked('frr version 8.4.4\nfrr defaults traditional\n'), 'yes');
  assert.equal(asked('frr version 10.3\n'), 'yes');
  assert.equal(asked('frr version 7.3.1\n'), 'no');
  assert.equal(asked('frr version 7.3.1\n', '', '10.3.1'), 'no');
  assert.equal(asked('frr version 8.4.4\nfrr defaults datacenter\n'), 'no');
  assert.equal(asked('frr version 8.4.4\nfrr defaults Datacenter\n'), 'yes');
  assert.equal(asked('', '', 'v10.3.1'), 'yes');
  assert.equal(asked('', '', 'latest'), 'unknown');
  assert.equal(asked(''), 'unknown');
  assert.equal(asked('frr defaults {{ profile }}\n'), 'unknown');
  assert.equal(asked('frr version 8.4.4\n', ' no bgp ebgp-requires-policy\n'), 'no');
  assert.equal(asked('frr defaults datacenter\n', ' bgp ebgp-requires-policy\n'), 'yes');
});

test('FRR carries ipv4 by default, ipv6 only when told', () => {
  const router = frr(
    'router bgp 1\n neighbor 10.0.0.2 remote-as 2\n neighbor 10.0.0.3 remote-as 2\n address-family ipv6 unicast\n  neighbor 10.0.0.3 activate\n',
  );
  const [bgp, plain] = neighbor(router, '10.0.0.2');
  assert.equal(familyActive(router, bgp, plain, 'ipv4'), 'yes');
  assert.equal(familyActive(router, bgp, plain, 'ipv6'), 'no');
  assert.equal(familyActive(router, ...neighbor(router, '10.0.0.3'), 'ipv6'), 'yes');
  const strict = frr('router bgp 1\n no bgp default ipv4-unicast\n neighbor 10.0.0.2 remote-as 2\n');
  assert.equal(familyActive(strict, ...neighbor(strict, '10.0.0.2'), 'ipv4'), 'no');
});

test('the old style writes family settings right under router bgp', () => {
  const [, peer] = neighbor(
    frr('router bgp 1\n network 10.0.0.0/8\n neighbor 10.0.0.2 remote-as 1\n neighbor 10.0.0.2 next-hop-self\n'),
    '10.0.0.2',
  );
  assert.equal(peer.families.ipv4?.nextHopSelf?.value, 'self');
});

test('blocks for one AS number are one instance, a VRF is another', () => {
  const router = frr(
    'router bgp 1\n neighbor 10.0.0.2 remote-as 2\nexit\nrouter bgp 1\n neighbor 10.0.0.2 description two words\nexit\nrouter bgp 1 vrf blue\n neighbor 10.0.0.3 remote-as external\n',
  );
  assert.equal(router.bgp.length, 2);
  assert.equal(router.bgp[0]?.neighbors.length, 1);
  assert.equal(router.bgp[0]?.neighbors[0]?.description?.value, 'two words');
  assert.equal(router.bgp[1]?.vrf?.value, 'blue');
});

test('AS numbers: dotted, local, confederation', () => {
  const router = frr(
    'router bgp 1.10\n bgp confederation identifier 65000\n bgp confederation peers 65546 65547\n neighbor 10.0.0.2 remote-as 65547\n neighbor 10.0.0.3 remote-as 9\n neighbor 10.0.0.4 remote-as 9\n neighbor 10.0.0.4 local-as 8\n',
  );
  assert.equal(router.bgp[0]?.asn?.value, 65546);
  const types = router.bgp[0]!.neighbors.map((n) => [sessionType(router.bgp[0]!, n), shownAs(router.bgp[0]!, n)]);
  assert.deepEqual(types, [
    ['confederation', 65546],
    ['ebgp', 65000],
    ['ebgp', 8],
  ]);
});

test('what is templated is unknown, never wrong', () => {
  const router = frr(
    `hostname {{ name }}\nrouter bgp \${ASN}\n neighbor $PEER remote-as $AS\n neighbor 10.0.0.2 remote-as {{ as }}\n neighbor $LINE\n`,
  );
  const bgp = router.bgp[0]!;
  assert.equal(router.hostname?.value, undefined);
  assert.ok(router.hostname);
  assert.ok(bgp.asn);
  assert.equal(bgp.asn.value, undefined);
  assert.equal(bgp.neighbors[0]?.peer.value, undefined);
  assert.equal(sessionType(bgp, bgp.neighbors[0]!), undefined);
  assert.deepEqual(bgp.incomplete, []);
});

test('lines that FRR refuses are told apart', () => {
  const router = frr(
    'router bgp 1\n neighbor G peer-group\n neighbor 10.0.0.2\n neighbor 10.0.0.3 remote-as\n neighbor 10.0.0.4 G\n neighbor 10.0.0.5 route-map X\n neighbor 10.0.0.6 some-new-command\n',
  );
  assert.deepEqual(
    router.bgp[0]?.incomplete.map((line) => [line.missing, at(line)]),
    [
      ['command', 'neighbor 10.0.0.2'],
      ['remote-as', 'neighbor 10.0.0.3 remote-as'],
      ['direction', 'neighbor 10.0.0.5 route-map X'],
      ['peer-group', 'neighbor 10.0.0.4 G'],
    ],
  );
});

function inserted(router: RouterConfig, insertion: NonNullable<BgpInstance['insertion']>, ...lines: string[]): string {
  const [offset] = insertion.place.span!;
  const { text } = router.doc;
  return text.slice(0, offset) + insertionText(insertion, lines) + text.slice(offset);
}

test('a line is inserted below the router id, as the file is indented', () => {
  const router = frr('router bgp 1\r\n  bgp router-id 1.1.1.1 ! me\r\n  neighbor 10.0.0.2 remote-as 2\r\nexit\r\n');
  assert.equal(
    inserted(router, router.bgp[0]!.insertion!, 'no bgp ebgp-requires-policy'),
    'router bgp 1\r\n  bgp router-id 1.1.1.1 ! me\r\n  no bgp ebgp-requires-policy\r\n  neighbor 10.0.0.2 remote-as 2\r\nexit\r\n',
  );
});

test('what is inserted at the end of a block is inside of it', () => {
  for (const text of [
    LEAF,
    LEAF.replace(' exit-address-family\nexit\n', ''),
    LEAF.replace(' exit-address-family\nexit\n', 'end\n'),
  ]) {
    const router = frr(text);
    const withFamily = frr(
      inserted(
        router,
        router.bgp[0]!.end!,
        'address-family ipv6 unicast',
        ' neighbor eth5 activate',
        'exit-address-family',
      ),
    );
    assert.equal(neighbor(withFamily, 'eth5')[1].families.ipv6?.activate?.value, true);
    const withFlag = frr(inserted(router, router.bgp[0]!.families.ipv4!.end!, 'neighbor eth5 next-hop-self'));
    assert.equal(neighbor(withFlag, 'eth5')[1].families.ipv4?.nextHopSelf?.value, 'self');
  }
});

test('a VyOS leaf: interfaces, NAT, policies and routes', () => {
  const router = vyos(VYOS_LEAF);
  assert.equal(router.hostname?.value, 'leaf0');
  assert.equal(router.vyosVersion, '1.4.0');
  assert.deepEqual(
    router.interfaces.map((i) => [i.name.value, i.addresses.map((a) => a.value), i.mtu?.value, i.dhcp?.value]),
    [
      ['eth1', ['10.1.10.1/24'], 9000, undefined],
      ['eth1.100', ['10.2.0.1/24'], undefined, undefined],
      ['eth0', [], undefined, true],
      ['lo', [], undefined, undefined],
    ],
  );
  assert.equal(at(router.interfaces[0]?.mtu), '9000');
  const [nat] = router.natSource;
  assert.deepEqual(
    [nat?.rule.value, nat?.outboundInterface?.value, nat?.source?.value, nat?.translation?.value],
    ['100', 'eth0', '10.1.0.0/16', 'masquerade'],
  );
  assert.deepEqual([router.prefixLists[0]?.name.value, router.prefixLists[0]?.le?.value], ['PODS', 26]);
  assert.deepEqual(router.routeMaps[0]?.match[0]?.words, ['ip', 'address', 'prefix-list', 'PODS']);
  assert.deepEqual(
    [router.staticRoutes[0]?.prefix.value, router.staticRoutes[0]?.nextHop?.value],
    ['0.0.0.0/0', '10.1.10.2'],
  );
});

test('a VyOS leaf: its BGP instance as VyOS renders it', () => {
  const router = vyos(VYOS_LEAF);
  const bgp = router.bgp[0]!;
  assert.equal(bgp.asn?.value, 65005);
  assert.equal(bgp.routerId?.value, '10.1.5.1');
  assert.equal(bgp.multipathRelax?.value, true);
  assert.deepEqual(
    bgp.networks.map((n) => n.prefix.value),
    ['10.1.5.0/24', '10.1.6.0/24'],
  );
  const [, node] = neighbor(router, '10.1.5.10');
  assert.equal(at(node.remoteAs), '65005');
  assert.equal(node.families.ipv4?.nextHopSelf?.value, 'self');
  assert.equal(node.families.ipv4?.routeReflectorClient?.value, true);
  assert.deepEqual(policiesOf(bgp, node, 'ipv4', 'in').map(at), ['IN']);
  assert.equal(familyActive(router, bgp, node, 'ipv4'), 'yes');
  assert.equal(familyActive(router, ...neighbor(router, '10.1.10.2'), 'ipv4'), 'no');
  assert.equal(requiresPolicy(router, bgp), 'no');
  assert.equal(checksImport(router, bgp), 'no');
});

test('VyOS asks for a policy only when told, and older releases write the AS number before the brace', () => {
  const asks = vyos(
    'protocols {\n    bgp {\n        parameters {\n            ebgp-requires-policy\n        }\n        system-as 1\n    }\n}\n',
  );
  assert.equal(requiresPolicy(asks, asks.bgp[0]!), 'yes');
  const old = vyos(
    'protocols {\n    bgp 65000 {\n        neighbor 10.0.0.2 {\n            remote-as 1\n        }\n    }\n}\n',
  );
  assert.equal(old.bgp[0]?.asn?.value, 65000);
  assert.equal(familyActive(old, ...neighbor(old, '10.0.0.2'), 'ipv4'), 'yes');
  const off = vyos(
    'protocols {\n    bgp 65000 {\n        neighbor 10.0.0.2 {\n            remote-as 1\n        }\n        parameters {\n            default {\n                no-ipv4-unicast\n            }\n        }\n    }\n}\n',
  );
  assert.equal(familyActive(off, ...neighbor(off, '10.0.0.2'), 'ipv4'), 'no');
  const footed = (bgp: string) => {
    const text = `protocols {\n    bgp {\n        local-as 1\n        neighbor 10.0.0.2 {\n        }\n    }\n}\n${bgp}`;
    const router = vyos(text);
    return familyActive(router, ...neighbor(router, '10.0.0.2'), 'ipv4');
  };
  assert.equal(footed('// vyos-config-version: "bgp@1:quagga@9"\n'), 'yes');
  assert.equal(footed('// vyos-config-version: "bgp@2:quagga@9"\n'), 'no');
  assert.equal(footed(''), 'unknown');
  const local = vyos('protocols {\n    bgp {\n        local-as 65001\n    }\n}\n');
  assert.equal(local.bgp[0]?.asn?.value, 65001);
});

test('lines are inserted into VyOS nodes, also where the braces share a line', () => {
  const router = vyos('protocols {\n    bgp {\n        neighbor 10.0.0.2 { }\n        system-as 1\n    }\n}\n');
  const [bgp, peer] = neighbor(router, '10.0.0.2');
  const withPeer = vyos(
    inserted(router, peer.insertion!, 'remote-as 2', 'address-family {', '    ipv4-unicast {', '    }', '}'),
  );
  assert.deepEqual(parseVyos(withPeer.doc.text).problems, []);
  assert.equal(neighbor(withPeer, '10.0.0.2')[1].remoteAs?.value, 2);
  assert.equal(familyActive(withPeer, ...neighbor(withPeer, '10.0.0.2'), 'ipv4'), 'yes');
  const withParameters = vyos(inserted(router, bgp.insertion!, 'parameters {', '    cluster-id 1.1.1.1', '}'));
  assert.equal(withParameters.bgp[0]?.clusterId?.value, '1.1.1.1');
});

test('the command form of VyOS reads the same', () => {
  const router = vyos(
    'set interfaces ethernet eth1 address 10.0.0.1/24\nset protocols bgp system-as 65001\nset protocols bgp neighbor 10.0.0.2 remote-as 65001\nset protocols bgp neighbor 10.0.0.2 address-family ipv4-unicast route-reflector-client\nset protocols bgp neighbor 10.0.0.2 address-family ipv4-unicast nexthop-self force\n',
  );
  const [bgp, peer] = neighbor(router, '10.0.0.2');
  assert.equal(sessionType(bgp, peer), 'ibgp');
  assert.equal(peer.families.ipv4?.nextHopSelf?.value, 'force');
  assert.equal(peer.families.ipv4?.routeReflectorClient?.value, true);
  assert.equal(peer.insertion, undefined);
});

const PIECES = [
  'router bgp 1\n',
  'neighbor 1.1.1.1 ',
  'neighbor',
  ' remote-as ',
  'peer-group ',
  'G',
  ' 5',
  '\n',
  ' ',
  'no ',
  'address-family ipv4 unicast\n',
  'route-map ',
  'in',
  'permit 10',
  'ip route ',
  '10.0.0.0/8',
  'ip prefix-list ',
  'bgp ',
  'listen range ',
  'interface eth0\n',
  'toString',
  'constructor',
  '{',
  '}',
  'protocols',
  'bgp 5',
  'nat',
  'rule',
];

test('whatever is typed, the model is built and every place stays inside', () => {
  const check = (value: unknown, doc: Doc): void => {
    if (value === null || typeof value !== 'object' || value === doc) return;
    if ('doc' in value && 'span' in value) {
      const [start, end] = (value as Place).span!;
      assert.ok(0 <= start && start <= end && end <= doc.text.length);
      return;
    }
    for (const inner of Object.values(value)) check(inner, doc);
  };
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string()), { maxLength: 40 }), (parts) => {
      for (const router of [frr(parts.join('')), vyos(parts.join(''))]) {
        check(router, router.doc);
        for (const bgp of router.bgp)
          for (const peer of bgp.neighbors) {
            sessionType(bgp, peer);
            familyActive(router, bgp, peer, 'ipv4');
            const name: Field<string> = effectiveNeighbor(bgp, peer).peer;
            assert.equal(name, peer.peer);
          }
      }
    }),
    { numRuns: 300 },
  );
});

test('where a route-map goes on is read alike in FRR and VyOS', () => {
  const lines = [' on-match next', ' continue', ' on-match goto 30', ' continue 30', ' no on-match next'];
  const written = lines.map((line) => frr(`route-map UP permit 10\n${line}\n`).routeMaps[0]?.onMatch?.value);
  assert.deepEqual(written, ['next', 'next', 30, 30, undefined]);
  const rules = ['on-match { next }', 'on-match { goto 30 }', 'continue 30'];
  const ruled = rules.map(
    (rule) => vyos(`policy { route-map UP { rule 10 { action permit\n ${rule} } } }\n`).routeMaps[0]?.onMatch?.value,
  );
  assert.deepEqual(ruled, ['next', 30, 30]);
});

test('a limit of prefixes that only warns is told apart', () => {
  const limits = ['maximum-prefix 10', 'maximum-prefix 10 80 warning-only'].map((line) => {
    const [, { families }] = neighbor(
      frr(`router bgp 1\n neighbor 10.0.0.2 remote-as 2\n address-family ipv4 unicast\n  neighbor 10.0.0.2 ${line}\n`),
      '10.0.0.2',
    );
    return [families.ipv4?.maximumPrefix?.value, families.ipv4?.maximumPrefixWarns?.value];
  });
  assert.deepEqual(limits, [
    [10, undefined],
    [10, true],
  ]);
});
