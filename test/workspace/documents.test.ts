import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pool, ROOT, workspaceOf } from './texts.ts';

const FILE = `${ROOT}/f.yaml`;
const THREE = ['one', 'two', 'three'].map((name, index) => pool(name, `10.${index}.0.0/16`)).join('---\n');

function docs(workspace: ReturnType<typeof workspaceOf>): readonly object[] {
  return workspace.file(FILE)!.documents.map(({ doc }) => doc);
}

test('a comment or white space keeps every document’s identity; what it says is read from the new text', () => {
  const workspace = workspaceOf({ 'f.yaml': THREE });
  const before = docs(workspace);
  const text = THREE.replace('name: two', 'name: two   # the second').replace('kind: IPPool', '\n\nkind:   IPPool');
  workspace.setFile(FILE, text);
  assert.deepEqual(
    docs(workspace).map((doc, index) => doc === before[index]),
    [true, true, true],
  );
  const [, second] = workspace.file(FILE)!.documents;
  assert.ok(second!.doc.text.includes('# the second'));
  assert.equal(text.slice(second!.doc.base, second!.doc.base + second!.doc.text.length), second!.doc.text);
});

test('a change of meaning replaces its document and no other', () => {
  const workspace = workspaceOf({ 'f.yaml': THREE });
  const before = docs(workspace);
  workspace.setFile(FILE, THREE.replace('10.1.0.0', '10.9.0.0'));
  assert.deepEqual(
    docs(workspace).map((doc, index) => doc === before[index]),
    [true, false, true],
  );
});

test('a file that is no object of the model is a new document when its content changes, and the same when a space does', () => {
  const list = '{"name": "net", "plugins": [{"type": "calico"}]}';
  const workspace = workspaceOf({ 'f.yaml': list });
  const [before] = docs(workspace);
  workspace.setFile(FILE, list.replace(': ', ':   '));
  assert.equal(docs(workspace)[0], before);
  workspace.setFile(FILE, list.replace('calico', 'macvlan'));
  assert.notEqual(docs(workspace)[0], before);
});

test('undo brings back the tree that was read before; large texts do not pile up', () => {
  const workspace = workspaceOf({ 'f.yaml': THREE });
  const tree = (): object => workspace.file(FILE)!.documents[1]!.doc.tree;
  const before = tree();
  workspace.setFile(FILE, THREE.replace('10.1.0.0', '10.9.0.0'));
  workspace.setFile(FILE, THREE);
  assert.equal(tree(), before);
  const large = `# ${'x'.repeat(300_000)}`;
  for (const edit of ['a', 'b', 'c', 'd']) workspace.setFile(FILE, `${large}\n${edit}: 1\n`);
  workspace.setFile(FILE, THREE);
  assert.notEqual(tree(), before);
  assert.deepEqual(tree(), before);
});

test('documents keep their identity when others come, go or swap before them', () => {
  const workspace = workspaceOf({ 'f.yaml': THREE });
  const before = docs(workspace);
  workspace.setFile(FILE, `${pool('zero', '10.8.0.0/16')}---\n${THREE}`);
  const now = docs(workspace);
  assert.equal(now.length, 4);
  assert.ok(now.slice(2).every((doc, index) => doc === before[index + 1]));
  workspace.setFile(FILE, THREE.split('---\n').slice(1).join('---\n'));
  assert.equal(docs(workspace)[1], before[2]);
});

test('after any edits, every document is a slice of its file and its tree is of its text', () => {
  const workspace = workspaceOf({ 'f.yaml': THREE });
  const texts = [
    THREE,
    `${pool('zero', '10.8.0.0/16')}---\n${THREE.replace('---\n', `---\n${THREE.split('---\n')[1]}---\n`)}# end\n`,
    `# c\n${THREE}`,
    '',
    '---\n---\n',
    THREE.replaceAll('\n', '\r\n'),
    'a: [\n---\nb: 1',
    `\uFEFF${THREE}`,
    THREE,
  ];
  for (const text of texts) {
    workspace.setFile(FILE, text);
    let at = 0;
    for (const { doc } of workspace.file(FILE)!.documents) {
      assert.equal(doc.base, at);
      assert.equal(text.slice(at, at + doc.text.length), doc.text);
      assert.equal(doc.tree.format === 'yaml' && doc.tree.yaml.text, doc.text);
      at += doc.text.length;
    }
    assert.equal(at, text.length);
  }
});

test('embedded documents point at the parent that is really there', () => {
  const script = (mtu: number, above: string): string =>
    `#!/bin/bash\n${above}cat <<EOF | calicoctl apply -f -\n${pool('p', '10.0.0.0/16')}---\nkind: x\nmtu: ${mtu}\nEOF\n`;
  const workspace = workspaceOf({ 'f.sh': script(1, '') });
  for (const text of [script(1, '# c\n'), script(2, ''), script(2, 'x=1\n\n'), `${script(3, '')}${script(4, '')}`]) {
    workspace.setFile(`${ROOT}/f.sh`, text);
    const states = workspace.file(`${ROOT}/f.sh`)!.all;
    assert.ok(states.length > 2);
    for (const { doc, children } of states)
      for (const child of children) {
        assert.equal(child.doc.parent, doc);
        assert.ok(doc.children!.includes(child.doc));
      }
  }
});

test('which files changed since a revision is told, unless that is long ago; what is read is counted', () => {
  const workspace = workspaceOf({ 'f.yaml': THREE, 'chart.yaml': '{{ if .x }}\na: 1\n{{ end }}\n' });
  assert.deepEqual(workspace.counts, { files: 1, documents: 3, resources: 3 });
  assert.deepEqual(
    [...workspace.skipped].map(({ text }) => text.slice(0, 5)),
    ['{{ if'],
  );
  const before = workspace.revision;
  assert.deepEqual(workspace.changedSince(before), new Set());
  workspace.setFile(FILE, `${THREE}---\n${pool('four', '10.9.0.0/16')}`);
  assert.deepEqual(workspace.changedSince(before), new Set([FILE]));
  assert.deepEqual(workspace.counts, { files: 1, documents: 4, resources: 4 });
  for (let mtu = 0; mtu < 1500; mtu++) workspace.setFile(FILE, `# ${mtu}\n${THREE}`);
  assert.equal(workspace.changedSince(before), undefined);
  assert.deepEqual(workspace.changedSince(workspace.revision - 1), new Set([FILE]));
  workspace.removeFile(FILE);
  assert.deepEqual(workspace.counts, { files: 0, documents: 0, resources: 0 });
});
