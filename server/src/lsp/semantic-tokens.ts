import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensOptions,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { linesOf, offsetAt, positionAt } from '../engine/lines.ts';
import { semanticTokensIn, TOKEN_TYPES } from '../engine/semantic-tokens.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

export const SEMANTIC_TOKENS: SemanticTokensOptions = {
  legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] },
  full: true,
  range: true,
};

/** Answers `textDocument/semanticTokens/full` and `…/range`. */
export async function semanticTokens(
  { uris, workspace }: Session,
  files: Files,
  params: SemanticTokensParams | SemanticTokensRangeParams,
): Promise<SemanticTokens> {
  await files.settled();
  const uri = uris.known(params.textDocument.uri);
  const file = workspace.file(uri);
  const tokens = new SemanticTokensBuilder();
  if (file === undefined) return tokens.build();
  const lines = linesOf(uri, file.text);
  const at = (position: { line: number; character: number }): number => offsetAt(lines, position, file.text.length);
  const within = 'range' in params ? ([at(params.range.start), at(params.range.end)] as const) : undefined;
  for (const { start, length, type } of semanticTokensIn(file, within ?? [0, file.text.length])) {
    const { line, character } = positionAt(lines, start);
    tokens.push(line, character, length, TOKEN_TYPES.indexOf(type), 0);
  }
  return tokens.build();
}
