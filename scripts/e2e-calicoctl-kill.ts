import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MESH, REFLECTED } from '../test/apply/network.ts';

const CLI = fileURLToPath(new URL('../server/src/cli/main.ts', import.meta.url));

/**
 * The command line itself, killed (SIGKILL) while the real calicoctl has written and not yet answered: it must resume, and roll
 * back to the byte.
 */
export async function killedAndResumed(
  calicoctl: string,
  env: Readonly<Record<string, string | undefined>>,
  trial: string,
): Promise<void> {
  const folder = join(trial, 'kill-net');
  mkdirSync(join(folder, '.git'), { recursive: true });
  const file = join(folder, 'net.yaml');
  // A calicoctl that is slow to say that it has replaced something.
  const slow = join(trial, 'slow-calicoctl');
  writeFileSync(
    slow,
    `#!/bin/sh\n'${calicoctl}' "$@"\nstatus=$?\ncase "$1" in replace) sleep 30;; esac\nexit $status\n`,
  );
  chmodSync(slow, 0o755);
  const environment = { ...env, XDG_STATE_HOME: join(trial, 'state'), LC_ALL: 'C' } as NodeJS.ProcessEnv;
  const accept = ['--accept', (env.ETCD_ENDPOINTS ?? '').replace('http://', '')];
  const selvage = (program: string, ...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, ...args, '--calicoctl', program], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
  const succeeded = ({ status, stdout, stderr }: ReturnType<typeof selvage>): void =>
    assert.equal(status, 0, `${stdout}${stderr}`);
  const objects = (): string =>
    ['node', 'bgpconfiguration', 'bgppeer', 'ippool']
      .map((kind) => spawnSync(calicoctl, ['get', kind, '-o', 'yaml'], { env: environment, encoding: 'utf8' }).stdout)
      .join('')
      .replace(/^\s*resourceVersion: .*\n/gm, '');

  writeFileSync(file, MESH);
  succeeded(selvage(calicoctl, 'apply', '--yes'));
  const before = objects();

  writeFileSync(file, REFLECTED);
  const child = spawn(process.execPath, [CLI, 'apply', ...accept, '--calicoctl', slow], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`it ended by itself: ${said}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/\[2\/4\]/.test(said)) setTimeout(resolve, 3000);
    });
  });
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));

  const refused = selvage(calicoctl, 'apply', ...accept);
  assert.equal(refused.status, 1, refused.stdout);
  assert.match(refused.stderr, /was interrupted/);
  assert.match(selvage(calicoctl, 'status').stdout, /INTERRUPTED/);
  succeeded(selvage(calicoctl, 'apply', '--resume'));
  succeeded(selvage(calicoctl, 'diff'));
  succeeded(selvage(calicoctl, 'rollback', ...accept));
  assert.equal(objects(), before);
}
