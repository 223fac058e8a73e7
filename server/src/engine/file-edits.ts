import type { Doc } from '../syntax/document.ts';
import type { Edit } from '../syntax/edit.ts';
import { documentSpanInFile } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';

/** A change to a file's text; `create` when the file does not exist yet. */
export interface FileEdit {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
  readonly create: boolean;
}

/** Edits of documents as edits of their files: moved to their place, and encoded for every text they are embedded in. */
export function toFileEdits(edits: readonly Edit[], textOf: (file: string) => string | undefined): readonly FileEdit[] {
  return edits.flatMap((edit): readonly FileEdit[] => {
    if ('create' in edit)
      return textOf(edit.file) === undefined
        ? [{ file: edit.file, span: [0, 0], text: edit.create, create: true }]
        : [];
    if ('append' in edit) return appended(edit.file, textOf(edit.file), edit.append);
    return [
      {
        file: edit.doc.file,
        span: documentSpanInFile(edit.doc, edit.span),
        text: encoded(edit.doc, edit.text),
        create: false,
      },
    ];
  });
}

function appended(file: string, text: string | undefined, document: string): readonly FileEdit[] {
  if (text === undefined) return [{ file, span: [0, 0], text: document, create: true }];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const body = document.replaceAll('\n', newline);
  const gap = text === '' || text.endsWith('\n') ? '' : newline;
  return [
    {
      file,
      span: [text.length, text.length],
      text: `${gap}${text.trim() === '' ? '' : `---${newline}`}${body}`,
      create: false,
    },
  ];
}

function encoded(doc: Doc, text: string): string {
  let result = text;
  for (let at: Doc | undefined = doc; at !== undefined; at = at.parent) result = at.embedding?.encode(result) ?? result;
  return result;
}

/** Applies edits that do not overlap; of two that do, the first wins and the other waits for the next round. */
export function applyEdits(text: string, edits: readonly FileEdit[]): string {
  const ordered = [...edits].sort((one, other) => one.span[0] - other.span[0] || one.span[1] - other.span[1]);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.span[0] < at) continue;
    result += text.slice(at, edit.span[0]) + edit.text;
    at = edit.span[1];
  }
  return result + text.slice(at);
}

export function overlaps(one: readonly FileEdit[], others: readonly FileEdit[]): boolean {
  return one.some((edit) =>
    others.some((other) => {
      if (edit.file !== other.file) return false;
      const same = edit.span[0] === other.span[0] && edit.span[1] === other.span[1];
      return same || (edit.span[0] < other.span[1] && other.span[0] < edit.span[1]);
    }),
  );
}
