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

/** Types a change into the example as an editor would, and tells what is found now and was not before. */
function changed(...edits: readonly (readonly [path: string, from: RegExp, to: string, which?: number])[]): string[] {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///leaf-spine' }]);
  for (const [path, text] of files) workspace.setFile(`file:///leaf-spine/${path}`, text);
  const engine = new Engine(workspace);
  const before = new Set(engine.diagnoseAll().map(({ code, message }) => `${code} ${message.en}`));
  for (const [path, from, to, which] of edits) {
    const uri = `file:///leaf-spine/${path}`;
    let seen = 0;
    const text = workspace.file(uri)!.text;
    const after = text.replace(from, (found) => (which === undefined || ++seen === which ? to : found));
    assert.notEqual(after, text, `${path} has no ${from}`);
    workspace.setFile(uri, after);
  }
  return engine
    .diagnoseAll()
    .map(({ code, message }) => `${code} ${message.en}`)
    .filter((line) => !before.has(line));
}

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
  const found = changed(['4-configure-bgp-rr.sh', /rack: rack0/g, 'rack: rack1', 2]).map((line) => line.split(' ')[0]);
  assert.deepEqual(found.sort(), ['bgp/half-open', 'bgp/half-open', 'fabric/label-disagreement']);
});

test('a session that is down for its AS is told once, and not again as missing routes', () => {
  const [only, ...more] = changed(['4-configure-bgp-rr.sh', /asNumber: 65005/g, 'asNumber: 65006', 2]);
  assert.match(only!, /^bgp\/as-mismatch .*AS 65006/);
  assert.deepEqual(more, []);
});
