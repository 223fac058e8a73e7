import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Place } from '../apply/answers.ts';
import { askCluster, askWithProgress } from '../apply/ask.ts';
import { type Named, questionOf } from '../apply/named.ts';

/** Puts the cluster's object into the file instead of the one there: an edit that can be undone, and is not saved. */
export async function pullLiveObject(client: BaseLanguageClient, named?: unknown): Promise<void> {
  const question = questionOf(named);
  if (question === undefined) return;
  const wanted = question.object === undefined ? await underCursor(client) : { ...question, object: question.object };
  if (wanted?.uri === undefined) return;
  const { uri, object } = wanted;
  const name = `${object.kind} ${object.name}`;
  const answer = await askWithProgress<{ uri: string; range: vscode.Range; text: string }>(
    client,
    vscode.l10n.t('Selvage reads {0} from the cluster', name),
    'pull',
    { uri, object },
  );
  if (answer === undefined) return;
  const { start, end } = answer.range;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    vscode.Uri.parse(answer.uri),
    new vscode.Range(start.line, start.character, end.line, end.character),
    answer.text,
  );
  await vscode.workspace.applyEdit(edit);
}

/** The object in which the cursor stands. */
async function underCursor(client: BaseLanguageClient): Promise<Named | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const uri = editor.document.uri.toString();
  const listed = await askCluster<{ objects: readonly Place[] }>(client, 'objects', { uri });
  const cursor = editor.document.offsetAt(editor.selection.active);
  const found = listed?.objects.filter(({ offset }) => offset <= cursor).at(-1) ?? listed?.objects[0];
  return found?.ref === undefined ? undefined : { uri, object: found.ref };
}
