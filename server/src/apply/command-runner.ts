/** A program to run: by argument vector, never through a shell. */
export interface Command {
  /** A name that is looked up in PATH, or an absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Standard input; closed at once when absent. */
  readonly input?: string;
  /** Variables beside, or (undefined) taken out of, those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the program and all that it started are ended. */
  readonly timeout: number;
  /** Bytes of output after which the program is ended. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

export type CommandResult =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** There is no such program, or it may not be run. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'overflow' }
  /** Ended by a signal that was not ours, such as the kernel's when memory is short. */
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'cancelled' };

/** Starts programs. The implementation stands in `host/`; tests replay what real programs said. Never throws. */
export interface CommandRunner {
  run(command: Command): Promise<CommandResult>;
}
