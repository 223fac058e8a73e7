import { type ChildProcess, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import type { Command, CommandResult, CommandRunner } from '../apply/command-runner.ts';

/**
 * Runs programs of this machine: no shell, a process group of its own so that whatever it started ends with it, and the home
 * folder as working directory, so that nothing in an opened folder is ever taken for a program.
 */
export function nodeCommands(env: Readonly<Record<string, string | undefined>> = process.env): CommandRunner {
  return { run: (command) => run(command, env) };
}

function run(command: Command, base: Readonly<Record<string, string | undefined>>): Promise<CommandResult> {
  const { program, args, input, timeout, limit, signal } = command;
  if (!isAbsolute(program) && /[/\\]/.test(program)) return Promise.resolve({ kind: 'missing' });
  if ([program, ...args].some((word) => word.includes('\0'))) return Promise.resolve({ kind: 'forbidden' });
  if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program, args, {
        cwd: homedir(),
        detached: process.platform !== 'win32',
        env: environment(base, command.env),
        shell: false,
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
      });
    } catch {
      resolve({ kind: 'forbidden' });
      return;
    }
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let ended = false;
    const end = (result: CommandResult): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      live.delete(child);
      if (result.kind !== 'exited') killGroup(child);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      resolve(result);
    };
    const abort = (): void => end({ kind: 'cancelled' });
    const timer = setTimeout(() => end({ kind: 'timeout' }), timeout);
    signal?.addEventListener('abort', abort, { once: true });
    live.add(child);

    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) end({ kind: 'overflow' });
      else into.push(chunk);
    };
    child.stdout?.on('data', collect(out));
    child.stderr?.on('data', collect(err));
    child.once('error', (error: NodeJS.ErrnoException) => {
      end({ kind: error.code === 'ENOENT' ? 'missing' : 'forbidden' });
    });
    const done = (code: number | null, by: NodeJS.Signals | null): void => {
      if (by !== null || code === null) end({ kind: 'killed', by: by ?? 'unknown' });
      else
        end({
          kind: 'exited',
          code,
          stdout: Buffer.concat(out).toString('utf8'),
          stderr: Buffer.concat(err).toString('utf8'),
        });
    };
    child.once('close', done);
    // A grandchild that keeps the pipes open must not keep us waiting once the program itself is gone.
    child.once('exit', (code, by) => setTimeout(() => done(code, by), 500).unref());

    // The program may end without reading what it is given (EPIPE): its exit code tells why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

const live = new Set<ChildProcess>();

// When Selvage ends, so does what it started.
process.once('exit', () => {
  for (const child of live) killGroup(child);
});

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function environment(base: Readonly<Record<string, string | undefined>>, changes: Command['env']): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...base, LC_ALL: 'C', NO_COLOR: '1' };
  for (const [name, value] of Object.entries(changes ?? {})) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  return env;
}
