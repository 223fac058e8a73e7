import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindKey } from '../../server/src/model/kinds.ts';
import { matchesLabels } from '../../server/src/model/kubernetes/label-selector.ts';
import { keyPlace } from '../../server/src/model/part.ts';
import { holds, read, underlined } from './reading.ts';

test('a Deployment shows its selector, its template and the annotations of both', () => {
  const nginx = read(
    'kubernetes/Workload',
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx
  namespace: prod
  annotations: {note: outer}
spec:
  replicas: 2
  selector:
    matchLabels: {app: nginx}
  template:
    metadata:
      annotations:
        ipam.spidernet.io/ippool: |-
          {"ipv4": ["nginx-pool"]}
      labels:
        app: ngnix
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: nginx:1.27
          ports: [{containerPort: 80, name: http}]
          env:
            - {name: IP_AUTODETECTION_METHOD, value: interface=eth1}
            - name: BACKEND
              valueFrom: {configMapKeyRef: {name: calico-config, key: calico_backend}}
`,
  );
  holds(nginx.workloadKind, 'Deployment');
  holds(nginx.namespace, 'prod');
  holds(nginx.replicas, 2);
  assert.equal(matchesLabels(nginx.selector!, nginx.pod.labels), false);
  holds(nginx.pod.labels.get('app'), 'ngnix');
  assert.equal(underlined(keyPlace(nginx.pod.labels.get('app')!.place)), 'app');
  assert.equal(nginx.pod.annotations.get('ipam.spidernet.io/ippool')?.value, '{"ipv4": ["nginx-pool"]}');
  assert.equal(nginx.annotations.has('ipam.spidernet.io/ippool'), false);
  holds(nginx.pod.hostNetwork, true);
  const [web] = nginx.pod.containers;
  holds(web?.env[0]?.name, 'IP_AUTODETECTION_METHOD');
  holds(web?.env[0]?.value, 'interface=eth1');
  holds(web?.env[1]?.configMap?.key, 'calico_backend');
  holds(web?.ports[0]?.containerPort, 80);
});

test('a CronJob’s Pods stand two templates deep, and a Pod is its own template', () => {
  const cron = read(
    'kubernetes/Workload',
    'apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {spec: {template: {metadata: {labels: {a: b}}}}}}\n',
  );
  holds(cron.pod.labels.get('a'), 'b');
  const pod = read(
    'kubernetes/Workload',
    'apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: b}}\nspec: {nodeName: w1}\n',
  );
  holds(pod.pod.labels.get('a'), 'b');
  holds(pod.pod.nodeName, 'w1');
});

test('a Service shows its ports', () => {
  const web = read(
    'kubernetes/Service',
    'apiVersion: v1\nkind: Service\nspec:\n  type: NodePort\n  selector: {app: nginx}\n  ports: [{port: 80, targetPort: http, nodePort: 32765}]\n  clusterIP: None\n',
  );
  holds(web.ports[0]?.nodePort, 32765);
  holds(web.ports[0]?.targetPort, 'http');
  holds(web.selector.get('app'), 'nginx');
  holds(web.clusterIP, 'None');
});

test('a Secret gives its names away and nothing else', () => {
  const bgp = read(
    'kubernetes/Secret',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: bgp}\nstringData:\n  rr-password: hunter2\n',
  );
  holds(bgp.keys[0], 'rr-password');
  const told = JSON.stringify({ ...bgp, doc: undefined, keys: bgp.keys.map(({ value }) => value) }, (key, value) =>
    key === 'place' ? undefined : value,
  );
  assert.equal(told.includes('hunter2'), false);
});

test('nodes, ConfigMaps, namespaces and address ranges', () => {
  const node = read(
    'kubernetes/Node',
    'apiVersion: v1\nkind: Node\nmetadata: {name: w1, labels: {rack: r0}}\nspec: {podCIDR: 10.244.1.0/24}\nstatus: {addresses: [{type: InternalIP, address: 10.1.5.11}]}\n',
  );
  holds(node.labels.get('rack'), 'r0');
  holds(node.podCIDRs[0], '10.244.1.0/24');
  holds(node.addresses[0]?.address, '10.1.5.11');
  const config = read('kubernetes/ConfigMap', 'apiVersion: v1\nkind: ConfigMap\ndata: {calico_backend: "bird"}\n');
  holds(config.data.get('calico_backend'), 'bird', '"bird"');
  const range = read(
    'kubernetes/ServiceCIDR',
    'apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nspec: {cidrs: [10.96.0.0/12]}\n',
  );
  holds(range.cidrs[0], '10.96.0.0/12');
  holds(
    read('kubernetes/Namespace', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {a: b}}\n').labels.get(
      'a',
    ),
    'b',
  );
});

test('a NetworkPolicy tells apart an absent list of rules and an empty one', () => {
  const policy = read(
    'kubernetes/NetworkPolicy',
    `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: prod}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock: {cidr: 10.96.0.10/32, except: [10.96.0.11/32]}
        - namespaceSelector: {matchLabels: {name: dns}}
      ports: [{protocol: UDP, port: 53}]
`,
  );
  assert.equal(policy.ingress, undefined);
  holds(policy.egress?.[0]?.peers[0]?.cidr, '10.96.0.10/32');
  holds(policy.egress?.[0]?.peers[1]?.namespaceSelector?.matchLabels.get('name'), 'dns');
  holds(policy.egress?.[0]?.ports[0]?.port, '53');
});

test('keys of kinds: groups decide, not names alone', () => {
  assert.equal(kindKey('apps/v1', 'DaemonSet'), 'kubernetes/Workload');
  assert.equal(kindKey('projectcalico.org/v3', 'NetworkPolicy'), 'calico/NetworkPolicy');
  assert.equal(kindKey('crd.projectcalico.org/v1', 'IPAMConfig'), 'calico/IPAMConfiguration');
  assert.equal(kindKey('metallb.io/v1beta2', 'BGPPeer'), 'metallb/BGPPeer');
  assert.equal(kindKey('serving.knative.dev/v1', 'Service'), 'other/Service');
  assert.equal(kindKey(undefined, 'JoinConfiguration'), 'kubeadm/JoinConfiguration');
  assert.equal(kindKey('v1', undefined), undefined);
});
