import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface FakeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: object;
}

/**
 * Writes a program `calicoctl` into a folder: it keeps objects in a file beside it and says what the real one says (its words are
 * those of the transcripts). It also notes every call. `FAKE_CALICOCTL_FAILS` holds a regular expression of objects to fail at,
 * `FAKE_CALICOCTL_SLOW` the milliseconds that a write takes. `objects` are there from the beginning.
 */
export function fakeCalicoctl(folder: string, objects: readonly FakeObject[] = []): string {
  const path = join(folder, 'calicoctl');
  writeFileSync(path, `#!${process.execPath}\n${PROGRAM}`);
  chmodSync(path, 0o755);
  if (objects.length > 0) {
    const entries = objects.map((object, index) => {
      const metadata = { ...object.metadata, resourceVersion: String(index + 1), uid: `fake-${index}` };
      return [`${object.kind}  ${object.metadata.name}`, { ...object, metadata }];
    });
    const state = { revision: objects.length + 1, objects: Object.fromEntries(entries) };
    writeFileSync(join(folder, 'calicoctl-objects.json'), JSON.stringify(state));
  }
  return path;
}

const PROGRAM = `
const fs = require('node:fs');
const { join } = require('node:path');
const file = join(__dirname, 'calicoctl-objects.json');
const [verb, ...args] = process.argv.slice(2);
fs.appendFileSync(join(__dirname, 'calicoctl-calls.txt'), process.argv.slice(2).join(' ') + '\\n');
const state = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { revision: 1, objects: {} };
const fail = (text) => { process.stderr.write(text + '\\n'); process.exit(1); };
const print = (value) => { process.stdout.write(JSON.stringify(value) + '\\n'); process.exit(0); };
const keyOf = (o) => [o.kind, o.metadata.namespace || '', o.metadata.name].join(' ');
const named = (o) => o.kind + '(' + o.metadata.name + ')';
const API = 'projectcalico.org/v3';
if (verb === 'version') { process.stdout.write('Client Version:    v3.31.7\\nGit commit:        \\n'); process.exit(0); }
if (verb === 'node') {
  const row = (peer, state, info) => '| ' + peer + ' | node-to-node mesh | ' + state + ' | 11:53:08 | ' + info + ' |\\n';
  process.stdout.write('Calico process is running.\\n\\nIPv4 BGP status\\n| PEER ADDRESS | PEER TYPE | STATE | SINCE | INFO |\\n' + row('172.16.0.12', 'up', 'Established') + row('172.16.0.13', 'start', 'Active Socket: Connection refused') + '\\n');
  process.exit(0);
}
if (verb === 'ipam') {
  process.stdout.write('| GROUPING | CIDR | IPS TOTAL | IPS IN USE | IPS FREE |\\n| IP Pool | 10.20.0.0/16 | 65536 | 210 (0%) | 65326 (100%) |\\n');
  process.exit(0);
}
const reads = args.includes('--filename=-');
const object = reads ? JSON.parse(fs.readFileSync(0, 'utf8')) : undefined;
if (verb === 'get' && !reads) {
  const items = Object.values(state.objects).filter((o) => o.kind.toLowerCase() === args[0]);
  if (args[0] === 'clusterinformation')
    items.push({ apiVersion: API, kind: 'ClusterInformation', metadata: { name: 'default' }, spec: { clusterGUID: 'fake', datastoreReady: true } });
  print({ apiVersion: API, kind: 'List', metadata: { resourceVersion: String(state.revision) }, items });
}
const key = keyOf(object);
const known = state.objects[key];
if (verb === 'get') known ? print(known) : fail('resource does not exist: ' + named(object) + ' with error: <nil>');
const failing = process.env.FAKE_CALICOCTL_FAILS;
if (failing && new RegExp(failing).test(key)) fail("failed to " + verb + " '" + object.kind + "' resource: [error with field Spec = 'x' (it does not please)]");
const stale = known && object.metadata.resourceVersion && object.metadata.resourceVersion !== known.metadata.resourceVersion;
if (verb === 'create' && known) fail("failed to create '" + object.kind + "' resource: [resource already exists: " + named(object) + ']');
if (verb !== 'create' && !known) fail('hit error: resource does not exist: ' + named(object) + ' with error: <nil>');
if (stale) fail('hit error: update conflict: ' + named(object));
if (process.env.FAKE_CALICOCTL_SLOW) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(process.env.FAKE_CALICOCTL_SLOW));
state.revision += 1;
if (verb === 'delete') delete state.objects[key];
else state.objects[key] = { ...object, metadata: { ...object.metadata, creationTimestamp: '2024-01-01T00:00:00Z', uid: 'fake-' + key, resourceVersion: String(state.revision) } };
// Under another name first: who reads meanwhile never finds half of it.
fs.writeFileSync(file + '.part', JSON.stringify(state, null, 1));
fs.renameSync(file + '.part', file);
const done = { create: 'created', replace: 'replaced', delete: 'deleted' }[verb];
process.stdout.write('Successfully ' + done + " 1 '" + object.kind + "' resource(s)\\n");
`;
