import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SchemaKey, type SchemaProblem, schemaKeyOf, validate } from '../../server/src/schemas/index.ts';
import { pairOf, type Scalar } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

function problems(text: string, options: { key?: SchemaKey; calicoVersion?: string } = {}): readonly SchemaProblem[] {
  const tree = parseYaml(text);
  const word = (name: string) => (pairOf(tree.root, name)?.value as Scalar | undefined)?.text;
  const key = options.key ?? schemaKeyOf(word('apiVersion'), word('kind'));
  assert.ok(key !== undefined && tree.root !== undefined, 'the document has a schema');
  return validate(key, tree, tree.root, [], { calicoVersion: options.calicoVersion });
}

/** `code path` of every problem. */
function found(text: string, options: { key?: SchemaKey; calicoVersion?: string } = {}): string[] {
  return problems(text, options).map(({ code, path }) => `${code} ${path.join('.')}`);
}

function peer(spec: string): string {
  return `apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: rack0\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
}

test('a good object says nothing', () => {
  assert.deepEqual(found(peer('peerIP: 192.0.2.1:179\nasNumber: 64512\nmaxRestartTime: 90s')), []);
});

test('a misspelt field is one finding, also where it is the required one', () => {
  const text = 'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a}\nspec:\n  cdir: 10.244.0.0/16\n';
  const [problem, ...more] = problems(text);
  assert.deepEqual(more, []);
  assert.equal(problem?.code, 'schema/unknown-field');
  assert.deepEqual(problem?.path, ['spec', 'cdir']);
  assert.equal(problem?.part, 'key');
  assert.deepEqual(problem?.fix, { kind: 'rename-key', to: 'cidr' });
});

test('wrong case is its own finding', () => {
  const [problem] = problems(peer('peerip: 192.0.2.1\nasNumber: 64512'));
  assert.equal(problem?.code, 'schema/wrong-case');
  assert.deepEqual(problem?.fix, { kind: 'rename-key', to: 'peerIP' });
});

test('a field at the wrong level is sent to its place, and is not missed there', () => {
  const text =
    'apiVersion: projectcalico.org/v3\nkind: BGPPeer\npeerIP: 192.0.2.1\nmetadata: {name: a}\nspec:\n  asNumber: 64512\n  reachableBy: 10.0.0.1\n';
  const [problem, ...more] = problems(text);
  assert.deepEqual(more, []);
  assert.deepEqual(problem?.fix, { kind: 'move', toPath: ['spec', 'peerIP'] });
});

test('children that lost their indentation belong to another rule', () => {
  const text =
    'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\nname: a\nspec:\npeerIP: 192.0.2.1\nasNumber: 64512\n';
  assert.deepEqual(found(text), []);
});

test('types: quotes are offered where they are missing or too many', () => {
  const [quoted] = problems(peer('peerIP: 192.0.2.1\nasNumber: 1\nttlSecurity: "2"'));
  assert.deepEqual([quoted?.code, quoted?.fix], ['schema/type', { kind: 'unquote' }]);
  const [label] = problems(
    'apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderReservedIP\nmetadata: {name: a, labels: {rack: 1}}\nspec: {}\n',
  );
  assert.deepEqual(
    [label?.code, label?.path, label?.fix],
    ['schema/type', ['metadata', 'labels', 'rack'], { kind: 'quote' }],
  );
  const [seconds] = problems(peer('peerIP: 192.0.2.1\nasNumber: 1\nmaxRestartTime: 90'));
  assert.deepEqual(seconds?.fix, { kind: 'replace-value', to: '90s' });
});

test('what YAML 1.1 reads otherwise is told once, as such', () => {
  const text =
    'apiVersion: projectcalico.org/v3\nkind: NetworkSet\nmetadata:\n  name: a\n  namespace: b\n  labels: {a: yes, b: 0123, c: null, d: "yes", e: true}\nspec: {}\n';
  assert.deepEqual(found(text), [
    'yaml/ambiguous-scalar metadata.labels.a',
    'yaml/ambiguous-scalar metadata.labels.b',
    'yaml/ambiguous-scalar metadata.labels.e',
    'yaml/ambiguous-scalar metadata.labels.c',
  ]);
});

test('calicoctl turns numbers and booleans into text, so a Node may have them', () => {
  const node = (labels: string) =>
    `apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: a, labels: ${labels}}\nspec: {}\n`;
  assert.deepEqual(found(node('{route-reflector: true, rack: 1}')), []);
  assert.deepEqual(found(node('{route-reflector: yes, version: 1.10}')), [
    'yaml/ambiguous-scalar metadata.labels.route-reflector',
    'yaml/ambiguous-scalar metadata.labels.version',
  ]);
});

test('a file that only names an object, as for deletion, is complete', () => {
  assert.deepEqual(found('apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\n'), []);
});

test('the nearest allowed value is offered', () => {
  const [problem] = problems(peer('peerIP: 192.0.2.1\nasNumber: 1\nnextHopMode: self'));
  assert.deepEqual([problem?.code, problem?.fix], ['schema/enum', { kind: 'replace-value', to: 'Self' }]);
});

test('values that ignore case upstream ignore it here', () => {
  const felix = (value: string) =>
    `apiVersion: projectcalico.org/v3\nkind: FelixConfiguration\nmetadata: {name: default}\nspec:\n  logSeverityScreen: ${value}\n`;
  assert.deepEqual(found(felix('DEBUG')), []);
  assert.deepEqual(problems(felix('Debugg'))[0]?.fix, { kind: 'replace-value', to: 'Debug' });
});

test('AS numbers of four bytes are fine, also dotted; only a release that refuses them is mentioned', () => {
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 4200000001')), []);
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: "64086.59905"')), []);
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 4294967296')), ['schema/constraint spec.asNumber']);
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: "1.70000"')), ['schema/constraint spec.asNumber']);
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 4200000001'), { calicoVersion: 'v3.32' }), [
    'schema/version spec.asNumber',
  ]);
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 4200000001'), { calicoVersion: 'v3.30' }), []);
});

test('templates are unknown, not wrong', () => {
  assert.deepEqual(
    found(
      peer(
        'peerIP: {{ .Values.peer }}\nasNumber: $AS\nnextHopMode: "{{ mode }}"\n"{{ key }}": 1\nfilters: "{{ list }}"',
      ),
    ),
    [],
  );
  assert.deepEqual(
    found('apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: "{{ n }}"}\nspec: "{{ spec }}"\n'),
    [],
  );
  assert.deepEqual(
    found(peer('peerIP: 192.0.2.1\nreachableBy: $GW\nnode: $NODE\nnodeSelector: all()\nasNumber: 1')),
    [],
  );
});

test('nulls are absent fields', () => {
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 1\nfilters:\npassword: ~')), []);
  const [problem] = problems('apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a}\nspec:\n  cidr:\n');
  assert.deepEqual([problem?.code, problem?.path, problem?.part], ['schema/required', ['spec', 'cidr'], 'key']);
});

test('aliases and merge keys are followed; aliases of aliases do not explode', () => {
  const merged =
    'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: &m {name: a}\nspec:\n  <<: {peerIP: 192.0.2.1, asNumber: 1, bogusfield: 2}\n';
  const [problem] = problems(merged);
  assert.deepEqual(
    [problem?.code, problem?.fix],
    ['schema/unknown-field', undefined],
    'an edit here would miss the merged text',
  );
  let bomb =
    'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\nx0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n';
  for (let i = 1; i < 12; i++)
    bomb += `x${i}: &x${i} [*x${i - 1}, *x${i - 1}, *x${i - 1}, *x${i - 1}, *x${i - 1}, *x${i - 1}, *x${i - 1}, *x${i - 1}]\n`;
  const start = performance.now();
  problems(`${bomb}spec: {peerIP: 192.0.2.1, asNumber: 1, filters: *x11}\n`);
  assert.ok(performance.now() - start < 2000);
});

test('keys that JavaScript knows are ordinary keys', () => {
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 1\nconstructor: 1\ntoString: 2')), [
    'schema/unknown-field spec.constructor',
    'schema/unknown-field spec.toString',
  ]);
});

test('status and what the server writes is nobody’s mistake', () => {
  const text =
    'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a, uid: 1, resourceVersion: 5, creationTimestamp: null, managedFields: [{a: 1}]}\nspec: {cidr: 10.0.0.0/16}\nstatus: {conditions: 5, whatever: [1]}\n';
  assert.deepEqual(found(text), []);
});

test('the items of a list are objects of their own', () => {
  const text =
    'apiVersion: projectcalico.org/v3\nkind: IPPoolList\nmetadata: {resourceVersion: "5"}\nitems:\n- apiVersion: projectcalico.org/v3\n  kind: IPPool\n  metadata: {name: a}\n  spec: {cidr: 10.0.0.0/16, natOutgoin: true}\n';
  const [problem] = problems(text);
  assert.deepEqual(problem?.path, ['items', 0, 'spec', 'natOutgoin']);
});

test('releases: a field or kind that is too new or too old', () => {
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 1\nnextHopMode: Self'), { calicoVersion: 'v3.28.1' }), [
    'schema/version spec.nextHopMode',
  ]);
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 1\nnextHopMode: Self'), { calicoVersion: 'v3.31' }), []);
  assert.deepEqual(found(peer('peerIP: 192.0.2.1\nasNumber: 1\nkeepOriginalNextHop: true')), [
    'schema/deprecated spec.keepOriginalNextHop',
  ]);
  assert.deepEqual(
    found(peer('peerIP: 192.0.2.1\nasNumber: 1\nkeepOriginalNextHop: true'), { calicoVersion: '3.26' }),
    [],
  );
  const tier = 'apiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: a}\nspec: {order: 1}\n';
  assert.deepEqual(found(tier, { calicoVersion: '3.28' }), ['schema/version kind']);
  const old =
    'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a}\nspec: {cidr: 10.0.0.0/16, nat-outgoing: true}\n';
  assert.deepEqual(found(old, { calicoVersion: '3.32' }), ['schema/version spec.nat-outgoing']);
  assert.deepEqual(found(old), ['schema/deprecated spec.nat-outgoing']);
});

test('what has a default need not be written', () => {
  assert.deepEqual(
    found(
      'apiVersion: projectcalico.org/v3\nkind: IPAMConfiguration\nmetadata: {name: default}\nspec: {maxBlocksPerHost: 4}\n',
    ),
    [],
  );
});

test('Spiderpool: structure', () => {
  const pool = (spec: string) =>
    `apiVersion: spiderpool.spidernet.io/v2beta1\nkind: SpiderIPPool\nmetadata: {name: a}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  assert.deepEqual(
    found(pool('subnet: 10.244.0.0/16\nips: [10.244.100.0-10.244.200.1]\nroutes: [{dst: 0.0.0.0/0, gw: 10.244.0.1}]')),
    [],
  );
  assert.deepEqual(found(pool('subnets: 10.244.0.0/16\nipVersion: 5')), [
    'schema/unknown-field spec.subnets',
    'schema/enum spec.ipVersion',
  ]);
});

test('every sentence is said in both languages', () => {
  const text =
    'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: A_, labels: {"a b": "c d"}}\nspec: {peerIP: 1.2.3.4/24, peerSelector: all(), foo: 1, asNumber: 2, sourceAddress: x}\n';
  for (const { message } of problems(text)) {
    assert.match(message.en, /\.$|\?$/);
    assert.match(message['zh-cn'], /[一-龥].*(。|？)$/);
  }
});
