/**
 * Finds out in which Calico release each field of the CRDs came and went, and writes `since.json`.
 * Usage: node scripts/schemas/since.ts <a git directory of projectcalico/calico with its tags>
 * A field that the oldest release read (3.21) already has gets no entry.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Structure } from './structure.ts';

const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: since.ts <calico git directory>');

const OLDEST = 21;
const NEWEST = 32;
const FOLDERS = ['libcalico-go/config/crd', 'api/config/crd'];

function git(...args: string[]): string {
  return execFileSync('git', ['-C', directory!, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Fields are sometimes backported, so a release is judged by its last patch: a warning too few rather than one too many. */
function lastPatchOf(minor: number): string {
  return git('tag', '--list', `v3.${minor}.*`, '--sort=-v:refname')
    .split('\n')
    .find((tag) => /^v3\.\d+\.\d+$/.test(tag))!;
}

/** Every field path of every Calico kind at a revision, as `Kind.spec.field[].field`. */
function fieldsOf(revision: string): Set<string> {
  const fields = new Set<string>();
  const files = git('ls-tree', '-r', '--name-only', revision, ...FOLDERS).split('\n');
  for (const file of files) {
    if (!/\/(crd\.)?projectcalico\.org_\w+\.yaml$/.test(file)) continue;
    const crd = parse(git('show', `${revision}:${file}`));
    const kind = crd.spec.names.kind === 'IPAMConfig' ? 'IPAMConfiguration' : crd.spec.names.kind;
    fields.add(kind);
    for (const version of crd.spec.versions) walk(version.schema.openAPIV3Schema, kind, fields);
  }
  return fields;
}

function walk(schema: Structure, path: string, into: Set<string>): void {
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (path.indexOf('.') < 0 && (name === 'status' || name === 'metadata' || name === 'apiVersion' || name === 'kind'))
      continue;
    into.add(`${path}.${name}`);
    walk(child, `${path}.${name}`, into);
  }
  if (schema.items !== undefined) walk(schema.items, `${path}[]`, into);
  if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, `${path}{}`, into);
}

const releases: { version: string; fields: Set<string> }[] = [];
for (let minor = OLDEST; minor <= NEWEST; minor++)
  releases.push({ version: `3.${minor}`, fields: fieldsOf(lastPatchOf(minor)) });
releases.push({ version: `3.${NEWEST + 1}`, fields: fieldsOf('HEAD') });

const since: Record<string, string> = {};
const until: Record<string, string> = {};
const newest = releases.at(-1)!;
for (const field of new Set(releases.flatMap((release) => [...release.fields]))) {
  const first = releases.find((release) => release.fields.has(field))!;
  if (first !== releases[0]) since[field] = first.version;
  if (newest.fields.has(field)) continue;
  until[field] = releases.findLast((release) => release.fields.has(field))!.version;
}

/** An entry says nothing new when its parent came or went at the same time. */
function pruned(facts: Record<string, string>): Record<string, string> {
  const kept = Object.entries(facts).filter(
    ([field, version]) => facts[field.replace(/(\[\]|\{\})*\.[^.]+$/, '')] !== version,
  );
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

writeFileSync(
  new URL('since.json', import.meta.url),
  `${JSON.stringify({ since: pruned(since), until: pruned(until) }, null, 1)}\n`,
);
