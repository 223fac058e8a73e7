import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Place } from '../apply/answers.ts';
import { askCluster, askWithProgress } from '../apply/ask.ts';

/** Puts the cluster's object into the file instead of the one there: an edit that can be undone, and is not saved. */
export async function pullLiveObject(client: BaseLanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const uri = editor.document.uri.toString();
  const listed = await askCluster<{ objects: readonly Place[] }>(client, 'objects', { uri });
  if (listed === undefined) return;
  const cursor = editor.document.offsetAt(editor.selection.active);
  const before = listed.objects.filter(({ offset }) => offset <= cursor).at(-1) ?? listed.objects[0];
  if (before === undefined) return;
  const answer = await askWithProgress<{ uri: string; range: vscode.Range; text: string }>(
    client,
    vscode.l10n.t('Selvage reads {0} from the cluster', before.object),
    'pull',
    { uri, object: before.ref },
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
