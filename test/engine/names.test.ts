import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionsAt } from '../../server/src/engine/definition.ts';
import { applyEdits } from '../../server/src/engine/file-edits.ts';
import { highlightsAt, referencesAt } from '../../server/src/engine/references.ts';
import { rename, renameableAt } from '../../server/src/engine/rename.ts';
import { type Marked, marked, shown, uriOf } from './marked.ts';

const definitions = (at: Marked): readonly string[] =>
  definitionsAt(at.file, at.offset, at.sites).map((token) => shown(at, token));
const references = (at: Marked): readonly string[] =>
  referencesAt(at.file, at.offset, at.sites).map((token) => shown(at, token));

/** The files after a renaming, or why there is none. */
function renamed(at: Marked, to: string): Readonly<Record<string, string>> | string {
  const answer = rename(at.file, at.offset, to, at.sites, (file) => at.workspace.file(file)?.text);
  if ('refused' in answer) return answer.refused.en;
  return Object.fromEntries(
    [...at.texts].map(([path, text]) => [
      path,
      applyEdits(
        text,
        answer.filter(({ file }) => file === uriOf(path)),
      ),
    ]),
  );
}

const refusal = (at: Marked): string | undefined => {
  const answer = renameableAt(at.file, at.offset, at.sites);
  return 'refused' in answer ? answer.refused.en : undefined;
};

const LAB = `name: fabric
topology:
  kinds:
    linux:
      image: frr
  nodes:
    leaf0:
      kind: linux
      binds:
        - leaf0/frr.conf:/etc/frr/frr.conf
    "server-a": {kind: linux, network-mode: container:leaf0}
    spine:
      kind: linux
      stages:
        create:
          wait-for:
            - {node: leaf0, stage: healthy}
  links:
    - endpoints: ["leaf0:eth1", 'spine:eth1']
    - type: veth
      endpoints:
        - {node: spine, interface: eth2}
        - {node: server-a, interface: eth1}
`;
const FRR = `frr version 8.4
hostname leaf0
router bgp 65000
 neighbor 10.0.0.1 remote-as 65001
 address-family ipv4 unicast
  neighbor 10.0.0.1 route-map OUT out
  neighbor 10.0.0.1 prefix-list P in
 exit-address-family
exit
ip prefix-list P seq 5 permit 10.0.0.0/8
ipv6 prefix-list P seq 5 permit fd00::/8
route-map OUT permit 10
 match ip address prefix-list P
exit
route-map OUT permit 20
exit
`;

test('a lab node is found from the end of a link, and everything that means it from its definition', () => {
  const at = marked({ 'lab.clab.yml': LAB.replace('"leaf0:eth1"', '"le|af0:eth1"'), 'leaf0/frr.conf': FRR });
  assert.deepEqual(definitions(at), ['lab.clab.yml:7 leaf0']);
  assert.deepEqual(references(at), [
    'lab.clab.yml:7 leaf0',
    'lab.clab.yml:11 leaf0',
    'lab.clab.yml:17 leaf0',
    'lab.clab.yml:19 leaf0',
    'leaf0/frr.conf:2 leaf0',
  ]);
});

test('a lab node gets another name in links, wait-for, a shared name space and its router’s host name; paths stay', () => {
  const after = renamed(
    marked({ 'lab.clab.yml': LAB.replace('    leaf0:\n', '    le|af0:\n'), 'leaf0/frr.conf': FRR }),
    'tor-1',
  );
  assert.deepEqual(after, {
    'lab.clab.yml': LAB.replace('    leaf0:\n', '    tor-1:\n')
      .replace('container:leaf0', 'container:tor-1')
      .replace('node: leaf0', 'node: tor-1')
      .replace('"leaf0:eth1"', '"tor-1:eth1"'),
    'leaf0/frr.conf': FRR.replace('hostname leaf0', 'hostname tor-1'),
  });
});

test('quotes stay, and a name that YAML would read as a number gets some', () => {
  const files = { 'lab.clab.yml': LAB.replace('"server-a"', '"ser|ver-a"') };
  const after = renamed(marked(files), '10') as Record<string, string>;
  assert.match(after['lab.clab.yml']!, /^ {4}"10": \{kind/m);
  assert.match(after['lab.clab.yml']!, /\{node: "10", interface: eth1\}/);
});

test('route-maps and prefix-lists are their router’s own, and of one family', () => {
  const files = { 'leaf0/frr.conf': FRR.replace('route-map OUT out', 'route-map O|UT out'), 'leaf1/frr.conf': FRR };
  assert.deepEqual(references(marked(files)), [
    'leaf0/frr.conf:12 OUT',
    'leaf0/frr.conf:15 OUT',
    'leaf0/frr.conf:6 OUT',
  ]);
  const list = { 'leaf0/frr.conf': FRR.replace('prefix-list P in', 'prefix-list |P in') };
  assert.deepEqual(references(marked(list)), ['leaf0/frr.conf:10 P', 'leaf0/frr.conf:7 P', 'leaf0/frr.conf:13 P']);
});

const NODES = `apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: n1
  labels: {rack: r1, kubernetes.io/hostname: n1}
spec: {bgp: {ipv4Address: 10.0.0.1/24}}
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: n2
  labels: {rack: r2}
spec: {bgp: {ipv4Address: 10.0.0.2/24}}
`;
const PEERS = `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: one}
spec:
  node: n1
  peerIP: 10.0.0.2:179
  asNumber: 65000
  filters: [internal]
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: racks}
spec:
  nodeSelector: rack == 'r1' && kubernetes.io/hostname != "n1"
  peerSelector: has(rack)
`;

test('a Calico node: the peer of it, and selectors that name it', () => {
  const at = marked({ 'nodes.yaml': NODES, 'peers.yaml': PEERS.replace('node: n1', 'node: n1|') });
  assert.deepEqual(definitions(at), ['nodes.yaml:4 n1']);
  assert.deepEqual(references(at), ['nodes.yaml:4 n1', 'nodes.yaml:5 n1', 'peers.yaml:5 n1', 'peers.yaml:14 n1']);
});

test('labels and their values lead from selectors to what carries them', () => {
  const key = marked({ 'nodes.yaml': NODES, 'peers.yaml': PEERS.replace('has(rack)', 'has(ra|ck)') });
  assert.deepEqual(definitions(key), ['nodes.yaml:5 rack', 'nodes.yaml:12 rack']);
  const value = marked({ 'nodes.yaml': NODES.replace('rack: r1', 'rack: |r1'), 'peers.yaml': PEERS });
  assert.deepEqual(references(value), ['nodes.yaml:5 r1', 'peers.yaml:14 r1']);
  const after = renamed(value, 'row-7') as Record<string, string>;
  assert.match(after['peers.yaml']!, /rack == 'row-7' &&/);
  assert.match(after['nodes.yaml']!, /rack: row-7,/);
});

test('an address: who owns it, whoever peers with it, and a new one in all of them with the prefix length kept', () => {
  const at = marked({ 'nodes.yaml': NODES, 'peers.yaml': PEERS.replace('10.0.0.2:179', '10.0.|0.2:179') });
  assert.deepEqual(references(at), ['nodes.yaml:13 10.0.0.2', 'peers.yaml:6 10.0.0.2']);
  const after = renamed(at, '10.0.0.9') as Record<string, string>;
  assert.match(after['nodes.yaml']!, /ipv4Address: 10\.0\.0\.9\/24/);
  assert.match(after['peers.yaml']!, /peerIP: 10\.0\.0\.9:179/);
  assert.equal(renamed(at, '10.0.0'), '`10.0.0` is no IPv4 address.');
});

const POOLS = `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: fast}
spec: {cidr: 10.1.0.0/16}
---
apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderIPPool
metadata:
  name: vlan-7
spec: {subnet: 10.9.0.0/24, ips: [10.9.0.10-10.9.0.20]}
`;
const SCRIPT = `#!/bin/bash
cat <<EOF | kubectl apply -f -
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  annotations:
    cni.projectcalico.org/ipv4pools: '["fast"]'
    ipam.spidernet.io/ippool: |-
      {
        "ipv4": ["vlan-7", "vlan-*"]
      }
spec: {nodeName: n1, containers: []}
---
apiVersion: spiderpool.spidernet.io/v2beta1
kind: SpiderMultusConfig
metadata: {name: m}
spec:
  cniType: macvlan
  macvlan: {master: [eth0], ippools: {ipv4: [vlan-7]}}
EOF
`;

test('pools are named in JSON in annotations in a here-document in a script', () => {
  const calico = marked({ 'pools.yaml': POOLS.replace('{name: fast}', '{name: fa§st}'), 'up.sh': SCRIPT }, '§');
  assert.deepEqual(references(calico), ['pools.yaml:3 fast', 'up.sh:9 fast']);
  const after = renamed(calico, 'slow') as Record<string, string>;
  assert.match(after['up.sh']!, /ipv4pools: '\["slow"\]'/);
  const spider = marked({ 'pools.yaml': POOLS, 'up.sh': SCRIPT.replace('["vlan-7"', '["vla§n-7"') }, '§');
  assert.deepEqual(references(spider), ['pools.yaml:9 vlan-7', 'up.sh:12 vlan-7', 'up.sh:21 vlan-7']);
  assert.equal(
    (renamed(spider, 'vlan-8') as Record<string, string>)['up.sh'],
    SCRIPT.replace('"vlan-7"', '"vlan-8"').replace('[vlan-7]', '[vlan-8]'),
  );
});

test('what is refused, and why', () => {
  const peers = PEERS.replace('[internal]', '[inter|nal]');
  assert.equal(
    refusal(marked({ 'peers.yaml': peers })),
    'No file here defines the BGPFilter `internal`. Renaming what refers to it would point it at nothing.',
  );
  const taken = marked({ 'nodes.yaml': NODES.replace('name: n1', 'name: n1|') });
  assert.equal(renamed(taken, 'n2'), 'There is a node `n2` already. Choose another name.');
  assert.match(renamed(taken, 'N 3') as string, /^`N 3` cannot be a name here: Kubernetes takes small letters/);
  const templated = marked({ 'n.yaml': 'apiVersion: projectcalico.org/v3\nkind: Node\nmetadata:\n  name: "$NO|DE"\n' });
  assert.match(refusal(templated)!, /^This name is made by a template/);
  const own = marked({ 'nodes.yaml': NODES.replace('kubernetes.io/hostname', 'kubernetes.io/host|name') });
  assert.match(refusal(own)!, /gives by itself/);
  const nothing = marked({ 'nodes.yaml': NODES.replace('kind: Node', 'kind: No|de') });
  assert.match(refusal(nothing)!, /^Nothing here is the name/);
});

test('a node that kind makes: its name is found everywhere and cannot be changed in one file', () => {
  const cluster = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: k8s
nodes:
- role: control-plane
- role: worker
`;
  const lab = `name: l
topology:
  nodes:
    k8s-worker: {kind: ext-container}
    r: {kind: linux}
  links:
    - endpoints: ["k8s-wor|ker:net0", "r:eth1"]
`;
  const at = marked({ 'kind.yaml': cluster, 'l.clab.yml': lab });
  assert.deepEqual(definitions(at), ['l.clab.yml:4 k8s-worker', 'kind.yaml:6 worker']);
  assert.match(refusal(at)!, /^kind makes the name `k8s-worker`/);
});

test('two labs side by side have nodes of their own', () => {
  const other = LAB.replace('name: fabric', 'name: other');
  const at = marked({ 'a.clab.yml': LAB.replace('"leaf0:eth1"', '"le|af0:eth1"'), 'b.clab.yml': other });
  assert.ok(references(at).every((one) => one.startsWith('a.clab.yml')));
});

test('marks stay in the file', () => {
  const at = marked({ 'nodes.yaml': NODES, 'peers.yaml': PEERS.replace('node: n1', 'node: |n1') });
  const tokens = highlightsAt(at.file, at.offset, at.sites);
  assert.deepEqual(
    tokens.map((token) => shown(at, token)),
    ['peers.yaml:5 n1', 'peers.yaml:14 n1'],
  );
});

test('VyOS names its policies in nodes', () => {
  const text = `policy {
    prefix-list PODS {
        rule 10 {
            action permit
            prefix 10.244.0.0/16
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
        neighbor 10.0.0.1 {
            peer-group "TORS"
        }
        peer-group TORS {
            address-family {
                ipv4-unicast {
                    route-map {
                        import IN
                    }
                }
            }
        }
        system-as 65000
    }
}
`;
  const at = marked({ 'config.boot': text.replace('import IN', 'import I|N') });
  assert.deepEqual(references(at), ['config.boot:8 IN', 'config.boot:30 IN']);
  const group = marked({ 'config.boot': text.replace('"TORS"', '"TO|RS"') });
  const after = renamed(group, 'LEAVES') as Record<string, string>;
  assert.equal(after['config.boot'], text.replaceAll('TORS', 'LEAVES'));
});

test('commands of scripts name nodes, containers and bridges', () => {
  const lab = `name: l
topology:
  nodes:
    leaf: {kind: linux}
    br0: {kind: bridge}
  links:
    - endpoints: ["leaf:eth1", "br0:p1"]
`;
  const script = `#!/bin/bash
docker exec -it clab-l-leaf vtysh -c "show bgp summary"
docker cp x.conf "clab-l-leaf:/etc/x.conf"
sudo ip link add br0 type bridge
kubectl label node n1 n2 rack=r1 --overwrite
kubectl drain node/n1
calicoctl patch node "n1" -p '{"spec": {}}'
echo leaf br0 n1
`;
  const files = { 'l.clab.yml': lab, 'nodes.yaml': NODES, 'up.sh': script };
  const leaf = marked({ ...files, 'l.clab.yml': lab.replace('    leaf:', '    le|af:') });
  assert.deepEqual(references(leaf).slice(2), ['up.sh:2 leaf', 'up.sh:3 leaf']);
  const after = renamed(leaf, 'tor') as Record<string, string>;
  assert.match(after['up.sh']!, /exec -it clab-l-tor vtysh[\s\S]*"clab-l-tor:\/etc/);
  const bridge = marked({ ...files, 'l.clab.yml': lab.replace('    br0:', '    br|0:') });
  assert.deepEqual(references(bridge).slice(2), ['up.sh:4 br0']);
  const node = marked({ ...files, 'up.sh': script.replace('node n1 n2', 'node n|1 n2') });
  assert.deepEqual(references(node), ['nodes.yaml:4 n1', 'nodes.yaml:5 n1', 'up.sh:5 n1', 'up.sh:6 n1', 'up.sh:7 n1']);
});
