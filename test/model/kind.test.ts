import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindContainerNames, kindNodeNames } from '../../server/src/model/kind/node-names.ts';
import { patchesOfNode } from '../../server/src/model/kind/patches.ts';
import type { Doc } from '../../server/src/syntax/document.ts';
import { segmented } from '../../server/src/syntax/embedding.ts';
import { nodeOf, spanOfPlace } from '../../server/src/syntax/place.ts';
import { scalarSegments } from '../../server/src/syntax/scalar.ts';
import { holds, read } from './reading.ts';

const CLUSTER = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: calico-bgp-rr
networking:
  disableDefaultCNI: true
  podSubnet: "10.244.0.0/16"
nodes:
- role: control-plane
  image: kindest/node:v1.27.3
  kubeadmConfigPatches:
  - |
    kind: InitConfiguration
    nodeRegistration:
      kubeletExtraArgs:
        node-ip: 10.1.5.10
        node-labels: "rack=rack0, zone=a"
- role: worker
  labels: {rack: rack1}
  extraMounts: [{hostPath: ./cni, containerPath: /opt/cni}]
  kubeadmConfigPatches:
  - |
    kind: JoinConfiguration
    nodeRegistration:
      kubeletExtraArgs:
        node-ip: 10.1.8.10
- role: worker
  extraPortMappings: [{containerPort: 80, hostPort: 8080}]
`;

const cluster = read('kind/Cluster', CLUSTER);

test('a kind cluster shows its networks and nodes', () => {
  holds(cluster.name, 'calico-bgp-rr');
  holds(cluster.podSubnet, '10.244.0.0/16', '"10.244.0.0/16"');
  holds(cluster.disableDefaultCNI, true);
  holds(cluster.nodes[0]?.role, 'control-plane');
  holds(cluster.nodes[0]?.image, 'kindest/node:v1.27.3');
  holds(cluster.nodes[1]?.labels.get('rack'), 'rack1');
  holds(cluster.nodes[1]?.extraMounts[0]?.hostPath, './cni');
  holds(cluster.nodes[2]?.extraPortMappings[0]?.hostPort, 8080);
});

test('kind numbers its nodes from the second of a role on', () => {
  assert.deepEqual(
    kindNodeNames(cluster, 'lab')?.map(({ name }) => name),
    ['lab-control-plane', 'lab-worker', 'lab-worker2'],
  );
  const head = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n';
  assert.deepEqual(kindContainerNames(read('kind/Cluster', head), 'kind'), ['kind-control-plane']);
  const three = read('kind/Cluster', `${head}nodes: [{role: control-plane}, {role: worker}, {}]\n`);
  assert.deepEqual(kindContainerNames(three, 'ha'), [
    'ha-control-plane',
    'ha-worker',
    'ha-control-plane2',
    'ha-external-load-balancer',
  ]);
  assert.equal(kindNodeNames(read('kind/Cluster', `${head}nodes: [{role: $ROLE}]\n`), 'x'), undefined);
});

/** What the workspace makes of a patch: a document inside the cluster's. */
function patch(node: number): Partial<Doc> & { readonly text: string } {
  const field = cluster.nodes[node]!.kubeadmConfigPatches[0]!;
  const scalar = nodeOf(field.place);
  assert.ok(scalar?.kind === 'scalar');
  return {
    text: scalar.text,
    parent: cluster.doc,
    embedding: segmented(scalarSegments(CLUSTER, scalar), (text) => text),
  };
}

test('a patch tells node-ip and node-labels, and to which node it belongs', () => {
  const init = read('kubeadm/InitConfiguration', patch(0).text, patch(0));
  const join = read('kubeadm/JoinConfiguration', patch(1).text, patch(1));
  holds(init.registration.kubelet.nodeIPs[0], '10.1.5.10');
  const [rack, zone] = init.registration.kubelet.nodeLabels;
  holds(rack?.key, 'rack');
  holds(rack?.value, 'rack0');
  holds(zone?.key, 'zone');
  holds(zone?.value, 'a');
  assert.deepEqual(patchesOfNode(cluster.nodes[0]!, [init, join]), [init]);
  assert.deepEqual(patchesOfNode(cluster.nodes[1]!, [init, join]), [join]);
  assert.deepEqual(patchesOfNode(cluster.nodes[2]!, [init, join]), []);
  const inner = init.registration.kubelet.nodeIPs[0]!.place;
  const [start, end] = spanOfPlace(inner);
  assert.equal(CLUSTER.slice(init.doc.embedding!.outer(start), init.doc.embedding!.outer(end)), '10.1.5.10');
});

test('kubeadm v1beta4 lists its arguments by name', () => {
  const join = read(
    'kubeadm/JoinConfiguration',
    `apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
nodeRegistration:
  name: worker1
  kubeletExtraArgs:
    - name: node-ip
      value: 10.1.8.10,fd00::10
    - {name: node-labels, value: "rack=rack1,plain,rack2=\${R}"}
`,
  );
  holds(join.registration.nodeName, 'worker1');
  holds(join.registration.kubelet.nodeIPs[0], '10.1.8.10');
  holds(join.registration.kubelet.nodeIPs[1], 'fd00::10');
  const labels = join.registration.kubelet.nodeLabels;
  holds(labels[0]?.value, 'rack1');
  assert.deepEqual([labels[1]?.key.value, labels[1]?.value.value], ['plain', '']);
  holds(labels[2]?.key, 'rack2');
  holds(labels[2]?.value, undefined, `\${R}`);
});

test('a ClusterConfiguration has the cluster’s ranges', () => {
  const configuration = read(
    'kubeadm/ClusterConfiguration',
    `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
networking: {podSubnet: 10.20.0.0/16, serviceSubnet: 10.254.0.0/16, dnsDomain: cluster.local}
apiServer: {extraArgs: {service-node-port-range: 30000-32767}}
`,
  );
  holds(configuration.podSubnet, '10.20.0.0/16');
  holds(configuration.serviceSubnet, '10.254.0.0/16');
  holds(configuration.apiServerArguments.get('service-node-port-range'), '30000-32767');
});
