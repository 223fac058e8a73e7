import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { completionsAt } from '../../../server/src/engine/completion.ts';
import { Workspace } from '../../../server/src/workspace/workspace.ts';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));

function open(): Workspace {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file:///examples' }]);
  for (const entry of readdirSync(examples, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      workspace.setFile(`file:///examples${path.slice(examples.length)}`, readFileSync(path, 'utf8'));
    }
  return workspace;
}

test('wherever the cursor stands in the examples, every proposal is an edit of its line around the cursor', () => {
  const workspace = open();
  let proposals = 0;
  for (const file of [...workspace.files]) {
    const sites = workspace.sitesOf(file.uri);
    for (let offset = 0; offset <= file.text.length; offset += 11) {
      for (const { span, label, insert } of completionsAt(file, offset, sites)) {
        proposals++;
        const where = `${file.uri}:${offset} ${label}`;
        assert.ok(span[0] <= offset && offset <= span[1], where);
        assert.ok(!file.text.slice(...span).includes('\n'), where);
        assert.ok(insert.length > 0 && label !== '', where);
      }
    }
  }
  assert.ok(proposals > 1000, String(proposals));
});

test('a line that is cut anywhere still gets its answer, and the network keeps its own', () => {
  const workspace = open();
  const uri = 'file:///examples/broken-fabric/fabric.clab.yml';
  const text = workspace.file(uri)!.text;
  for (let offset = 20; offset < text.length; offset += 37) {
    const end = text.indexOf('\n', offset);
    workspace.setFile(uri, text.slice(0, offset) + text.slice(end === -1 ? text.length : end));
    const file = workspace.file(uri);
    if (file !== undefined) completionsAt(file, offset, workspace.sitesOf(uri));
  }
});
