import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

export interface LeftOut {
  readonly uri: string;
  readonly reason: string;
}

/** The server's notification `selvage/status`: what is known of the network. */
export interface Status {
  readonly state: 'scanning' | 'ready' | 'incomplete';
  readonly sites: readonly { readonly name: string; readonly root: string; readonly files: number }[];
  readonly resources: number;
  readonly files: number;
  readonly unknown: readonly LeftOut[];
  readonly skipped: readonly LeftOut[];
}

/** Hears the server's status for everybody who shows it: a client has one handler for each notification. */
export function networkStatus(client: BaseLanguageClient): vscode.EventEmitter<Status> {
  const emitter = new vscode.EventEmitter<Status>();
  client.onNotification('selvage/status', (status: Status) => emitter.fire(status));
  return emitter;
}
