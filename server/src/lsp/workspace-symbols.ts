import { type SymbolInformation, SymbolKind, type WorkspaceSymbolParams } from 'vscode-languageserver';
import { type SymbolSort, symbolsLike } from '../engine/workspace-symbols.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

const KINDS: Readonly<Record<SymbolSort, SymbolKind>> = {
  object: SymbolKind.Object,
  node: SymbolKind.Class,
  router: SymbolKind.Interface,
  policy: SymbolKind.Function,
};

/** Answers `workspace/symbol`: objects, nodes, routers and their policies by name. */
export async function workspaceSymbols(
  { engine, uris, workspace }: Session,
  files: Files,
  { query }: WorkspaceSymbolParams,
): Promise<SymbolInformation[]> {
  await files.settled();
  return symbolsLike(query, workspace.files).map(({ name, container, sort, place }) => {
    const { file, range } = engine.locate(place);
    return { name, kind: KINDS[sort], containerName: container, location: { uri: uris.shown(file), range } };
  });
}
