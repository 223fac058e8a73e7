import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import { definition } from './definition.ts';
import { documentHighlights } from './document-highlight.ts';
import type { Files } from './files.ts';
import { guarded } from './guard.ts';
import { references } from './references.ts';
import { prepareRename, renameName } from './rename.ts';
import type { Session } from './session.ts';

/** What `initialize` says of the ways from one name to another. */
export const NAVIGATION: ServerCapabilities = {
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
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
}
