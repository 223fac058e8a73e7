// Puts the locked code-server (VS Code in the browser) into .cache/code-server, from the npm registry alone.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, '..', '..', '.cache', 'code-server');
const server = join(cache, 'node_modules', 'code-server');
/** Written last: holds the lockfile that the installation came from, so a half-done one is done again. */
const stamp = join(cache, 'installed-from.json');

/** Resolves the program to start; installs it first (some 600 MB on disk) unless this very lockfile is installed. */
export function installCodeServer(): string {
  const lockfile = readFileSync(join(here, 'package-lock.json'), 'utf8');
  const entry = join(server, 'out', 'node', 'entry.js');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile && existsSync(entry)) return entry;

  console.log('Installing code-server from the npm registry into .cache (once) …');
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(here, file), join(cache, file));
  npm(cache, 'ci');
  // Its own installer runs a shell script and refuses root, so these two steps of it are made here. `install`, not
  // `ci`: the shrinkwrap that code-server ships leaves out one optional peer, which `ci` refuses.
  const vscode = join(server, 'lib', 'vscode');
  npm(vscode, 'install', '--omit=dev');
  npm(join(vscode, 'extensions'), 'install', '--omit=dev');
  writeFileSync(stamp, lockfile);
  return entry;
}

function npm(folder: string, ...args: string[]): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', [...args, ...quiet], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`code-server could not be installed: npm ${args[0]} failed, see above.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) installCodeServer();
