import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { sliced } from '../engine/slices.ts';

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

/** Long work in slices (engine/slices.ts) until the editor cancels it. */
export function inSlices<T>(token: CancellationToken | undefined, work: (isCancelled: () => boolean) => T): Promise<T> {
  return sliced(() => refuseCancelled(token), work);
}
