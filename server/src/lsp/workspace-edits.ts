import {
  TextDocumentEdit as Edits,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { linesOf, rangeAt } from '../engine/lines.ts';
import type { FileEdit } from '../engine.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Changes of files as the editor applies them; undefined when there are none, or one creates a file and the editor cannot. */
export function workspaceEdit(session: Session, files: Files, edits: readonly FileEdit[]): WorkspaceEdit | undefined {
  if (edits.length === 0) return undefined;
  if (edits.some(({ create }) => create) && !session.client.createsFiles) return undefined;
  const perFile = new Map<string, FileEdit[]>();
  for (const edit of edits) {
    const list = perFile.get(edit.file);
    if (list === undefined) perFile.set(edit.file, [edit]);
    else list.push(edit);
  }
  const shown = session.uris.shown;
  const texts = [...perFile].map(([file, list]) => ({
    file,
    list,
    changes: list.map((edit) => textEdit(session, edit)),
  }));
  if (!session.client.documentChanges)
    return { changes: Object.fromEntries(texts.map(({ file, changes }) => [shown(file), changes])) };
  return {
    documentChanges: texts.flatMap(({ file, list, changes }) => {
      const uri = shown(file);
      const change: TextDocumentEdit = Edits.create({ uri, version: files.versionOf(file) }, changes);
      if (!list.some(({ create }) => create)) return [change];
      return [{ kind: 'create', uri, options: { ignoreIfExists: true } } as const, change];
    }),
  };
}

function textEdit({ workspace }: Session, { file, span, text, create }: FileEdit): TextEdit {
  const origin = { line: 0, character: 0 };
  if (create) return { range: { start: origin, end: origin }, newText: text };
  const lines = linesOf(file, workspace.file(file)?.text ?? '');
  return { range: rangeAt(lines, span), newText: text };
}
