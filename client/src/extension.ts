import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { CLIENT_ID, CLIENT_NAME, clientOptions } from './client-options.ts';
import { openExample } from './commands/open-example.ts';
import { run } from './run.ts';

let stop: (() => Promise<void>) | undefined;

/** Starts the language server as a process of its own and connects everything that VS Code shows of it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  const log = vscode.window.createOutputChannel(CLIENT_NAME, { log: true });
  context.subscriptions.push(log);
  const server = { module, transport: TransportKind.ipc };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  const client = new LanguageClient(CLIENT_ID, CLIENT_NAME, { run: server, debug }, clientOptions(log));
  stop = await run(context, client, () => openExample(context));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
