import { type DocumentFormattingParams, DocumentFormattingRequest, type TextEdit } from 'vscode-languageserver';
import { formatEdits, isFormatted } from '../engine/format.ts';
import { linesOf, rangeAt } from '../engine/lines.ts';
import type { Files } from './files.ts';
import { tellFailure } from './guard.ts';
import type { Session } from './session.ts';

/** Formatting YAML is left to others, so editors that can be told so ask us for these languages only. */
const LANGUAGES = [{ language: 'frr' }, { language: 'vyos' }, { language: 'bird' }];

export function registerFormatting({ connection, client }: Session): void {
  if (!client.registersFormatting) return;
  connection.client
    .register(DocumentFormattingRequest.type, { documentSelector: LANGUAGES })
    .catch((error) => tellFailure(connection, 'offer formatting', error));
}

/** Answers `textDocument/formatting` for FRR, VyOS and BIRD; null for everything else. */
export async function formatting(
  { uris, workspace }: Session,
  files: Files,
  { textDocument, options }: DocumentFormattingParams,
): Promise<TextEdit[] | null> {
  await files.settled();
  const uri = uris.known(textDocument.uri);
  const file = workspace.file(uri);
  if (file === undefined || !isFormatted(file)) return null;
  const lines = linesOf(uri, file.text);
  const indent = options.insertSpaces ? ' '.repeat(options.tabSize) : '\t';
  return formatEdits(file, indent).map(({ span, text }) => ({ range: rangeAt(lines, span), newText: text }));
}
