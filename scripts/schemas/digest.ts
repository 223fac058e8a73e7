/** Upstream's CRDs without their wording, and the flat form in which two structures are compared. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Structure } from './structure.ts';

export interface Crd {
  /** `calico/IPPool`, as server/src/schemas calls it. */
  readonly key: string;
  readonly scope: 'Cluster' | 'Namespaced';
  readonly schema: Structure;
  readonly rules: readonly { readonly hash: string; readonly at: string }[];
}

/** CRDs that exist beside these are internal: calicoctl does not take them. */
const INTERNAL = ['BlockAffinity', 'IPAMBlock', 'IPAMHandle'];

const FAMILIES: Record<string, string> = {
  'projectcalico.org': 'calico',
  'spiderpool.spidernet.io': 'spiderpool',
  'k8s.cni.cncf.io': 'multus',
};

const KEPT = [
  'type',
  'enum',
  'default',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'nullable',
  'required',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-preserve-unknown-fields',
] as const;

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The CRDs of Calico (newest), Spiderpool and Multus below an upstream folder, in the order of their keys. */
export function readCrds(folder: string): Crd[] {
  const crds: Crd[] = [];
  for (const directory of ['calico-head-crds', 'spiderpool-crds']) {
    for (const file of readdirSync(join(folder, directory))) {
      const crd = parse(readFileSync(join(folder, directory, file), 'utf8'));
      const family = FAMILIES[crd.spec.group];
      if (family === undefined || INTERNAL.includes(crd.spec.names.kind)) continue;
      const schema = crd.spec.versions.at(-1).schema.openAPIV3Schema as Structure;
      const key = `${family}/${crd.spec.names.kind}`;
      crds.push({ key, scope: crd.spec.scope, schema: bare(schema), rules: rulesOf(schema, crd.spec.names.kind) });
    }
  }
  return crds.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A schema with nothing but structure, keys in a fixed order. */
function bare(schema: Structure): Structure {
  const result: Record<string, unknown> = {};
  for (const word of KEPT) if (schema[word] !== undefined) result[word] = schema[word];
  if (schema.properties !== undefined) result.properties = mapValues(schema.properties, bare);
  if (schema.items !== undefined) result.items = bare(schema.items);
  if (typeof schema.additionalProperties === 'object') result.additionalProperties = bare(schema.additionalProperties);
  else if (schema.additionalProperties !== undefined) result.additionalProperties = schema.additionalProperties;
  if (schema['x-kubernetes-int-or-string'] === true) result.type = ['integer', 'string'];
  else if (schema.anyOf !== undefined) throw new Error('an anyOf that is not IntOrString needs thought');
  if (schema.allOf !== undefined) result.enum = inEvery(schema.allOf.map((part) => part.enum ?? []));
  return result as Structure;
}

/** Upstream writes some enums twice, as `allOf`; what counts is what both allow. */
function inEvery(lists: unknown[][]): unknown[] {
  return lists.reduce((kept, list) => kept.filter((value) => list.includes(value)));
}

/** CEL rules by fingerprint: the text of a rule is upstream's, its identity is a fact. Transition rules are left out. */
function rulesOf(schema: Structure, path: string): { hash: string; at: string }[] {
  const own = (schema['x-kubernetes-validations'] ?? [])
    .filter(({ rule }) => !rule.includes('oldSelf'))
    .map(({ rule }) => ({ hash: createHash('sha256').update(rule).digest('hex').slice(0, 12), at: path }));
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => rulesOf(child, `${path}.${name}`));
  const items = schema.items === undefined ? [] : rulesOf(schema.items, `${path}[]`);
  return [...own, ...below, ...items];
}

/** One line a field: `spec.nets[]` → its type, allowed values, ranges and defaults. `$ref`s are followed with `lookup`. */
export function digestOf(
  schema: Structure,
  lookup: (ref: string) => Structure = unknownReference,
): Record<string, string> {
  const lines: Record<string, string> = {};
  describe(schema, '', lookup, lines);
  return lines;
}

function unknownReference(ref: string): Structure {
  throw new Error(`no schema is called ${ref}`);
}

function describe(
  given: Structure & { $ref?: string },
  path: string,
  lookup: (ref: string) => Structure,
  into: Record<string, string>,
): void {
  const schema = given.$ref === undefined ? given : lookup(given.$ref);
  const facts: string[] = [[schema.type ?? 'any'].flat().join('|')];
  for (const word of KEPT) {
    const value = word === 'pattern' ? (schema['x-selvage-pattern'] ?? schema.pattern) : schema[word];
    if (word === 'type' || value === undefined) continue;
    facts.push(`${word}=${JSON.stringify(word === 'required' ? [...(value as string[])].sort() : value)}`);
  }
  if (schema.additionalProperties === true) facts.push('open');
  into[path === '' ? '.' : path] = facts.join(' ');
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (path === '' && ['apiVersion', 'kind', 'metadata'].includes(name)) continue;
    describe(child, path === '' ? name : `${path}.${name}`, lookup, into);
  }
  if (schema.items !== undefined) describe(schema.items, `${path}[]`, lookup, into);
  if (typeof schema.additionalProperties === 'object') describe(schema.additionalProperties, `${path}{}`, lookup, into);
}

/** Every property name anywhere in a JSON Schema, sorted. */
export function propertyNames(schema: unknown): string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const properties = (node as { properties?: object }).properties;
    if (typeof properties === 'object') for (const name of Object.keys(properties)) names.add(name);
    for (const child of Object.values(node)) visit(child);
  };
  visit(schema);
  return [...names].sort();
}

export function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
