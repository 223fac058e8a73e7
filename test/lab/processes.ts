import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program by argument vector and gives its output; fails with what it said. */
export async function run(program: string, args: readonly string[], timeout = 30_000): Promise<string> {
  try {
    return (await execute(program, [...args], { timeout, maxBuffer: 64 << 20 })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')}: ${`${stdout}${stderr}`.trim() || error}`);
  }
}

/** Daemons that run until they are stopped, and nobody else's. */
export class Daemons {
  readonly #running: { readonly child: ChildProcess; readonly gone: Promise<void> }[] = [];
  #isStopping = false;
  /** The first daemon that ended by itself, with its command. */
  died: string | undefined;

  /** Starts a program in a network namespace; it must stay in the foreground. */
  start(namespace: string, log: string, program: string, args: readonly string[]): void {
    const output = openSync(log, 'a');
    const child = spawn('ip', ['netns', 'exec', namespace, program, ...args], { stdio: ['ignore', output, output] });
    const gone = new Promise<void>((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    }).then(() => {
      if (!this.#isStopping) this.died ??= `${program} ${args.join(' ')}`;
    });
    this.#running.push({ child, gone });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const { child } of this.#running) child.kill('SIGKILL');
    await Promise.all(this.#running.map(({ gone }) => gone));
  }
}
