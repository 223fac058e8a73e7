import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { strToU8, zipSync } from 'fflate';
import { Engine } from '../../server/src/engine.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { openFolder, root } from '../e2e/editor.ts';
import { parseFixture } from '../rules/fixture.ts';

/** Part of a rule's id, to try the fixes of some rules only. */
const only = process.env.RULE;

/** One fix of one finding, in a folder of its own. */
interface Task {
  readonly folder: string;
  readonly file: string;
  readonly rule: string;
  readonly title: string;
}

/** Every fix that a bad fixture of a rule offers, each on its own copy of the fixture, which a `selvage.yaml` makes a network. */
function layOut(trial: string): readonly Task[] {
  const tasks: Task[] = [];
  for (const { id } of RULES) {
    if (only !== undefined && !id.includes(only)) continue;
    const fixtures = join(root, 'test/rules', id);
    if (!existsSync(fixtures)) continue;
    const titles = new Set<string>();
    for (const name of readdirSync(fixtures).filter((one) => one.startsWith('bad'))) {
      const { files } = parseFixture(readFileSync(join(fixtures, name), 'utf8'));
      for (const { file, fixes } of findings(files, id)) {
        for (const title of fixes) {
          // One of each kind: titles differ by the names in them.
          const kind = title.replace(/`[^`]*`|\S*\d\S*/g, '…');
          if (titles.has(kind)) continue;
          titles.add(kind);
          const folder = `${id.replace('/', '-')}-${tasks.length}`;
          for (const [path, text] of files.has('selvage.yaml')
            ? files
            : [...files, ['selvage.yaml', '# A network of its own.\n'] as const]) {
            mkdirSync(dirname(join(trial, folder, path)), { recursive: true });
            writeFileSync(join(trial, folder, path), text);
          }
          tasks.push({ folder, file, rule: id, title });
        }
      }
    }
  }
  return tasks;
}

function findings(
  files: ReadonlyMap<string, string>,
  rule: string,
): readonly { readonly file: string; readonly fixes: readonly string[] }[] {
  const workspace = new Workspace({
    list: async () => [],
    read: async () => ({ unreadable: { en: '', 'zh-cn': '' } }),
    exists: (path) => files.has(path.slice('file:///trial/'.length)),
  });
  workspace.setFolders([{ uri: 'file:///trial' }]);
  for (const [file, text] of files) workspace.setFile(`file:///trial/${file}`, text);
  return new Engine(workspace)
    .diagnoseAll()
    .filter((one) => one.code === rule)
    .map((one) => ({ file: one.file.slice('file:///trial/'.length), fixes: one.fixes.map((fix) => fix.title.en) }));
}

/** The driver as an extension that code-server installs. */
function driverPackage(trial: string): string {
  const source = (file: string): Uint8Array => strToU8(readFileSync(join(root, 'test/e2e-fixes/driver', file), 'utf8'));
  const manifest = `<?xml version="1.0" encoding="utf-8"?><PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011"><Metadata><Identity Language="en-US" Id="selvage-fix-driver" Version="0.0.1" Publisher="selvage-tests"/><DisplayName>driver</DisplayName></Metadata><Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation><Dependencies/><Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/></Assets></PackageManifest>`;
  const types = `<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension=".json" ContentType="application/json"/><Default Extension=".cjs" ContentType="application/javascript"/><Default Extension=".vsixmanifest" ContentType="text/xml"/></Types>`;
  const vsix = join(trial, 'driver.vsix');
  const files = {
    'extension.vsixmanifest': strToU8(manifest),
    '[Content_Types].xml': strToU8(types),
    'extension/package.json': source('package.json'),
    'extension/main.cjs': source('main.cjs'),
  };
  writeFileSync(vsix, zipSync(files));
  return vsix;
}

test('every kind of fix of every rule is applied in VS Code, and its finding goes away', async () => {
  const trial = mkdtempSync(join(tmpdir(), 'selvage-fixes-'));
  const folder = join(trial, 'network');
  mkdirSync(folder);
  try {
    const tasks = layOut(folder);
    assert.ok(only !== undefined || tasks.length > 60, `only ${tasks.length} fixes`);
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(tasks));
    const editor = await openFolder(folder, { extensions: [driverPackage(trial)] });
    try {
      const answer = join(folder, 'results.json');
      for (const end = Date.now() + 900_000; !existsSync(answer) && Date.now() < end; ) await pause(500);
      await editor.shot('fixes');
      assert.ok(existsSync(answer), `no result after fifteen minutes: ${editor.console.slice(-5).join('\n')}`);
      const results = JSON.parse(readFileSync(answer, 'utf8')) as readonly (Task & { readonly outcome: string })[];
      const failed = results
        .filter(({ outcome }) => outcome !== 'mended')
        .map(({ rule, title, outcome, file }) => `${rule} (${file}) «${title}»: ${outcome}`);
      console.log(
        `${results.length - failed.length} of ${results.length} fixes applied in VS Code and re-checked clean`,
      );
      assert.deepEqual(failed, []);
    } finally {
      await editor.close();
    }
  } finally {
    rmSync(trial, { recursive: true, force: true, maxRetries: 5 });
  }
});
