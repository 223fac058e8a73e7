import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Says in one sentence that something went wrong; what and where, for whoever mends it, and no stack. */
export function tellFailure(connection: Connection, what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  connection.console.error(`Selvage could not ${what}: ${reason.split('\n')[0]}`);
}

/** A handler that answers `instead` when it fails, so that one bad document never costs the session. */
export function guarded<A extends readonly unknown[], R>(
  connection: Connection,
  what: string,
  instead: R,
  handler: (...input: A) => Promise<R> | R,
): (...input: A) => Promise<R> {
  return async (...input) => {
    try {
      return await handler(...input);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      tellFailure(connection, what, error);
      return instead;
    }
  };
}

export function refuseCancelled(token: CancellationToken | undefined): void {
  if (token?.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

/**
 * Work that can be cut short and continued, in slices, so that edits and cancellations get in between. What was worked out
 * is remembered by the engine, and slices grow, so the work ends.
 */
export async function inSlices<T>(
  token: CancellationToken | undefined,
  work: (isCancelled: () => boolean) => T,
): Promise<T> {
  for (let slice = 40; ; slice *= 2) {
    refuseCancelled(token);
    const end = performance.now() + slice;
    let cut = false;
    const result = work(() => {
      cut ||= performance.now() > end;
      return cut;
    });
    if (!cut) return result;
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
