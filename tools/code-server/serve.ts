import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { installCodeServer } from './install.ts';

/** A VS Code in the browser, listening on the loopback address only. */
export interface CodeServer {
  readonly origin: string;
  /** The address that opens a folder. */
  folder(path: string): string;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Nothing is asked, nothing is fetched, nothing opens by itself. */
const quiet = {
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off',
};

/**
 * Starts code-server with an extension installed, or without one where the page brings its own. `home` is a folder for its profile, made when absent; `settings` are
 * added to the user's settings. Refuses when it does not answer within 90 seconds.
 */
export async function serve(options: {
  readonly home: string;
  readonly vsix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Further packed extensions. */
  readonly extensions?: readonly string[];
}): Promise<CodeServer> {
  const entry = installCodeServer();
  const { home, vsix } = options;
  const port = await freePort();
  mkdirSync(join(home, 'data', 'User'), { recursive: true });
  writeFileSync(
    join(home, 'data', 'User', 'settings.json'),
    JSON.stringify({ ...quiet, ...options.settings }, null, 2),
  );
  const config = [`bind-addr: 127.0.0.1:${port}`, 'auth: none', 'cert: false', 'disable-telemetry: true'];
  config.push('disable-update-check: true', 'disable-workspace-trust: true');
  writeFileSync(join(home, 'config.yaml'), `${config.join('\n')}\n`);

  const paths = ['--config', join(home, 'config.yaml'), '--user-data-dir', join(home, 'data')];
  const args = [entry, ...paths, '--extensions-dir', join(home, 'extensions')];
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}' };
  for (const one of [...(vsix === undefined ? [] : [vsix]), ...(options.extensions ?? [])]) {
    const installed = spawnSync(process.execPath, [...args, '--install-extension', one], { env, encoding: 'utf8' });
    if (installed.status !== 0) throw new Error(`The extension could not be installed:\n${installed.stderr}`);
  }

  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000);
    });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const stop = () => end(child, ended);
  if (!(await answers(`${origin}/healthz`, 90_000))) {
    await stop();
    throw new Error(`code-server did not answer within 90 seconds:\n${log}`);
  }
  return { origin, ended, stop, folder: (path) => `${origin}/?folder=${encodeURIComponent(path)}` };
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(force);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

async function answers(url: string, within: number): Promise<boolean> {
  for (const until = Date.now() + within; Date.now() < until; await wait(100)) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
  }
  return false;
}
