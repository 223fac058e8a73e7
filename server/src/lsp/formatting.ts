import { type DocumentFormattingParams, DocumentFormattingRequest, type TextEdit } from 'vscode-languageserver';
import { formatEdits } from '../engine/format.ts';
import { linesOf, rangeAt } from '../engine/lines.ts';
import type { Files } from './files.ts';
import { tellFailure } from './guard.ts';
import type { Session } from './session.ts';

/** Formatting YAML is left to others, so editors that can be told so ask us for these languages only. */
const LANGUAGES = [{ language: 'frr' }, { language: 'vyos' }];

export function registerFormatting({ connection, client }: Session): void {
  if (!client.registersFormatting) return;
  connection.client
    .register(DocumentFormattingRequest.type, { documentSelector: LANGUAGES })
    .catch((error) => tellFailure(connection, 'offer formatting', error));
}

/** Answers `textDocument/formatting` for FRR and VyOS; null for everything else. */
export async function formatting(
  { uris, workspace }: Session,
  files: Files,
  { textDocument }: DocumentFormattingParams,
): Promise<TextEdit[] | null> {
  await files.settled();
  const uri = uris.known(textDocument.uri);
  const file = workspace.file(uri);
  if (file === undefined || (file.format !== 'frr' && file.format !== 'vyos')) return null;
  const lines = linesOf(uri, file.text);
  return formatEdits(file).map(({ span, text }) => ({ range: rangeAt(lines, span), newText: text }));
}
