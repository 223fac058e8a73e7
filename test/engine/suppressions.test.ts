import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../../server/src/engine.ts';
import { ROOT, workspaceOf } from '../workspace/texts.ts';

const PEER = 'apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: x\nspec: {}\n';
const ID = 'bgp/peer-without-target';

function lines(text: string): readonly number[] {
  const engine = new Engine(workspaceOf({ 'a.yaml': text }));
  return engine
    .diagnose(`${ROOT}/a.yaml`)
    .filter(({ code }) => code === ID)
    .map(({ range }) => range.start.line);
}

test('a comment on the line, or alone above it, silences the rules that it names', () => {
  assert.deepEqual(lines(PEER), [3]);
  assert.deepEqual(lines(PEER.replace('name: x', `name: x # selvage-ignore ${ID}`)), []);
  assert.deepEqual(lines(PEER.replace('  name: x', `  # selvage-ignore ${ID}\n  name: x`)), []);
  assert.deepEqual(
    lines(PEER.replace('  name: x', '  # selvage-ignore bgp/*\n  # selvage-ignore yaml/syntax\n  name: x')),
    [],
  );
  assert.deepEqual(lines(PEER.replaceAll('\n', '\r\n').replace('name: x', `name: x # selvage-ignore ${ID}`)), []);
});

test('a comment that names another rule, stands elsewhere or names none silences nothing', () => {
  assert.deepEqual(lines(PEER.replace('name: x', 'name: x # selvage-ignore bgp/as-mismatch')), [3]);
  assert.deepEqual(lines(PEER.replace('kind: BGPPeer', `kind: BGPPeer # selvage-ignore ${ID}`)), [3]);
  assert.deepEqual(lines(PEER.replace('name: x', 'name: x # selvage-ignore')), [3]);
});

test('selvage-ignore-file silences rules in its file and in no other', () => {
  const text = `# selvage-ignore-file ${ID}\n${PEER}---\n${PEER}`;
  const engine = new Engine(workspaceOf({ 'a.yaml': text, 'b.yaml': PEER.replace('x', 'y') }));
  assert.deepEqual(
    engine
      .diagnoseAll()
      .filter(({ code }) => code === ID)
      .map(({ file }) => file),
    [`${ROOT}/b.yaml`],
  );
});
