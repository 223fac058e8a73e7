import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './call-hierarchy.ts';
import { definition } from './definition.ts';
import { documentHighlights } from './document-highlight.ts';
import { documentLinks } from './document-links.ts';
import type { Files } from './files.ts';
import { guarded } from './guard.ts';
import { linkedEditingRanges } from './linked-editing.ts';
import { references } from './references.ts';
import { prepareRename, renameName } from './rename.ts';
import { selectionRanges } from './selection-ranges.ts';
import type { Session } from './session.ts';
import { workspaceSymbols } from './workspace-symbols.ts';

/** What `initialize` says of the ways from one name to another. */
export const NAVIGATION: ServerCapabilities = {
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
  workspaceSymbolProvider: true,
  callHierarchyProvider: true,
  selectionRangeProvider: true,
  linkedEditingRangeProvider: true,
};

/** Answers every request that goes from one place to others. */
export function serveNavigation(connection: Connection, session: Session, files: () => Files): void {
  connection.onDefinition(
    guarded(connection, 'find a definition', [], (params) => definition(session, files(), params)),
  );
  connection.onReferences(guarded(connection, 'find references', [], (params) => references(session, files(), params)));
  connection.onDocumentHighlight(
    guarded(connection, 'mark a name', [], (params) => documentHighlights(session, files(), params)),
  );
  connection.onPrepareRename(
    guarded(connection, 'prepare a renaming', null, (params) => prepareRename(session, files(), params)),
  );
  connection.onRenameRequest(guarded(connection, 'rename', null, (params) => renameName(session, files(), params)));
  connection.onDocumentLinks(
    guarded(connection, 'find links', [], (params) => documentLinks(session, files(), params)),
  );
  connection.onWorkspaceSymbol(
    guarded(connection, 'find symbols', [], (params) => workspaceSymbols(session, files(), params)),
  );
  connection.languages.callHierarchy.onPrepare(
    guarded(connection, 'find a router', null, (params) => prepareCallHierarchy(session, files(), params)),
  );
  connection.languages.callHierarchy.onIncomingCalls(
    guarded(connection, 'find who peers with a router', [], ({ item }) => incomingCalls(session, files(), item)),
  );
  connection.languages.callHierarchy.onOutgoingCalls(
    guarded(connection, 'find whom a router peers with', [], ({ item }) => outgoingCalls(session, files(), item)),
  );
  connection.onSelectionRanges(
    guarded(connection, 'grow a selection', [], (params) => selectionRanges(session, files(), params)),
  );
  connection.languages.onLinkedEditingRange(
    guarded(connection, 'link what is typed', null, (params) => linkedEditingRanges(session, files(), params)),
  );
}
