import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/engine/file-edits.ts';
import { suppressionsIn } from '../../server/src/engine/suppressions.ts';
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

const UNUSED = 'selvage/unused-suppression';

function unusedIn(text: string, name = 'a.yaml', settings = ''): readonly string[] {
  const engine = new Engine(workspaceOf({ [name]: text, 'selvage.yaml': settings }));
  return engine
    .diagnose(`${ROOT}/${name}`)
    .filter(({ code }) => code === UNUSED)
    .map(({ range, severity }) => `${range.start.line}:${range.start.character}-${range.end.character} ${severity}`);
}

test('an id that silences nothing is told, on the id, as a hint', () => {
  assert.deepEqual(unusedIn(PEER.replace('name: x', `name: x # selvage-ignore ${ID}`)), []);
  assert.deepEqual(unusedIn(PEER.replace('name: x', `name: x # selvage-ignore ${ID}, bgp/as-mismatch`)), [
    '3:52-67 hint',
  ]);
  assert.deepEqual(unusedIn(`# selvage-ignore-file clab/*\n${PEER}`), ['0:22-28 hint']);
  assert.deepEqual(unusedIn(`${PEER}---\n# selvage-ignore ${ID}\nkind: ConfigMap\napiVersion: v1\n`), [
    `6:17-${17 + ID.length} hint`,
  ]);
});

test('an id that no rule has is told with the nearest one', () => {
  const engine = new Engine(workspaceOf({ 'a.yaml': `# selvage-ignore-file bgp/peer-without-targets\n${PEER}` }));
  const said = engine.diagnose(`${ROOT}/a.yaml`).find(({ code }) => code === UNUSED);
  assert.match(said?.message.en ?? '', /no rule bgp\/peer-without-targets; is bgp\/peer-without-target meant/);
});

test('nothing is said of rules that are off, in Markdown, or where settings or a comment forbid it', () => {
  const comment = `# selvage-ignore-file bgp/as-mismatch\n${PEER}`;
  assert.equal(unusedIn(comment).length, 1);
  assert.deepEqual(unusedIn(comment, 'a.yaml', 'rules:\n  bgp/as-mismatch: "off"\n'), []);
  assert.deepEqual(unusedIn(comment, 'a.yaml', `rules:\n  ${UNUSED}: "off"\n`), []);
  assert.deepEqual(unusedIn(comment, 'a.yaml', `rules:\n  ${UNUSED}: warning\n`), ['0:22-37 warning']);
  assert.deepEqual(unusedIn(`# selvage-ignore-file ${UNUSED}\n${comment}`), []);
  assert.deepEqual(unusedIn(`Text\n\n\`\`\`yaml\n${comment}\`\`\`\n`, 'a.md'), []);
});

test('the fix takes out the comment, its line when it stands alone, or only the id that is not needed', () => {
  const fixed = (text: string): string => {
    const engine = new Engine(workspaceOf({ 'a.yaml': text }));
    const said = engine.diagnose(`${ROOT}/a.yaml`).find(({ code }) => code === UNUSED)!;
    return applyEdits(text, engine.editsOf(said.finding.fixes[0]!));
  };
  assert.equal(fixed(`# selvage-ignore-file bgp/as-mismatch\n${PEER}`), PEER);
  assert.equal(fixed(PEER.replace('name: x', 'name: x   # selvage-ignore bgp/as-mismatch')), PEER);
  assert.equal(
    fixed(PEER.replace('name: x', `name: x # selvage-ignore ${ID}, bgp/as-mismatch`)),
    PEER.replace('name: x', `name: x # selvage-ignore ${ID}`),
  );
});

test('comments of every format are found, and what ends them is no id', () => {
  const [suppression] = suppressionsIn('/* selvage-ignore vyos/secret */\n');
  assert.deepEqual(
    suppression?.ids.map(({ id }) => id),
    ['vyos/secret'],
  );
  for (const text of ['! selvage-ignore frr/incomplete', '// selvage-ignore frr/incomplete', 'x # selvage-ignore: a/b'])
    assert.equal(suppressionsIn(text)[0]?.ids.length, 1, text);
});

test('selvage.yaml has the last word on a rule’s level, whatever the editor’s settings say', () => {
  for (const level of ['hint', 'information', 'warning', 'error'] as const) {
    const workspace = workspaceOf({ 'a.yaml': PEER, 'selvage.yaml': `rules: {${ID}: ${level}}\n` });
    workspace.setFolders([{ uri: ROOT, settings: { rules: { [ID]: level === 'hint' ? 'error' : 'off' } } }]);
    const found = new Engine(workspace).diagnose(`${ROOT}/a.yaml`).filter(({ code }) => code === ID);
    assert.deepEqual(
      found.map(({ severity }) => severity),
      [level],
    );
  }
});
