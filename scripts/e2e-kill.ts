import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../server/src/cli/main.ts', import.meta.url));

export interface Killing {
  readonly tool: 'calicoctl' | 'kubectl';
  readonly program: string;
  /** What leads the program to its cluster. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A folder for what this leaves behind. */
  readonly trial: string;
  readonly before: string;
  readonly after: string;
  /** The step in which it is killed, as the progress tells it. */
  readonly at: string;
  /** What is typed to accept a red plan. */
  readonly accept: string;
  /** Everything that the cluster holds, without what counts its changes. */
  readonly objects: () => string;
}

/**
 * The command line itself, killed (SIGKILL) while the real tool has replaced something and not yet answered: it must resume, and
 * roll back to the byte.
 */
export async function killedAndResumed(killing: Killing): Promise<void> {
  const { tool, program, trial, objects } = killing;
  const folder = join(trial, 'kill-net');
  mkdirSync(join(folder, '.git'), { recursive: true });
  const file = join(folder, 'net.yaml');
  // One that is slow to say that it has replaced something.
  const slow = join(trial, `slow-${tool}`);
  writeFileSync(
    slow,
    `#!/bin/sh\n'${program}' "$@"\nstatus=$?\ncase "$*" in *dryRun=*) ;; replace*) sleep 30;; esac\nexit $status\n`,
  );
  chmodSync(slow, 0o755);
  const env = { ...killing.env, XDG_STATE_HOME: join(trial, 'state'), LC_ALL: 'C' } as NodeJS.ProcessEnv;
  const accept = ['--yes', '--accept', killing.accept];
  const selvage = (...args: readonly string[]) =>
    spawnSync(process.execPath, [CLI, ...args, `--${tool}`, program], { cwd: folder, env, encoding: 'utf8' });
  const succeeded = ({ status, stdout, stderr }: ReturnType<typeof selvage>): void =>
    assert.equal(status, 0, `${stdout}${stderr}`);

  writeFileSync(file, killing.before);
  succeeded(selvage('apply', '--yes'));
  const before = objects();

  writeFileSync(file, killing.after);
  const child = spawn(process.execPath, [CLI, 'apply', ...accept, `--${tool}`, slow], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`it ended by itself: ${said}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(killing.at)) resolve();
    });
  });
  const begun = objects();
  for (let tries = 0; objects() === begun && tries < 40; tries++) await new Promise((go) => setTimeout(go, 500));
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  assert.notEqual(objects(), begun);

  const refused = selvage('apply', ...accept);
  assert.equal(refused.status, 1, refused.stdout);
  assert.match(refused.stderr, /was interrupted/);
  assert.match(selvage('status', '--tool', tool).stdout, /INTERRUPTED/);
  succeeded(selvage('apply', '--resume'));
  succeeded(selvage('diff'));
  succeeded(selvage('rollback', ...accept));
  assert.equal(objects(), before);
}
