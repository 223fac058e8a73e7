import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** `selvage-explain:/name.md?{place}` explains the sessions of a place. */
export const EXPLANATION_SCHEME = 'selvage-explain';

export interface Place {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** A page in Markdown, or null where no session is stated. */
export function askFor(client: BaseLanguageClient, place: Place): Promise<string | null> {
  return client.sendRequest<string | null>('selvage/explainSessions', place);
}

export function addressOf(place: Place): vscode.Uri {
  const name = place.uri.slice(place.uri.lastIndexOf('/') + 1);
  return vscode.Uri.from({
    scheme: EXPLANATION_SCHEME,
    path: `/${name}:${place.position.line + 1}.md`,
    query: JSON.stringify(place),
  });
}

/** The pages behind these addresses, as the files are when they are opened. */
export function explanations(client: BaseLanguageClient): vscode.TextDocumentContentProvider {
  return {
    async provideTextDocumentContent({ query }) {
      const page = await askFor(client, JSON.parse(query) as Place);
      return page ?? vscode.l10n.t('There is no BGP session here any more.');
    },
  };
}
