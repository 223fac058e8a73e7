import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offered } from './marked.ts';

const POOL = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata:\n  name: pods\n';

test('the fields of a spec: required ones first, written ones left out', () => {
  const { labels, detail, accept } = offered({ 'pool.yaml': `${POOL}spec:\n  natOutgoing: true\n  |\n` });
  assert.equal(labels[0], 'cidr');
  assert.equal(detail('cidr'), 'text, required');
  assert.ok(labels.includes('ipipMode') && !labels.includes('natOutgoing'));
  assert.equal(accept('ipipMode'), `${POOL}spec:\n  natOutgoing: true\n  ipipMode: |\n`);
});

test('what most files have stands before what few have, and what is going away last', () => {
  const peer = 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nspec:\n  |\n';
  assert.deepEqual(offered({ 'p.yaml': peer }).labels.slice(0, 4), [
    'peerIP',
    'asNumber',
    'nodeSelector',
    'peerSelector',
  ]);
  const felix = offered({ 'f.yaml': 'apiVersion: projectcalico.org/v3\nkind: FelixConfiguration\nspec:\n  |\n' });
  const old = felix.items.filter(({ deprecated }) => deprecated === true);
  assert.ok(old.length > 0);
  assert.deepEqual(felix.items.slice(-old.length), old);
});

test('a half-typed key, and one whose colon is there', () => {
  assert.equal(offered({ 'p.yaml': `${POOL}spec:\n  bl|` }).accept('blockSize'), `${POOL}spec:\n  blockSize: |`);
  assert.equal(offered({ 'p.yaml': `${POOL}spec:\n  bl|: 26` }).accept('blockSize'), `${POOL}spec:\n  blockSize|: 26`);
});

test('enum values, the default among them, and booleans', () => {
  const mode = offered({ 'p.yaml': `${POOL}spec:\n  ipipMode: |` });
  assert.deepEqual([...mode.labels].sort(), ['Always', 'CrossSubnet', 'Never']);
  assert.equal(mode.accept('CrossSubnet'), `${POOL}spec:\n  ipipMode: CrossSubnet|`);
  const assignment = offered({ 'p.yaml': `${POOL}spec:\n  assignmentMode: |` });
  assert.deepEqual(assignment.labels, ['Automatic', 'Manual']);
  assert.equal(assignment.detail('Automatic'), 'default');
  assert.equal(
    offered({ 'p.yaml': `${POOL}spec:\n  ipipMode: "Nev|er"` }).accept('Always'),
    `${POOL}spec:\n  ipipMode: "Always|"`,
  );
  assert.deepEqual([...offered({ 'p.yaml': `${POOL}spec:\n  natOutgoing: |` }).labels].sort(), ['false', 'true']);
});

test('a mapping behind its key gets a line of its own, a list a dash', () => {
  const head = 'apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\n';
  assert.equal(offered({ 'p.yaml': `${head}spec: |` }).accept('tier'), `${head}spec:\n  tier: |`);
  assert.equal(offered({ 'p.yaml': `${head}metadata: |` }).accept('name'), `${head}metadata:\n  name: |`);
  const rules = `${head}spec:\n  ingress: |`;
  assert.equal(offered({ 'p.yaml': rules }).accept('action'), `${head}spec:\n  ingress:\n    - action: |`);
  const types = offered({ 'p.yaml': `${head}spec:\n  types: |` });
  assert.equal(types.accept('Egress'), `${head}spec:\n  types:\n    - Egress|`);
  assert.equal(
    offered({ 'p.yaml': `${head}spec:\n  types:\n  - |` }).accept('Egress'),
    `${head}spec:\n  types:\n  - Egress|`,
  );
  assert.equal(
    offered({ 'p.yaml': `${head}spec:\n  ingress:\n    - action: Allow\n      |` }).accept('destination'),
    `${head}spec:\n  ingress:\n    - action: Allow\n      destination:\n        |`,
  );
  assert.equal(
    offered({ 'p.yaml': `${head}spec:\n  ingress:\n    - action: Allow\n    |` }).accept('action'),
    `${head}spec:\n  ingress:\n    - action: Allow\n    - action: |`,
  );
  assert.equal(offered({ 'p.yaml': `${head}sp|` }).accept('spec'), `${head}spec:\n  |`);
  assert.equal(offered({ 'p.yaml': `${head}met|` }).accept('metadata'), `${head}metadata:\n  name: |`);
});

test('an indentation that does not fit its neighbours is put right', () => {
  assert.equal(
    offered({ 'p.yaml': `${POOL}spec:\n   |\n  cidr: 10.0.0.0/16\n` }).accept('ipipMode'),
    `${POOL}spec:\n  ipipMode: |\n  cidr: 10.0.0.0/16\n`,
  );
});

test('inside brackets and in JSON', () => {
  const flow = offered({ 'p.yaml': 'apiVersion: projectcalico.org/v3\nkind: IPPool\nspec: {cidr: 10.0.0.0/8, |}\n' });
  assert.ok(!flow.labels.includes('cidr'));
  assert.match(flow.accept('ipipMode'), /\{cidr: 10\.0\.0\.0\/8, ipipMode: \|\}/);
  const json = `{\n  "apiVersion": "projectcalico.org/v3",\n  "kind": "IPPool",\n  "spec": {\n    |\n  }\n}\n`;
  assert.match(offered({ 'p.json': json }).accept('ipipMode'), /\n {4}"ipipMode": \|\n/);
  assert.match(offered({ 'p.json': json.replace('|', '"ci|"') }).accept('cidr'), /\n {4}"cidr"?\|?/);
  assert.match(offered({ 'p.json': json.replace('|', '"ipipMode": |') }).accept('Never'), /"ipipMode": "Never"\|/);
});

test('Windows line breaks are kept', () => {
  const text = 'apiVersion: projectcalico.org/v3\r\nkind: IPPool\r\nmeta|\r\nspec:\r\n  cidr: 10.0.0.0/16\r\n';
  assert.equal(offered({ 'p.yaml': text }).accept('metadata'), text.replace('meta|', 'metadata:\r\n  name: |'));
});

test('kinds by their group, groups by their kind, and nothing for other groups', () => {
  assert.deepEqual(offered({ 'p.yaml': 'apiVersion: |\nkind: IPPool\n' }).labels, ['projectcalico.org/v3']);
  const kinds = offered({ 'p.yaml': 'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: |\n' });
  assert.ok(kinds.labels.includes('SpiderIPPool') && !kinds.labels.includes('IPPool'));
  assert.deepEqual(offered({ 'p.yaml': 'apiVersion: apps/v1\nkind: |\n' }).labels, []);
  assert.deepEqual(offered({ 'p.yaml': 'apiVersion: |\nkind: Deployment\n' }).labels, []);
  assert.deepEqual(offered({ 'p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  |\n' }).labels, []);
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  namespace: |\n';
  assert.deepEqual(
    offered({ 'p.yaml': pod, 'n.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' }).labels,
    [],
  );
  assert.deepEqual(offered({ 'compose.yaml': 'services:\n  web:\n    |\n' }).labels, []);
});

test('items of a list know their own kind', () => {
  const list =
    'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: projectcalico.org/v3\n    kind: BGPPeer\n    spec:\n      |\n';
  assert.ok(offered({ 'l.yaml': list }).labels.includes('peerIP'));
  const typed = 'apiVersion: projectcalico.org/v3\nkind: IPPoolList\nitems:\n  - spec:\n      |\n';
  assert.ok(offered({ 'l.yaml': typed }).labels.includes('cidr'));
});

test('a topology, a kind cluster and selvage.yaml', () => {
  const lab = offered({ 'x.clab.yml': 'name: x\ntopology:\n  nodes:\n    leaf:\n      |\n' });
  assert.ok(lab.labels.includes('image') && lab.labels.includes('startup-config'));
  assert.ok(offered({ 'x.clab.yml': '|' }).labels.includes('topology'));
  const cluster = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking:\n  |\n';
  assert.ok(offered({ 'kind.yaml': cluster }).labels.includes('podSubnet'));
  const config = offered({ 'selvage.yaml': 'sites:\n  - name: a\n    |\n' });
  assert.ok(config.labels.includes('include') && !config.labels.includes('name'));
  const rules = offered({ 'selvage.yaml': 'rules:\n  bgp/|\n' });
  assert.equal(rules.accept('bgp/as-mismatch'), 'rules:\n  bgp/as-mismatch: |\n');
  assert.match(rules.items.find(({ label }) => label === 'bgp/as-mismatch')!.documentation!.en, /AS/);
  const level = offered({ 'selvage.yaml': 'rules:\n  bgp/as-mismatch: |\n' });
  assert.ok(level.labels.includes('warning'), level.labels.join());
  assert.equal(level.accept('off'), 'rules:\n  bgp/as-mismatch: "off"|\n');
});

test('in a here-document and in a Markdown fence', () => {
  const script = `kubectl apply -f - <<EOF\n${POOL}spec:\n  |\nEOF\n`;
  assert.equal(offered({ 'a.sh': script }).accept('cidr'), script.replace('|', 'cidr: |'));
  const tabs = `cat <<-'EOF' | calicoctl apply -f -\n\tapiVersion: projectcalico.org/v3\n\tkind: IPPool\n\tmeta¦\n\tspec:\n\t  cidr: 10.0.0.0/16\n\tEOF\n`;
  assert.equal(offered({ 'a.sh': tabs }).accept('metadata'), tabs.replace('meta¦', 'metadata:\n\t  name: ¦'));
  const page = `1. Do\n\n   \`\`\`yaml\n   apiVersion: projectcalico.org/v3\n   kind: IPPool\n   spec: |\n   \`\`\`\n`;
  assert.equal(offered({ 'r.md': page }).accept('cidr'), page.replace('spec: |', 'spec:\n     cidr: |'));
  assert.deepEqual(offered({ 'r.md': page.replace('|', '').replace('Do', 'Do |') }).labels, []);
});

test('both languages tell what a field is', () => {
  const { items } = offered({ 'p.yaml': `${POOL}spec:\n  |` });
  for (const { label, documentation, detail } of items) {
    assert.ok(documentation!.en.length > 0 && documentation!['zh-cn'].length > 0, label);
    assert.match(`${detail!['zh-cn']}${documentation!['zh-cn']}`, /[\u4e00-\u9fff]/, label);
  }
});

test('the rules that a comment silences, in any format', () => {
  const yaml = offered({ 'p.yaml': `${POOL}spec: {} # selvage-ignore bgp/as|` });
  assert.equal(yaml.accept('bgp/as-mismatch'), `${POOL}spec: {} # selvage-ignore bgp/as-mismatch|`);
  const frr = 'router bgp 65000\n neighbor 10.0.0.1 remote-as 65001\n! selvage-ignore-file bgp/as-loop, |\n';
  assert.ok(offered({ 'frr.conf': frr }).labels.includes('frr/daemon-off'));
  assert.deepEqual(offered({ 'p.yaml': `${POOL}# selvage |` }).labels, []);
});

test('a kind may come first: it brings its apiVersion along, in the style of the object', () => {
  const pool = offered({ 'p.yaml': 'kind: IPP|\nmetadata:\n  name: a\n' });
  assert.equal(pool.detail('IPPool'), 'projectcalico.org/v3');
  assert.equal(pool.accept('IPPool'), 'apiVersion: projectcalico.org/v3\nkind: IPPool|\nmetadata:\n  name: a\n');
  assert.equal(
    offered({ 'p.yaml': 'kind: |' }).accept('SpiderIPPool'),
    'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderIPPool|',
  );
  assert.equal(
    offered({ 'p.yaml': 'kind: List\nitems:\n  - kind: |\n' }).accept('BGPPeer'),
    'kind: List\nitems:\n  - apiVersion: projectcalico.org/v3\n    kind: BGPPeer|\n',
  );
  assert.equal(
    offered({ 'p.json': '{"kind": "|", "metadata": {"name": "a", "apiVersion": 1}}' }).accept('IPPool'),
    '{"apiVersion": "projectcalico.org/v3", "kind": "IPPool|", "metadata": {"name": "a", "apiVersion": 1}}',
  );
  // With an apiVersion nothing else is written, and other files have kinds of their own.
  const known = offered({ 'p.yaml': 'kind: |\napiVersion: projectcalico.org/v3\n' });
  assert.equal(known.accept('IPPool'), 'kind: IPPool|\napiVersion: projectcalico.org/v3\n');
  assert.ok(!known.labels.includes('SpiderIPPool'));
  assert.deepEqual(offered({ 'p.yaml': 'apiVersion: apps/v1\nkind: |\n' }).labels, []);
  assert.deepEqual(offered({ 'p.yaml': 'a:\n  kind: |\n' }).labels, []);
  assert.ok(!offered({ 'x.clab.yml': 'name: x\nkind: |\ntopology: {nodes: {}}\n' }).labels.includes('IPPool'));
  assert.ok(offered({ 'p.yaml': 'apiVersion: |\nkind: IPPool\n' }).labels.includes('projectcalico.org/v3'));
});
