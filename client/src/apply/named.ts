import * as vscode from 'vscode';
import type { ObjectRef } from './answers.ts';
import { CLUSTER_SCHEME } from './documents.ts';

/** What a lens, a fix or the drift view is about: one object of one file. */
export interface Named {
  readonly uri: string;
  readonly object: ObjectRef;
}

/** The question to the server: about the object that is named, else about the file in the editor. The editor title names a file alone. */
export function questionOf(named: unknown): Partial<Named> {
  if (typeof named === 'object' && named !== null && 'object' in named) {
    const { uri, object } = named as Named;
    return { uri, object };
  }
  const uri = named instanceof vscode.Uri ? named : vscode.window.activeTextEditor?.document.uri;
  // A text that a command made is no file of the network.
  return uri === undefined || uri.scheme === CLUSTER_SCHEME ? {} : { uri: uri.toString() };
}
