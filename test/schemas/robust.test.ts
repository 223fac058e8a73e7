import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fieldsAt, type SchemaKey, schemaAt, validate } from '../../server/src/schemas/index.ts';
import { type Family, familySchemas } from '../../server/src/schemas/keys.ts';
import { schemaNode } from '../../server/src/schemas/lookup.ts';
import { nodeAt, type Path } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

const FAMILIES: readonly Family[] = ['calico', 'containerlab', 'kind', 'multus', 'selvage', 'spiderpool'];
const KEYS = FAMILIES.flatMap((family) =>
  Object.keys(familySchemas(family).kinds).map((kind): SchemaKey => `${family}/${kind}`),
);
const ODD = [
  'null',
  '{}',
  '[]',
  '-1',
  '1.5',
  '99999999999',
  'true',
  'x',
  '""',
  '[{}]',
  '[[null]]',
  '{a: {b: 1}}',
  '"{{ t }}"',
  '[1, [2], {c: 3}]',
  'yes',
  '0123',
];

/** Every path of a schema, list items as index 0, map values as the key `k`. */
function* paths(key: SchemaKey, path: Path = []): Generator<Path> {
  const schema = schemaNode(key, path);
  if (schema === undefined || path.length > 9) return;
  yield path;
  for (const name of Object.keys(schema.properties ?? {})) yield* paths(key, [...path, name]);
  if (schema.items !== undefined) yield* paths(key, [...path, 0]);
  if (typeof schema.additionalProperties === 'object') yield* paths(key, [...path, 'k']);
}

function textWith(path: Path, value: string): string {
  return path.reduceRight<string>(
    (inner, step) => (typeof step === 'number' ? `[${inner}]` : `{${JSON.stringify(step)}: ${inner}}`),
    value,
  );
}

/** Problems must point at what is there, and say something. */
function check(key: SchemaKey, text: string): void {
  const tree = parseYaml(text);
  if (tree.root === undefined) return;
  for (const { path, message, fix } of validate(key, tree, tree.root, [], { calicoVersion: 'v3.30' })) {
    assert.ok(nodeAt(tree.root, path) !== undefined, `${key} ${text} ${JSON.stringify(path)}`);
    assert.ok(message.en.length > 10 && message['zh-cn'].length > 5);
    assert.doesNotMatch(`${message.en}${message['zh-cn']}`, /undefined|NaN|\[object|Symbol/, `${key} ${text}`);
    if (fix?.kind === 'insert' && fix.into.length > 0)
      assert.ok(nodeAt(tree.root, fix.into) !== undefined, `${key} ${text}`);
  }
}

for (const key of KEYS)
  test(`${key}: any value in any field is answered with problems at places that exist`, () => {
    for (const path of paths(key)) for (const value of ODD) check(key, textWith(path, value));
  });

test('any object at all is answered', () => {
  const names = [...new Set(KEYS.flatMap((key) => [...paths(key)].flat().filter((step) => typeof step === 'string')))];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom('10.0.0.0/8', 'all()', 'Allow', 'TCP', '{{ x }}'),
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 4 })), tie('value'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(
      fc.constantFrom(...KEYS),
      fc.dictionary(fc.constantFrom('spec', 'metadata', 'kind', 'topology', 'nodes', 'rules'), value),
      (key, object) => check(key, JSON.stringify(object)),
    ),
    { numRuns: 400 },
  );
});

test('fields can be looked up for hover and completion', () => {
  const peer = fieldsAt('calico/BGPPeer', ['spec']);
  assert.ok(peer.length > 15);
  const mode = peer.find(({ name }) => name === 'nextHopMode')!;
  assert.deepEqual(
    [mode.types, mode.enum, mode.since, mode.required],
    [['string'], ['Auto', 'Self', 'Keep'], '3.30', false],
  );
  assert.match(mode.description!['zh-cn'], /下一跳/);
  assert.equal(schemaAt('calico/IPPool', ['spec', 'cidr'])?.required, true);
  assert.equal(schemaAt('calico/IPPool', ['spec', 'assignmentMode'])?.default, 'Automatic');
  assert.equal(schemaAt('calico/BGPPeer', ['spec', 'keepOriginalNextHop'])?.instead, 'nextHopMode');
  assert.deepEqual(schemaAt('calico/FelixConfiguration', ['spec', 'logSeverityScreen'])?.enum?.slice(0, 2), [
    'Trace',
    'Debug',
  ]);
  assert.match(schemaAt('calico/NetworkPolicy', ['spec', 'ingress', 0, 'source', 'nets'])!.description!.en, /match/);
  assert.match(schemaAt('containerlab/Topology', ['topology', 'nodes', 'leaf1', 'mgmt-ipv4'])!.description!.en, /mask/);
  assert.ok(schemaAt('containerlab/Topology', ['topology', 'nodes', 'leaf1', 'kind'])!.enum!.includes('nokia_srlinux'));
  assert.ok(fieldsAt('kind/Cluster', ['nodes', 0]).some(({ name }) => name === 'role'));
  assert.equal(schemaAt('calico/BGPPeer', ['spec', 'nothing']), undefined);
});
