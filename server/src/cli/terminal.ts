import { createInterface } from 'node:readline/promises';

/** What a command may touch of the world around it; tests give their own. */
export interface Terminal {
  /** Working directory, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal, or undefined when the output goes to a file or a pipe. */
  readonly columns: number | undefined;
  out(text: string): void;
  error(text: string): void;
  /** All of standard input. */
  input(): Promise<Uint8Array>;
  /** Asks a person and resolves to the line typed, or undefined when the wait was cut short. Absent without a terminal. */
  readonly ask?: ((question: string, signal?: AbortSignal) => Promise<string | undefined>) | undefined;
  /** Calls back on Ctrl-C instead of ending the program, until the function that it returns is called. */
  readonly onInterrupt?: (handler: () => void) => () => void;
}

/** Whether to colour: `NO_COLOR` and `FORCE_COLOR` decide (no-color.org, force-color.org), else whether it is a terminal. */
export function wantsColour({ env, columns }: Terminal): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return columns !== undefined && env.TERM !== 'dumb';
}

export const processTerminal: Terminal = {
  get cwd() {
    return process.cwd();
  },
  env: process.env,
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  async input() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  get ask() {
    return process.stdin.isTTY && process.stderr.isTTY ? askPerson : undefined;
  },
  onInterrupt(handler) {
    process.on('SIGINT', handler);
    return () => process.off('SIGINT', handler);
  },
};

async function askPerson(question: string, signal?: AbortSignal): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, signal === undefined ? {} : { signal });
  } catch {
    return undefined;
  } finally {
    lines.close();
  }
}
