import type { Command, CommandResult, CommandRunner } from '../../server/src/apply/command-runner.ts';

/** What a program was asked and what it answered. */
export interface Call {
  readonly args: readonly string[];
  readonly input?: string;
  readonly result: CommandResult;
}

function keyOf({ args, input }: Pick<Command, 'args' | 'input'>): string {
  return JSON.stringify([args, input ?? null]);
}

/** Notes every call while a real program answers. */
export function recording(runner: CommandRunner): CommandRunner & { readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    async run(command) {
      const result = await runner.run(command);
      calls.push({ args: command.args, ...(command.input !== undefined && { input: command.input }), result });
      return result;
    },
  };
}

/** Notes every call in one list, each with the circumstance that it was made in. */
export function recordingIn(circumstance: string, runner: CommandRunner, calls: Call[]): CommandRunner {
  return {
    async run(command) {
      const recorder = recording(runner);
      const result = await recorder.run(command);
      calls.push(...recorder.calls.map((call) => ({ ...call, args: [`# ${circumstance}`, ...call.args] })));
      return result;
    },
  };
}

/** Answers as the real program did: the same question asked again gets the next answer to it. A new question fails the test. */
export function replaying(calls: readonly Call[]): CommandRunner & { readonly left: () => number } {
  const answers = new Map<string, CommandResult[]>();
  for (const call of calls) {
    const list = answers.get(keyOf(call));
    if (list === undefined) answers.set(keyOf(call), [call.result]);
    else list.push(call.result);
  }
  let left = calls.length;
  return {
    left: () => left,
    async run(command) {
      const result = answers.get(keyOf(command))?.shift();
      if (result === undefined) throw new Error(`never asked of the real program: ${keyOf(command)}`);
      left -= 1;
      return result;
    },
  };
}

/** Answers everything alike, and notes what it was asked. */
export function always(result: CommandResult): CommandRunner & { readonly asked: readonly Command[] } {
  const asked: Command[] = [];
  return {
    asked,
    async run(command) {
      asked.push(command);
      return result;
    },
  };
}

export function exited(code: number, stdout: string, stderr = ''): CommandResult {
  return { kind: 'exited', code, stdout, stderr };
}
