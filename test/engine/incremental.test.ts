import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BGP } from '../../server/src/assembly/bgp.ts';
import { Engine } from '../../server/src/engine.ts';
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

const FRR = `hostname leaf
interface eth1
 ip address 10.1.5.1/24
router bgp 65005
 no bgp ebgp-requires-policy
 neighbor NODES peer-group
 neighbor NODES remote-as 64512
 neighbor 10.1.5.10 peer-group NODES
 neighbor 10.1.5.11 peer-group NODES
 neighbor 10.1.9.9 remote-as 65009
`;

const object = (kind: string, name: string, spec: string, labels = '{}') =>
  `apiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: {name: ${name}, labels: ${labels}}\nspec: ${spec}\n`;
const node = (name: string, address: string, labels: string, rest = '') =>
  object('Node', name, `{bgp: {ipv4Address: ${address}${rest}}}`, labels);

/** Each file in the states that edits switch between; undefined: it does not exist. */
const FILES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'lab.clab.yml': [LAB, LAB.replace('10.1.5.11/24 dev', '10.1.6.11/24 dev'), undefined],
  'leaf/frr.conf': [
    FRR,
    FRR.replace('remote-as 64512', 'remote-as 64513'),
    FRR.replace(' neighbor 10.1.5.11 p', ' ! p'),
  ],
  'mesh.yaml': [
    object('BGPConfiguration', 'default', '{nodeToNodeMeshEnabled: false}'),
    object('BGPConfiguration', 'default', '{nodeToNodeMeshEnabled: true, asNumber: 64513}'),
    object('BGPConfiguration', 'default', '{nodeToNodeMeshEnabled: true}'),
    undefined,
  ],
  'pool.yaml': [
    object('IPPool', 'pods', '{cidr: 10.244.0.0/16}'),
    object('IPPool', 'pods', '{cidr: 10.244.0.0/16, disableBGPExport: true}'),
  ],
  'filter.yaml': [
    object('BGPFilter', 'out', '{exportV4: [{action: Reject, matchOperator: In, cidr: 10.244.0.0/16}]}'),
    object('BGPFilter', 'out', '{exportV4: [{action: Accept, matchOperator: In, cidr: 10.244.0.0/16}]}'),
    undefined,
  ],
  'peers.yaml': [
    object('BGPPeer', 'leaf', '{nodeSelector: "has(rack)", peerIP: 10.1.5.1, asNumber: 65005, filters: [out]}'),
    object('BGPPeer', 'leaf', '{nodeSelector: "rack == \'r0\'", peerIP: 10.1.5.1, asNumber: 65006}'),
    object('BGPPeer', 'leaf', '{nodeSelector: "rack ==", peerIP: 10.1.5.2, asNumber: 65005}'),
  ],
  'reflectors.yaml': [
    object('BGPPeer', 'rr', '{nodeSelector: "!has(rr)", peerSelector: has(rr)}'),
    object('BGPPeer', 'rr', '{nodeSelector: all(), peerSelector: has(rr), reversePeering: Manual}'),
    object('BGPPeer', 'rr', '{peerIP: 10.1.7.3, asNumber: 64512}'),
    undefined,
  ],
  'named.yaml': [
    object('BGPPeer', 'named', '{node: n3, peerIP: 10.1.7.4, asNumber: 64512}'),
    object('BGPPeer', 'named', '{node: n4, peerIP: 10.1.5.1, asNumber: 65005}'),
    undefined,
  ],
  'n1.yaml': [
    node('n1', '10.1.5.10/24', '{rack: r0}'),
    node('n1', '10.1.5.10/24', '{}'),
    node('n1', '10.1.5.12/24', '{rack: r0}', ', asNumber: 64600'),
  ],
  'n2.yaml': [node('n2', '10.1.5.11/24', '{rack: r0}'), node('n2', '10.1.5.11/24', '{rack: r1}'), undefined],
  'n3.yaml': [
    node('n3', '10.1.7.3/24', '{rr: a}', ', routeReflectorClusterID: 1.0.0.1'),
    node('n3', '10.1.7.3/24', '{rr: a}'),
    node('n3', '10.1.7.4/24', '{}'),
  ],
  'n4.yaml': [
    node('n4', '10.1.7.4/24', '{rack: r0}'),
    node('n4', '10.1.7.4/24', '{rr: b}', ', asNumber: 64513'),
    node('n4', '10.1.7.4/24', '{rr: b}', ', routeReflectorClusterID: 1.0.0.1'),
    undefined,
  ],
};

const workload = (name: string, labels: string, port = 8080) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: shop}\nspec: {selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: ${port}}]}]}}}\n`;
const policy = (namespace: string, from: string, net: string) =>
  `apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: allow, namespace: ${namespace}}\nspec: {selector: "app == 'web'", ingress: [{action: Allow, protocol: TCP, source: {selector: "${from}"}, destination: {ports: [80]}}], egress: [{action: Allow, destination: {nets: [${net}]}}]}\n`;

/** A cluster with policies, in the same form. */
const POLICIES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'web.yaml': [
    workload('web', '{app: web}'),
    workload('web', '{app: web}').replace('image: i', 'image: j'),
    workload('web', '{app: shop}'),
    undefined,
  ],
  'back.yaml': [
    workload('back', '{role: back}').replace('namespace: shop', 'namespace: office'),
    workload('back', '{role: back}'),
    undefined,
  ],
  'policy.yaml': [
    policy('shop', "role == 'back'", '10.96.0.10/32'),
    policy('shop', "role == 'bakc'", '10.244.1.0/24'),
    policy('office', "role == 'back'", '110.244.0.0/16'),
    undefined,
  ],
  'service.yaml': [
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {clusterIP: 10.96.0.10, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n',
    'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {clusterIP: 10.97.0.10, selector: {app: wbe}, ports: [{port: 80, targetPort: 8080}]}\n',
    undefined,
  ],
  'kind.yaml': [
    'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}\nnodes: [{role: control-plane}, {role: worker}]\n',
    'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking: {podSubnet: 10.96.0.0/14, serviceSubnet: 10.96.0.0/16}\nnodes: [{role: control-plane}]\n',
    undefined,
  ],
  'pool.yaml': [
    object('IPPool', 'pods', '{cidr: 10.244.0.0/16}'),
    object('IPPool', 'pods', '{cidr: 10.96.0.0/20, nodeSelector: "rack == \'r1\'"}'),
    object('IPPool', 'more', '{cidr: 10.244.0.0/16, disabled: true}'),
    undefined,
  ],
  // The same object elsewhere, or another one: folders are one network or two.
  'other/pool.yaml': [
    object('IPPool', 'pods', '{cidr: 10.244.0.0/16}'),
    object('IPPool', 'pods', '{cidr: 10.244.0.0/17}'),
    object('IPPool', 'third', '{cidr: 10.244.0.0/17}'),
    `${object('IPPool', 'pods', '{cidr: 10.244.0.0/16}')}---\n${object('IPPool', 'pods', '{cidr: 10.244.0.0/17}')}`,
    undefined,
  ],
  'third/pool.yaml': [
    object('IPPool', 'pods', '{cidr: 10.244.0.0/16}'),
    object('IPPool', 'third', '{cidr: 10.244.0.0/18}'),
    undefined,
  ],
  'felix.yaml': [object('FelixConfiguration', 'default', '{bpfEnabled: true}'), undefined],
};

for (const [what, files] of Object.entries({ routers: FILES, policies: POLICIES }))
  test(`after any edits to ${what} a workspace says what one says that has just read the same files`, () => {
    everyEditHolds(files);
  });

/** All that is said of a workspace: findings, sessions and routes. */
function account(workspace: Workspace, engine: Engine) {
  const bgp = workspace.sites().map((site) => {
    const { prediction, expansion } = site.derive(BGP);
    return {
      sessions: prediction.sessions.map(
        ({ router, peerAddress, peer, state, reason, blamed, neighbour, families }) =>
          `${router.name} ${peerAddress} ${peer?.name} ${state} ${reason} ${blamed} ${neighbour.peering} ${families.join()}`,
      ),
      routes: prediction.fabric.routers.flatMap((router) =>
        prediction
          .routesAt(router)
          .map(
            ({ prefix, nextHop, asPath, usable, best }) =>
              `${router.name} ${prefix} ${nextHop} ${asPath.join()} ${usable} ${best}`,
          ),
      ),
      undecided: expansion?.undecided.map(({ name }) => name),
      duplicates: expansion?.duplicates.map(({ node, address }) => `${node.name} ${address}`),
    };
  });
  const findings = engine.diagnoseAll().map(({ file, range, code, message }) => ({ file, range, code, message }));
  return { bgp, findings };
}

function everyEditHolds(files: typeof FILES): void {
  const names = Object.keys(files);
  const edit = fc.tuple(fc.nat(names.length - 1), fc.nat(4));
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 25 }), (edits) => {
      const state = new Map(names.map((name) => [name, files[name]![0]]));
      const open = (): [Workspace, Engine] => {
        const workspace = new Workspace();
        workspace.setFolders([{ uri: 'file:///net' }]);
        for (const [name, text] of state) if (text !== undefined) workspace.setFile(`file:///net/${name}`, text);
        return [workspace, new Engine(workspace)];
      };
      const [workspace, engine] = open();
      account(workspace, engine);
      for (const [file, choice] of edits) {
        const name = names[file]!;
        const states = files[name]!;
        const text = states[choice % states.length];
        state.set(name, text);
        if (text === undefined) workspace.removeFile(`file:///net/${name}`);
        else workspace.setFile(`file:///net/${name}`, text);
        assert.deepEqual(account(workspace, engine), account(...open()));
      }
    }),
    { numRuns: 40 },
  );
}
