import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { CLIENT_ID, CLIENT_NAME, clientOptions } from './client-options.ts';
import { examplesInBrowser } from './commands/examples-in-browser.ts';
import { run } from './run.ts';

/** What there is in a browser, and not in the Node that this is checked for. */
const { Worker } = globalThis as unknown as {
  readonly Worker: new (address: string) => ConstructorParameters<typeof LanguageClient>[2];
};

let stop: (() => Promise<void>) | undefined;

/** The same in a browser: the server is a worker, and files are read through VS Code. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel(CLIENT_NAME, { log: true });
  context.subscriptions.push(log);
  const worker = new Worker(vscode.Uri.joinPath(context.extensionUri, 'dist', 'browser-server.js').toString(true));
  const client = new LanguageClient(CLIENT_ID, CLIENT_NAME, worker, clientOptions(log));
  // The examples cannot be copied to a disk from here.
  void vscode.commands.executeCommand('setContext', 'selvage.inBrowser', true);
  stop = await run(context, client, examplesInBrowser);
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
