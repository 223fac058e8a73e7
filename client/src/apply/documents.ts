import * as vscode from 'vscode';

/** `selvage-cluster:/<number>/<name>` is a text that a command made; it lives as long as the window. */
export const CLUSTER_SCHEME = 'selvage-cluster';

/** Texts of commands as documents: the two sides of a comparison, a plan. */
export interface Texts {
  readonly provider: vscode.TextDocumentContentProvider;
  add(name: string, text: string): vscode.Uri;
}

const MOST = 50;

export function clusterTexts(): Texts {
  const texts = new Map<string, string>();
  let count = 0;
  return {
    provider: { provideTextDocumentContent: ({ path }) => texts.get(path) ?? '' },
    add(name, text) {
      count += 1;
      const path = `/${count}/${name.replace(/[^\w.-]+/g, '-')}`;
      texts.set(path, text);
      if (texts.size > MOST) texts.delete(texts.keys().next().value!);
      return vscode.Uri.from({ scheme: CLUSTER_SCHEME, path });
    },
  };
}
