import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Engine } from '../../server/src/engine.ts';
import { nodeFiles, uriOfPath } from '../../server/src/host/node-files.ts';
import { scanFolder } from '../../server/src/workspace/scan.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const examples = join(import.meta.dirname, '../../examples');

/** The rows of «What Selvage finds»: file and line, rule, severity. */
function promised(example: string): readonly string[] {
  const text = readFileSync(join(examples, example, 'README.md'), 'utf8');
  const section = /^## What Selvage finds$([\s\S]*?)^## /m.exec(text)?.[1] ?? '';
  return [...section.matchAll(/^\| `([^`]+:\d+)` \|.*?\| ([a-z0-9]+\/[a-z0-9-]+) \| (\w+) \|/gm)]
    .map(([, place, rule, severity]) => `${place} ${rule} ${severity}`)
    .sort();
}

async function found(example: string): Promise<readonly string[]> {
  const folder = uriOfPath(join(examples, example));
  const workspace = new Workspace(nodeFiles);
  workspace.setFolders([{ uri: folder }]);
  await scanFolder(workspace, nodeFiles, folder);
  return new Engine(workspace)
    .diagnoseAll()
    .map(
      (one) =>
        `${decodeURI(one.file.slice(folder.length + 1))}:${one.range.start.line + 1} ${one.code} ${one.severity}`,
    )
    .sort();
}

for (const { name } of readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
  test(`examples/${name}: exactly the findings of its README`, async () => {
    assert.deepEqual(await found(name), promised(name));
  });
