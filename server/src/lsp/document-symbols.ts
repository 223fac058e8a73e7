import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { type OutlineItem, outlineOf } from '../engine/outline.ts';
import type { Files } from './files.ts';
import type { Session } from './session.ts';

const KINDS = {
  object: SymbolKind.Object,
  list: SymbolKind.Array,
  item: SymbolKind.Struct,
  field: SymbolKind.Field,
  block: SymbolKind.Namespace,
  text: SymbolKind.File,
} as const;

/** Answers `textDocument/documentSymbol`: a tree, or a flat list for editors that know no trees. */
export async function documentSymbols(
  { uris, workspace, client }: Session,
  files: Files,
  { textDocument }: DocumentSymbolParams,
): Promise<DocumentSymbol[] | SymbolInformation[]> {
  await files.settled();
  const file = workspace.file(uris.known(textDocument.uri));
  if (file === undefined) return [];
  const items = outlineOf(file);
  return client.nestedSymbols ? items.map(nested) : items.flatMap((item) => flat(item, textDocument.uri, undefined));
}

/** Parts of the outline that stayed are told again as they were. */
const known = new WeakMap<OutlineItem, DocumentSymbol>();

function nested(item: OutlineItem): DocumentSymbol {
  const before = known.get(item);
  if (before !== undefined) return before;
  const { name, detail, kind, range, selection, children } = item;
  const symbol: DocumentSymbol = { name, kind: KINDS[kind], range, selectionRange: selection };
  if (detail !== undefined) symbol.detail = detail;
  if (children.length > 0) symbol.children = children.map(nested);
  known.set(item, symbol);
  return symbol;
}

function flat(item: OutlineItem, uri: string, container: string | undefined): SymbolInformation[] {
  return [
    {
      name: item.name,
      kind: KINDS[item.kind],
      location: { uri, range: item.range },
      ...(container !== undefined && { containerName: container }),
    },
    ...item.children.flatMap((child) => flat(child, uri, item.name)),
  ];
}
