import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { hoverAt } from '../engine/hover.ts';
import { linesOf, offsetAt } from '../engine/lines.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

/** Answers `textDocument/hover` with what every topic has to say (engine/hover.ts); null where none has. */
export async function hover(
  { engine, uris, workspace, client }: Session,
  files: Files,
  { textDocument, position }: HoverParams,
): Promise<Hover | null> {
  await files.settled();
  const uri = uris.known(textDocument.uri);
  const file = workspace.file(uri);
  if (file === undefined) return null;
  const offset = offsetAt(linesOf(uri, file.text), position, file.text.length);
  const parts = hoverAt(file, offset, workspace.sitesOf(uri));
  const [first] = parts;
  if (first === undefined) return null;
  const value = parts.map(({ text }) => text[client.language]).join('\n\n---\n\n');
  return { contents: { kind: MarkupKind.Markdown, value }, range: engine.locate(first.place).range };
}
