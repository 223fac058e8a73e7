import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INLAY_TOPICS, type InlayTopic, inlayHintsIn } from '../../server/src/engine/inlay-hints.ts';
import type { Language } from '../../server/src/text.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

interface Asked {
  readonly topics?: readonly InlayTopic[];
  readonly language?: Language;
}

/** Hints are written into the first file where they are shown, between ‹ and ›: the story is its own expectation. */
function tells(marked: string, others: Readonly<Record<string, string>> = {}, asked: Asked = {}): void {
  const { topics = INLAY_TOPICS, language = 'en' } = asked;
  const text = marked.replace(/‹[^›]*›/g, '');
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///net' }]);
  const uri = `file:///net/${/^frr /m.test(text) ? 'frr.conf' : 'main.yaml'}`;
  for (const [path, other] of Object.entries(others)) workspace.setFile(`file:///net/${path}`, other);
  workspace.setFile(uri, text);
  const hints = inlayHintsIn(workspace.file(uri)!, workspace.sitesOf(uri), [0, text.length], topics);
  const shown = [...hints]
    .reverse()
    .reduce((now, { offset, label }) => `${now.slice(0, offset)}‹${label[language]}›${now.slice(offset)}`, text);
  assert.equal(shown, marked);
}

const object = (kind: string, name: string, body: string, api = 'projectcalico.org/v3'): string =>
  `apiVersion: ${api}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${body}`;
const node = (
  name: string,
  labels: string,
  bgp = `  bgp: {ipv4Address: ${name.replace(/\D+/, '10.0.0.')}/24}\n`,
): string =>
  `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata:\n  name: ${name}\n  labels: {${labels}}\nspec:\n${bgp}`;
const NODES = [node('n1', 'rack: a'), node('n2', 'rack: a'), node('n3', 'rack: b')].join('---\n');

test('a pool: its addresses, its blocks', () => {
  tells(object('IPPool', 'p', 'spec:\n  cidr: 10.244.0.0/16‹65,536 addresses›\n  blockSize: 26‹1,024 blocks of 64›\n'));
  tells(object('IPPool', 'p', 'spec:\n  cidr: fd00:10::/48‹2^80 addresses›‹2^74 blocks of 64›\n'));
  tells(object('IPPool', 'p', 'spec:\n  cidr: {{ .Values.cidr }}\n'));
  tells(object('IPPool', 'p', 'spec:\n  cidr: 10.244.0.0\n'));
});

test('the ranges of a SpiderIPPool without what it excludes, and nothing of a range that cannot be read', () => {
  const pool = (ips: string): string =>
    object(
      'SpiderIPPool',
      'p',
      `spec:\n  subnet: 10.1.0.0/24‹256 addresses›\n${ips}`,
      'spiderpool.spidernet.io/v2beta1',
    );
  tells(pool('  ips:‹11 addresses›\n    - 10.1.0.10-10.1.0.20\n    - 10.1.0.30\n  excludeIPs:\n    - 10.1.0.15\n'));
  tells(pool('  ips:\n    - 10.1.0.10-{{ .last }}\n'));
});

test('subnets of kind, of both families', () => {
  tells(
    'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking:\n  podSubnet: 10.244.0.0/16,fd00::/64‹65,536 + 2^64 addresses›\n',
  );
});

test('a node selector counts the nodes that the files show', () => {
  const pool = (selector: string): string => object('IPPool', 'p', `spec:\n  nodeSelector: ${selector}\n`);
  tells(pool('rack == "a"‹matches 2 nodes›'), { 'nodes.yaml': NODES });
  tells(pool('"rack == \'b\'"‹matches 1 node›'), { 'nodes.yaml': NODES });
  tells(pool('all()‹matches 3 nodes›'), { 'nodes.yaml': NODES });
  tells(pool('rack == "c"‹matches 0 nodes›'), { 'nodes.yaml': NODES });
});

test('what no file shows is not counted: labels that nobody has, templates, no nodes at all', () => {
  const pool = (selector: string): string => object('IPPool', 'p', `spec:\n  nodeSelector: ${selector}\n`);
  tells(pool('zone == "a"'), { 'nodes.yaml': NODES });
  tells(pool('kubernetes.io/os == "linux"'), { 'nodes.yaml': NODES });
  tells(pool('rack == "a"'), { 'nodes.yaml': `${NODES}---\n${node('n4', 'rack: "{{ .rack }}"')}` });
  tells(pool('rack == "a"'));
  tells(pool('rack =='), { 'nodes.yaml': NODES });
});

test('a policy’s selector counts Pods, over the namespaces that it reaches', () => {
  const deployment = (name: string, namespace: string, replicas: number): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  replicas: ${replicas}\n  template:\n    metadata:\n      labels: {app: web}\n`;
  const web = [deployment('a', 'one', 3), deployment('b', 'two', 4), deployment('c', 'two', 7)].join('---\n');
  tells(object('GlobalNetworkPolicy', 'p', "spec:\n  selector: app == 'web'‹selects 14 Pods in 2 namespaces›\n"), {
    'web.yaml': web,
  });
  tells(object('NetworkPolicy', 'p', "  namespace: one\nspec:\n  selector: app == 'web'‹selects 3 Pods›\n"), {
    'web.yaml': web,
  });
  // Without a namespace it is the one that kubectl is in, and that is not known.
  tells(object('NetworkPolicy', 'p', "spec:\n  selector: app == 'web'\n"), { 'web.yaml': web });
  const daemons = web.replaceAll('Deployment', 'DaemonSet').replace(/ {2}replicas: \d\n/g, '');
  tells(object('GlobalNetworkPolicy', 'p', "spec:\n  selector: app == 'web'‹selects 3 workloads in 2 namespaces›\n"), {
    'web.yaml': daemons,
  });
});

test('a namespace selector', () => {
  const namespaces = ['a', 'b']
    .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels: {team: red}\n`)
    .join('---\n');
  const policy = (selector: string): string =>
    object('GlobalNetworkPolicy', 'p', `spec:\n  namespaceSelector: ${selector}\n`);
  tells(policy("team == 'red'‹matches 2 namespaces›"), { 'ns.yaml': namespaces });
  tells(policy("projectcalico.org/name == 'a'‹matches 1 namespace›"), { 'ns.yaml': namespaces });
  tells(policy("team != 'blue'"), { 'ns.yaml': namespaces });
});

test('who uses a filter or a password; nothing where nobody is known to', () => {
  const peers = [1, 2, 3]
    .map((n) =>
      object(
        'BGPPeer',
        `p${n}`,
        `spec:\n  peerIP: 10.0.0.${n}\n  asNumber: 65001\n  filters: [no-default]\n  password: {secretKeyRef: {name: bgp, key: p}}\n`,
      ),
    )
    .join('---\n');
  tells(object('BGPFilter', 'no-default‹used by 3 peers›', 'spec: {}\n'), { 'peers.yaml': peers });
  tells(object('BGPFilter', 'other', 'spec: {}\n'), { 'peers.yaml': peers });
  tells('apiVersion: v1\nkind: Secret\nmetadata:\n  name: bgp‹used by 3 peers›\n  namespace: kube-system\n', {
    'peers.yaml': peers,
  });
  tells('apiVersion: v1\nkind: Secret\nmetadata:\n  name: bgp\n  namespace: shop\n', { 'peers.yaml': peers });
});

test('the AS number of a node that leaves it out, with and without a BGPConfiguration', () => {
  const main = node('n1', '', '  bgp:‹AS 64512›\n    ipv4Address: 10.0.0.1/24\n');
  tells(main);
  const configuration = object('BGPConfiguration', 'default', 'spec:\n  asNumber: 65010\n');
  tells(main.replace('64512', '65010'), { 'bgp.yaml': configuration });
  tells(main.replace('‹AS 64512›', ''), { 'bgp.yaml': configuration.replace('65010', '"{{ .as }}"') });
  tells(node('n1', '', '  bgp:\n    ipv4Address: 10.0.0.1/24\n    asNumber: 65001\n'));
});

test('each kind is switched off by itself, and speaks Chinese', () => {
  const pool = 'spec:\n  cidr: 10.244.0.0/16‹65,536 个地址›\n  blockSize: 26‹1,024 个地址块，每块 64 个地址›\n';
  tells(object('IPPool', 'p', pool), {}, { language: 'zh-cn' });
  tells(object('IPPool', 'p', pool.replace(/‹[^›]*›/, '')), {}, { language: 'zh-cn', topics: ['blocks'] });
});
