// Makes selvage-<version>.vsix; vsce builds first through `vscode:prepublish`. `--out FILE` writes it elsewhere.
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { at, root, stop } from './run.mjs';

const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const given = process.argv.indexOf('--out');
const out = given < 0 ? at(`selvage-${version}.vsix`) : process.argv[given + 1];

// A package that was not made must not be mistaken for the one that was made before.
rmSync(out, { force: true });
mkdirSync(dirname(out), { recursive: true });
try {
  await createVSIX({
    cwd: root,
    packagePath: out,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
} catch (error) {
  stop(`The extension was not packed: ${error instanceof Error ? error.message : error}`);
}
console.log(`${out} (${(statSync(out).size / 1024).toFixed(0)} KiB)`);
