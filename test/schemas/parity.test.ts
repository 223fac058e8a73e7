import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { digestOf, propertyNames, readCrds, readJson } from '../../scripts/schemas/digest.ts';
import type { Schema } from '../../scripts/schemas/schema.ts';
import type { Structure } from '../../scripts/schemas/structure.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const upstream = join(root, '../shared/upstream');

interface Digest {
  readonly fields: Record<string, Record<string, string>>;
  readonly rules: Record<string, string>;
  readonly containerlab: readonly string[];
}
const digest = readJson(join(root, 'test/schemas/digest.json')) as Digest;

function schemaOf(key: string): Schema {
  return readJson(join(root, 'schemas', `${key}.json`)) as Schema;
}

function ours(key: string): Record<string, string> {
  const schema = schemaOf(key);
  return digestOf(schema as Structure, (ref) => schema.$defs![ref.slice('#/$defs/'.length)] as Structure);
}

/** Where we differ on purpose; each line says why. */
function deviates(path: string, line: string): boolean {
  // AS numbers above 2147483647 and `high.low` texts are legal; upstream's schema forgets them.
  if (/format="as-number"/.test(line)) return true;
  // Fields that are gone stay known, so that a file for an old release can be read and told apart.
  return /(^|\.)(ipip(\..+)?|nat-outgoing|policyMigration(\..+)?|iptablesLockFilePath|iptablesLockTimeout|bpfKubeProxyEndpointSlicesEnabled)$/.test(
    path,
  );
}

for (const [key, theirs] of Object.entries(digest.fields)) {
  test(`${key} has upstream's fields, types, values and ranges`, () => {
    const mine = ours(key);
    const differing = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]
      .filter((path) => theirs[path] !== mine[path] && !deviates(path, mine[path] ?? ''))
      .map((path) => ({ path, upstream: theirs[path], ours: mine[path] }));
    assert.deepEqual(differing, []);
  });
}

test('AS numbers are where upstream has int32, and nothing else is', () => {
  const found = Object.keys(digest.fields).flatMap((key) =>
    Object.entries(ours(key))
      .filter(([, line]) => /as-number/.test(line))
      .map(([path]) => `${key} ${path}`),
  );
  assert.deepEqual(
    found.filter((each) => !/(asNumber|localASNumber|asPathPrefix\[\]|prependASPath\.prefix\[\])$/.test(each)),
    [],
  );
  assert.equal(found.length, 1 + 2 + 8);
});

test('the containerlab schema knows every name that upstream knows', () => {
  const known = new Set([...propertyNames(schemaOf('containerlab/Topology')), ...kindNames()]);
  // Kinds that upstream's schema lists and its code does not register; and an alias, told by clab/legacy-kind.
  const notRegistered = ['cisco_csr', 'cisco_nxos', 'ostinato', 'cjunosevolved'];
  assert.deepEqual(
    digest.containerlab.filter((name) => !known.has(name) && !notRegistered.includes(name)),
    [],
  );
});

function kindNames(): readonly string[] {
  return schemaOf('containerlab/Topology').$defs!.Node!.properties!.kind!['x-selvage-values']!;
}

test('the digest is that of the upstream beside this repository', {
  skip: !existsSync(upstream) && 'no upstream here',
}, () => {
  const crds = readCrds(upstream);
  assert.deepEqual(Object.fromEntries(crds.map((crd) => [crd.key, digestOf(crd.schema)])), digest.fields);
  assert.deepEqual(
    [...new Set(crds.flatMap((crd) => crd.rules.map(({ hash }) => hash)))].sort(),
    Object.keys(digest.rules).sort(),
  );
  assert.deepEqual(propertyNames(readJson(join(upstream, 'containerlab/clab.schema.json'))), digest.containerlab);
});

/** Every description of a schema, with the language. */
function descriptions(node: unknown, into: { en: string; zh: string }[] = []): { en: string; zh: string }[] {
  if (typeof node !== 'object' || node === null) return into;
  const schema = node as Schema;
  if (typeof schema.description === 'string') into.push({ en: schema.description, zh: schema['x-description-zh-cn']! });
  for (const child of Object.values(node)) descriptions(child, into);
  return into;
}

const published = readdirSync(join(root, 'schemas'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));

test('every field is described, in English and in Chinese', () => {
  for (const key of published) {
    const schema = schemaOf(key);
    const lookup = (ref: string) => schema.$defs![ref.slice('#/$defs/'.length)]!;
    for (const [path, part] of fields(schema, key, lookup))
      assert.ok(
        (part.description ?? (part.$ref && lookup(part.$ref).description)) !== undefined,
        `${path} is not described`,
      );
    for (const { en, zh } of descriptions(schema)) {
      assert.match(en, /^[A-Za-z0-9*/].*[.]$/s, en);
      assert.match(zh, /[一-龥]/, en);
      assert.ok(en.length < 200, en);
    }
  }
});

function* fields(schema: Schema, path: string, lookup: (ref: string) => Schema): Generator<[string, Schema]> {
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    yield [`${path}.${name}`, child];
    yield* fields(child, `${path}.${name}`, lookup);
  }
  if (schema.items !== undefined) yield* fields(schema.items, `${path}[]`, lookup);
}

test('no description is upstream’s: no eight words in a row are shared', {
  skip: !existsSync(upstream) && 'no upstream here',
}, () => {
  const theirs = new Set<string>();
  const read = (file: string) => (file.endsWith('.json') ? readJson(file) : parse(readFileSync(file, 'utf8')));
  for (const file of readdirSync(upstream, { recursive: true, encoding: 'utf8' }))
    if (/\.(ya?ml|json)$/.test(file))
      for (const text of theirDescriptions(read(join(upstream, file)))) for (const run of runsOf(text)) theirs.add(run);
  assert.ok(theirs.size > 1000);
  const shared = published
    .flatMap((key) => descriptions(schemaOf(key)).map(({ en }) => en))
    .filter((en) => runsOf(en).some((run) => theirs.has(run)));
  assert.deepEqual(shared, []);
});

function theirDescriptions(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as { description?: unknown }).description;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(node).flatMap(theirDescriptions)];
}

/** Every run of eight words; shorter texts as they are. */
function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  if (words.length < 8) return words.length < 4 ? [] : [words.join(' ')];
  return words.slice(7).map((_, index) => words.slice(index, index + 8).join(' '));
}
