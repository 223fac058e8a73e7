import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nameKey } from '../../server/src/assembly/names.ts';
import { NAMES } from '../../server/src/assembly/names-of-site.ts';
import { applyEdits } from '../../server/src/engine/file-edits.ts';
import { rename } from '../../server/src/engine/rename.ts';
import { Engine } from '../../server/src/engine.ts';
import { wordSpanInFile } from '../../server/src/syntax/word.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

function textsOf(example: string): ReadonlyMap<string, string> {
  const folder = join(examples, example);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`file:///${path.slice(folder.length + 1)}`, readFileSync(path, 'utf8')];
    }),
  );
}

function opened(texts: ReadonlyMap<string, string>): Workspace {
  const workspace = new Workspace();
  workspace.setFolders([{ uri: 'file://' }]);
  for (const [uri, text] of texts) workspace.setFile(uri, text);
  return workspace;
}

/** How often each rule finds something. */
function codesOf(workspace: Workspace): string {
  const codes = new Engine(workspace).diagnoseAll().map(({ code }) => code);
  return codes.sort().join('\n');
}

/** A renaming that forgets one place tears something apart, and some rule sees it. */
for (const example of ['broken-fabric', '004-leaf-spine'])
  test(`${example}: whatever gets another name, the findings stay what they are`, () => {
    const texts = textsOf(example);
    const workspace = opened(texts);
    const before = codesOf(workspace);
    const done = new Set<string>();
    let renamed = 0;
    for (const site of workspace.sites())
      for (const use of site.derive(NAMES).definitions()) {
        // An address in another subnet is another network, and `no` is a finding of its own.
        if (done.has(nameKey(use)) || use.kind === 'address' || use.name === 'no') continue;
        done.add(nameKey(use));
        const file = workspace.file(use.place.doc.file)!;
        const at = wordSpanInFile(use.place)[0] + 1;
        const sites = workspace.sitesOf(file.uri);
        const answer = rename(file, at, 'another-name', sites, (uri) => workspace.file(uri)?.text);
        if ('refused' in answer) continue;
        const after = [...texts].map(([uri, text]) => {
          const edits = answer.filter((edit) => edit.file === uri);
          return [uri, applyEdits(text, edits)] as const;
        });
        assert.equal(codesOf(opened(new Map(after))), before, `${use.kind} ${use.name}`);
        renamed++;
      }
    assert.ok(renamed > 10, `only ${renamed} names were tried`);
  });
