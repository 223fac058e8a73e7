import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { fileStatus } from './file-status.ts';

/** What VS Code takes a router's configuration for when its name says no more than `.conf`, `.cfg` or `.config`. */
const VAGUE = new Set(['plaintext', 'properties', 'ini']);
const ROUTERS = new Set(['frr', 'vyos', 'bird']);

/** Gives a configuration of FRR, VyOS or BIRD its language when the server reads it as one; a language of its own stays. */
export function routerLanguages(client: BaseLanguageClient): vscode.Disposable {
  const name = async (document: vscode.TextDocument): Promise<void> => {
    if (!VAGUE.has(document.languageId) || !/\.(conf|cfg|config)$/i.test(document.uri.path)) return;
    const file = await fileStatus(client, document);
    if (file?.format === undefined || !ROUTERS.has(file.format) || document.isClosed) return;
    try {
      if (VAGUE.has(document.languageId)) await vscode.languages.setTextDocumentLanguage(document, file.format);
    } catch {
      // The document was closed meanwhile.
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void name(document)),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) for (const document of vscode.workspace.textDocuments) void name(document);
    }),
  );
}
