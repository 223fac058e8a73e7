import * as vscode from 'vscode';
import { type BaseLanguageClient, WorkDoneProgress } from 'vscode-languageclient';

/** How a command of the server is asked, with its progress and a way to cancel it. */
export interface Asking {
  readonly token?: vscode.CancellationToken;
  readonly progress?: (message: string, percentage: number) => void;
  /** Nobody asked for it: a failure is not told. */
  readonly quiet?: true;
}

let asked = 0;

/** Asks the server for `selvage.cluster.<command>`; shows the sentence and answers undefined when it could not be done. */
export async function askCluster<T>(
  client: BaseLanguageClient,
  command: string,
  argument: unknown,
  { token, progress, quiet }: Asking = {},
): Promise<T | undefined> {
  asked += 1;
  const workDoneToken = `selvage-cluster-${asked}`;
  // Not a handler of `$/progress`, which would take the place of the client's own.
  const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (told) => {
    if (told.kind === 'report' && told.message !== undefined) progress?.(told.message, told.percentage ?? 0);
  });
  try {
    const params = { command: `selvage.cluster.${command}`, arguments: [argument], workDoneToken };
    // A token that is undefined would count as a second parameter, and the request be refused.
    const answer = await client.sendRequest<(T & { failure?: undefined }) | { failure: string } | null>(
      'workspace/executeCommand',
      params,
      ...(token === undefined ? [] : [token]),
    );
    if (answer === null) throw new Error(vscode.l10n.t('The server could not carry it out.'));
    if (answer.failure === undefined) return answer as T;
    if (!quiet) void vscode.window.showErrorMessage(answer.failure);
  } catch (error) {
    if (token?.isCancellationRequested !== true && !quiet)
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  } finally {
    listening.dispose();
  }
  return undefined;
}

/** The same behind a notification that can be cancelled. */
export function askWithProgress<T>(
  client: BaseLanguageClient,
  title: string,
  command: string,
  argument: unknown,
): Promise<T | undefined> {
  return Promise.resolve(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (report, token) => {
        let last = 0;
        return askCluster<T>(client, command, argument, {
          token,
          progress(message, percentage) {
            report.report({ message, increment: percentage - last });
            last = percentage;
          },
        });
      },
    ),
  );
}
