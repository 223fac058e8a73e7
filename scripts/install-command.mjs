// `npm run install-command`: from a fresh clone to `selvage` on the PATH (`npm uninstall --global selvage` takes it away).
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, env, npm, run, stop } from './run.mjs';
import { installPackages } from './setup-packages.mjs';

const node = await installPackages();
if ((await run(node, ['scripts/build.mjs'], { env })) !== 0) stop('The build failed; its messages above say where.');

const folder = mkdtempSync(join(tmpdir(), 'selvage-pack-'));
try {
  const packed = await npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
  const [file] = readdirSync(folder);
  if (packed !== 0 || file === undefined) stop('npm pack failed; its message above says why.');
  // The user's own environment: the command belongs to the Node that they run.
  const installed = await npm(['install', '--global', '--no-audit', '--no-fund', join(folder, file)], {
    cwd: at(),
    env: process.env,
  });
  if (installed !== 0) stop('npm could not install the command; its message above says why.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('`selvage` is installed. Go to the folder of your network and run: selvage check');
