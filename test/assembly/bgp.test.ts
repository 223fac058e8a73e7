import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BGP } from '../../server/src/assembly/bgp.ts';
import { neighbourOrigin, routerOrigin } from '../../server/src/assembly/bgp-origins.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const LAB = `name: fabric
topology:
  nodes:
    leaf: {kind: linux, image: "quay.io/frrouting/frr:8.4.4", binds: ["leaf/frr.conf:/etc/frr/frr.conf"]}
    n1: {kind: ext-container, exec: ["ip addr add 10.1.5.10/24 dev net0", "ip route replace default via 10.1.5.1"]}
    n2: {kind: ext-container, exec: ["ip addr add 10.1.5.11/24 dev net0", "ip route replace default via 10.1.5.1"]}
    br: {kind: bridge}
  links:
    - endpoints: ["leaf:eth1", "br:l"]
    - endpoints: ["n1:net0", "br:a"]
    - endpoints: ["n2:net0", "br:b"]
`;

const CALICO = `apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {nodeToNodeMeshEnabled: false, asNumber: 64512}
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: leaf}
spec: {nodeSelector: "has(rack)", peerIP: 10.1.5.1, asNumber: 65005}
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: pods}
spec: {cidr: 10.244.0.0/16}
---
apiVersion: projectcalico.org/v3
kind: Node
metadata: {name: n1, labels: {rack: r0}, annotations: {selvage.dev/blocks: 10.244.1.0/26}}
spec: {bgp: {ipv4Address: 10.1.5.10/24}}
---
apiVersion: projectcalico.org/v3
kind: Node
metadata: {name: n2, labels: {rack: r0}}
spec: {bgp: {ipv4Address: 10.1.5.11/24}}
`;

const FRR = `frr defaults traditional
hostname leaf
interface eth1
 ip address 10.1.5.1/24
exit
ip prefix-list PODS seq 5 permit 10.244.0.0/16 le 32
route-map FROM-NODES permit 10
 match ip address prefix-list PODS
 set local-preference 150
exit
router bgp 65005
 bgp router-id 10.1.5.1
 neighbor NODES peer-group
 neighbor NODES remote-as 64512
 neighbor 10.1.5.10 peer-group NODES
 bgp listen range 10.1.5.0/24 peer-group NODES
 address-family ipv4 unicast
  network 10.1.5.0/24
  neighbor NODES route-map FROM-NODES in
  neighbor NODES route-map FROM-NODES out
  neighbor NODES next-hop-self
 exit-address-family
exit
`;

function bgpOf(files: Readonly<Record<string, string>>) {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  for (const [name, text] of Object.entries(files)) workspace.setFile(`file:///net/${name}`, text);
  const [site] = [...workspace.sites()];
  const bgp = site!.derive(BGP);
  const router = (name: string) => bgp.prediction.fabric.routers.find((one) => one.name === name)!;
  const learned = (name: string) =>
    bgp.prediction
      .routesAt(router(name))
      .filter((route) => route.from !== null && route.usable)
      .map((route) => `${route.prefix} via ${route.nextHop} [${route.asPath.join(' ')}]`);
  return { ...bgp, router, learned };
}

describe('the files of a site become one BGP fabric', () => {
  test('a leaf with a peer group and a listen range, two nodes of which one has a known block', () => {
    const it = bgpOf({ 'fabric.clab.yml': LAB, 'calico.yaml': CALICO, 'leaf/frr.conf': FRR });
    assert.equal(it.prediction.fabric.complete, true);
    assert.deepEqual(it.prediction.sessions.map((one) => `${one.router.name} ${one.peerAddress} ${one.state}`).sort(), [
      'leaf 10.1.5.10 established',
      'leaf 10.1.5.11 established',
      'n1 10.1.5.1 established',
      'n2 10.1.5.1 established',
    ]);
    assert.deepEqual(
      it.learned('leaf'),
      ['10.244.1.0/26 via 10.1.5.10 [64512]', '10.244.0.0/16#n2 via 10.1.5.11 [64512]'].sort(),
    );
    const route = it.prediction.routesAt(it.router('leaf')).find((one) => one.prefix === '10.244.1.0/26');
    const leaf = it.router('leaf').neighbours[0]!;
    assert.equal(leaf.families.ipv4?.import?.[0]?.name, 'FROM-NODES');
    assert.equal(route?.usable, true);
    assert.deepEqual(it.unknown, []);
  });

  test('answers lead back to the statements they come from', () => {
    const it = bgpOf({ 'fabric.clab.yml': LAB, 'calico.yaml': CALICO, 'leaf/frr.conf': FRR });
    const origins = it.prediction.sessions.map(({ neighbour }) => neighbourOrigin(neighbour));
    const fromCalico = origins.filter((origin) => origin.kind === 'BGPPeer');
    assert.deepEqual(
      fromCalico.map(({ peer }) => peer.name?.value),
      ['leaf', 'leaf'],
    );
    const fromRouter = origins.find((origin) => origin.kind === 'router' && origin.range === undefined);
    assert.equal(fromRouter?.kind === 'router' && fromRouter.neighbor.peer.value, '10.1.5.10');
    assert.equal(routerOrigin(it.router('leaf')).routerConfigs[0]?.hostname?.value, 'leaf');
  });

  test('without a policy plain FRR is up and moves nothing; `no bgp ebgp-requires-policy` lets it', () => {
    const bare = FRR.replace(/^ {2}neighbor NODES route-map.*\n/gm, '');
    const it = bgpOf({ 'fabric.clab.yml': LAB, 'calico.yaml': CALICO, 'leaf/frr.conf': bare });
    assert.deepEqual(it.learned('leaf'), []);
    assert.ok(it.prediction.sessions.every((one) => one.state === 'established'));
    const open = bare.replace(' bgp router-id', ' no bgp ebgp-requires-policy\n bgp router-id');
    assert.equal(
      bgpOf({ 'fabric.clab.yml': LAB, 'calico.yaml': CALICO, 'leaf/frr.conf': open }).learned('leaf').length,
      2,
    );
  });

  test('a route-map that is not defined lets nothing in', () => {
    const typo = FRR.replace('neighbor NODES route-map FROM-NODES in', 'neighbor NODES route-map FROM-NODE in');
    assert.deepEqual(
      bgpOf({ 'fabric.clab.yml': LAB, 'calico.yaml': CALICO, 'leaf/frr.conf': typo }).learned('leaf'),
      [],
    );
  });

  test('without the router and without a topology nothing is called wrong', () => {
    const it = bgpOf({ 'calico.yaml': CALICO });
    assert.equal(it.prediction.fabric.complete, false);
    assert.deepEqual(
      it.prediction.sessions.map(({ state, reason }) => [state, reason]),
      [
        ['unknown', 'unknown-peer'],
        ['unknown', 'unknown-peer'],
      ],
    );
    assert.match(it.unknown[0]!.en, /10\.1\.5\.1/);
  });

  test('a templated AS or selector is unknown, not wrong', () => {
    const templated = CALICO.replace('asNumber: 65005', 'asNumber: "{{ .Values.leafAs }}"');
    const it = bgpOf({ 'fabric.clab.yml': LAB, 'calico.yaml': templated, 'leaf/frr.conf': FRR });
    assert.ok(it.prediction.sessions.every((one) => one.state !== 'down'));
    const selector = CALICO.replace('"has(rack)"', '"{{ .Values.selector }}"');
    const other = bgpOf({ 'fabric.clab.yml': LAB, 'calico.yaml': selector, 'leaf/frr.conf': FRR });
    assert.equal(other.expansion?.undecided.length, 1);
  });

  test('a lab node whose software cannot be read may be the peer that is missing', () => {
    const withOther = LAB.replace(
      '    br: {kind: bridge}',
      '    srl: {kind: nokia_srlinux, image: "ghcr.io/nokia/srlinux:24.10"}\n    br: {kind: bridge}',
    );
    const strange = CALICO.replace('peerIP: 10.1.5.1,', 'peerIP: 10.1.5.2,');
    const it = bgpOf({ 'fabric.clab.yml': withOther, 'calico.yaml': strange, 'leaf/frr.conf': FRR });
    assert.equal(it.prediction.sessions.find((one) => one.peerAddress === '10.1.5.2')?.state, 'unknown');
  });

  test('blocks of an inventory win over symbolic ones', () => {
    const affinity = `apiVersion: crd.projectcalico.org/v1
kind: BlockAffinity
metadata: {name: n2-10-244-7-0-26}
spec: {cidr: 10.244.7.0/26, node: n2, state: confirmed, deleted: "false"}
`;
    const it = bgpOf({
      'fabric.clab.yml': LAB,
      'calico.yaml': CALICO,
      'leaf/frr.conf': FRR,
      'inventory.yaml': affinity,
    });
    assert.deepEqual(it.learned('leaf'), ['10.244.7.0/26 via 10.1.5.11 [64512]']);
  });
});
