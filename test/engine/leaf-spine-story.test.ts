import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Engine } from '../../server/src/engine.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const EXAMPLE = new URL('../../examples/004-leaf-spine/', import.meta.url);
const files = new Map(
  readdirSync(EXAMPLE, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(sh|cfg|yaml)$/.test(path))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(new URL(path.replaceAll('\\', '/'), EXAMPLE), 'utf8')]),
);

type Edit = readonly [path: string, from: RegExp, to: string, which?: number];

/** Types a change into the example as an editor would, and tells what is found now and was not before. */
function changed(...edits: readonly Edit[]): string[] {
  return typed(edits).found;
}

/** Types a change into the example as an editor would, and tells which findings come and which go. */
function typed(edits: readonly Edit[]): { readonly found: string[]; readonly gone: string[] } {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///leaf-spine' }]);
  for (const [path, text] of files) workspace.setFile(`file:///leaf-spine/${path}`, text);
  const engine = new Engine(workspace);
  const before = new Set(engine.diagnoseAll().map(({ code, message }) => `${code} ${message.en}`));
  for (const [path, from, to, which] of edits) {
    const uri = `file:///leaf-spine/${path}`;
    let seen = 0;
    const text = workspace.file(uri)!.text;
    const written = text.replace(from, (found) => (which === undefined || ++seen === which ? to : found));
    assert.notEqual(written, text, `${path} has no ${from}`);
    workspace.setFile(uri, written);
  }
  const after = new Set(engine.diagnoseAll().map(({ code, message }) => `${code} ${message.en}`));
  return {
    found: [...after].filter((line) => !before.has(line)),
    gone: [...before].filter((line) => !after.has(line)),
  };
}

const codes = (lines: readonly string[]) => lines.map((line) => line.split(' ')[0]!).sort();

const LEAF0 = 'startup-conf/leaf0-boot.cfg';

test('without nexthop-self the racks have each other’s routes and no way there', () => {
  const [only, ...more] = changed([LEAF0, /nexthop-self \{\s*\}/g, '']);
  assert.match(only!, /^bgp\/next-hop-unreachable .*control-plane has the route to .*worker2’s pods.*10\.1\.12\.2/);
  assert.deepEqual(more, []);
});

test('a leaf that does not reflect parts the nodes of its own rack', () => {
  const [only, ...more] = changed([LEAF0, /route-reflector-client/g, '']);
  assert.match(only!, /^bgp\/partitioned .*worker` never learns the pods of .*control-plane/);
  assert.deepEqual(more, []);
});

test('one AS for both leaves parts the racks', () => {
  const everywhere = ['startup-conf/leaf1-boot.cfg', 'startup-conf/spine0-boot.cfg', 'startup-conf/spine1-boot.cfg'];
  const [only, ...more] = changed(
    ...[...everywhere, '4-configure-bgp-rr.sh'].map((path) => [path, /65008/g, '65005'] as const),
  );
  assert.match(only!, /^bgp\/as-loop AS 65005 .*control-plane.*worker3/);
  assert.deepEqual(more, []);
});

test('a wrong rack label is a session nobody expects, at both ends', () => {
  const found = changed(['4-configure-bgp-rr.sh', /rack: rack0/g, 'rack: rack1', 2]);
  assert.deepEqual(codes(found), ['bgp/half-open', 'bgp/half-open', 'fabric/label-disagreement']);
});

test('a session that is down for its AS is told once, and not again as missing routes', () => {
  const [only, ...more] = changed(['4-configure-bgp-rr.sh', /asNumber: 65005/g, 'asNumber: 65006', 2]);
  assert.match(only!, /^bgp\/as-mismatch .*AS 65006/);
  assert.deepEqual(more, []);
});

test('a router id of its own, and the first finding is gone', () => {
  const { found, gone } = typed([['startup-conf/spine1-boot.cfg', /router-id "10\.1\.8\.1"/, 'router-id "10.1.12.2"']]);
  assert.deepEqual([found, codes(gone)], [[], ['bgp/duplicate-router-id']]);
});

test('a wrong AS at a spine takes the redundancy, and no route', () => {
  const [only, ...more] = changed(['startup-conf/spine0-boot.cfg', /remote-as 65005/, 'remote-as 65006']);
  assert.match(only!, /^bgp\/as-mismatch .*65006/);
  assert.deepEqual(more, []);
});

test('a leaf that forgets a node leaves the node asking in vain', () => {
  const [only, ...more] = changed([LEAF0, /neighbor 10\.1\.5\.11 \{[\s\S]*?remote-as 65005\s*\}/, '']);
  assert.match(only!, /^bgp\/half-open .*worker/);
  assert.deepEqual(more, []);
});

test('an address that one of four places says otherwise is told with the others', () => {
  const found = changed(['2-setup-clab.sh', /10\.1\.5\.11\/24/, '10.1.5.12/24']);
  assert.ok(codes(found).includes('fabric/address-disagreement'), found.join('\n'));
});

test('VyOS activates no family that it is not given', () => {
  const found = changed([
    'startup-conf/leaf1-boot.cfg',
    /(neighbor 10\.1\.11\.2 \{\s*)address-family \{\s*ipv4-unicast \{\s*\}\s*\}/,
    'neighbor 10.1.11.2 {',
  ]);
  assert.deepEqual(codes(found), ['bgp/family-not-active']);
});
