import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { documents } from './client-options.ts';

/** The server's answer to `selvage/file`. */
export interface FileStatus {
  readonly sites: readonly string[];
  readonly resources: number;
  /** Of these, objects that a tool can apply to a cluster. */
  readonly objects: number;
  readonly format?: string;
  readonly skipped?: string;
}

/** What the server says of a document; undefined for one that it does not hear of, and while it is not there. */
export async function fileStatus(
  client: BaseLanguageClient,
  document: vscode.TextDocument,
): Promise<FileStatus | undefined> {
  if (!client.isRunning() || vscode.languages.match(documents(), document) === 0) return undefined;
  try {
    return await client.sendRequest<FileStatus>('selvage/file', { uri: document.uri.toString() });
  } catch {
    return undefined; // the server stops just now
  }
}
