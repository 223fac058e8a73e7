// Makes selvage-<version>.vsix from a fresh build. `--out FILE` writes it elsewhere.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { at, root, stop } from './run.mjs';
import { installPackages } from './setup-packages.mjs';

await installPackages();
const { createVSIX, listFiles } = await import('@vscode/vsce');
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const given = process.argv.indexOf('--out');
const out = given < 0 ? at(`selvage-${manifest.version}.vsix`) : process.argv[given + 1];
const staged = mkdtempSync(join(tmpdir(), 'selvage-package-'));

// A package that was not made must not be mistaken for the one that was made before.
rmSync(out, { force: true });
mkdirSync(dirname(out), { recursive: true });
try {
  if (!(await build())) throw new Error('the build failed');
  for (const file of await listFiles({ cwd: root, dependencies: false })) {
    mkdirSync(dirname(join(staged, file)), { recursive: true });
    copyFileSync(at(file), join(staged, file));
  }
  // In a browser VS Code refuses every extension whose manifest says that it is made of ES modules. Ours is made of them
  // only here: what is packed says in dist/package.json what it is.
  const { type, scripts, devDependencies, allowScripts, ...packed } = manifest;
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
  await createVSIX({
    cwd: staged,
    packagePath: out,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
} catch (error) {
  stop(`The extension was not packed: ${error instanceof Error ? error.message : error}`);
} finally {
  rmSync(staged, { recursive: true, force: true });
}
console.log(`${out} (${(statSync(out).size / 1024).toFixed(0)} KiB)`);
