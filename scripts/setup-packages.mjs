// Puts the locked npm packages in place, and with them the pinned Node that builds and tests run on.
import { existsSync, readFileSync } from 'node:fs';
import { ask, at, npm, stop } from './run.mjs';

const pinnedNode = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Installs what package-lock.json says, unless it is there already. Resolves to the path of the pinned Node. */
export async function installPackages() {
  if (!isInstalled()) {
    console.log('Installing the locked packages (npm ci) …');
    if ((await npm(['ci', '--no-audit', '--no-fund'])) !== 0) stop('npm ci failed; its message above says why.');
  }
  return ensureNode();
}

/** Whether node_modules holds every package of the lockfile in its version. Optional ones depend on the platform. */
function isInstalled() {
  const wanted = packagesIn(at('package-lock.json'));
  const present = packagesIn(at('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

function packagesIn(lockfile) {
  return existsSync(lockfile) ? JSON.parse(readFileSync(lockfile, 'utf8')).packages : {};
}

// The `node` package fetches its binary in an install script. Where scripts are switched off, that one is run here.
async function ensureNode() {
  if (await ask(pinnedNode, ['--version'])) return pinnedNode;
  console.log('Fetching the pinned Node (npm rebuild node) …');
  await npm(['rebuild', 'node', '--ignore-scripts=false', '--no-audit', '--no-fund']);
  if (await ask(pinnedNode, ['--version'])) return pinnedNode;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return stop('Node 24 is needed to run the tests; the npm package `node` did not bring it for this platform.');
}
