import * as vscode from 'vscode';
import type { ObjectRef } from './answers.ts';
import { CLUSTER_SCHEME } from './documents.ts';

/** What a lens, a fix or the drift view is about: one object of one file. */
export interface Named {
  readonly uri: string;
  readonly object: ObjectRef;
}

/**
 * The question to the server: about the object that is named, else about a file. Undefined when there is none: a command that
 * writes must never be about more than what the person looked at.
 */
export function questionOf(named: unknown): (Pick<Named, 'uri'> & Partial<Named>) | undefined {
  if (typeof named === 'object' && named !== null && 'object' in named) {
    const { uri, object } = named as Named;
    return { uri, object };
  }
  const uri = named instanceof vscode.Uri ? named : currentFile();
  if (uri !== undefined) return { uri: uri.toString() };
  void vscode.window.showInformationMessage(vscode.l10n.t('Open the file that is meant first.'));
  return undefined;
}

/** The file in the active editor; while a plan or a comparison has the focus, the one that is open beside it. */
export function currentFile(): vscode.Uri | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const isFile = (editor: vscode.TextEditor): boolean =>
    editor.document.uri.scheme !== CLUSTER_SCHEME && editor.viewColumn !== undefined;
  const active = activeTextEditor !== undefined && isFile(activeTextEditor) ? activeTextEditor : undefined;
  const others = visibleTextEditors.filter(isFile);
  return (active ?? (others.length === 1 ? others[0] : undefined))?.document.uri;
}
