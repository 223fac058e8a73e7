import * as vscode from 'vscode';

export interface Picture {
  readonly format: 'svg' | 'png' | 'mermaid' | 'dot' | 'drawio' | 'json';
  readonly name: string;
  /** Base64, for what only the view can make. */
  readonly content?: string;
}

const ENDINGS = { svg: 'svg', png: 'png', mermaid: 'mmd', dot: 'dot', drawio: 'drawio', json: 'json' } as const;

/** Asks where to, and writes the picture there. */
export async function savePicture(
  { format, name, content }: Picture,
  text: string | null,
  beside: string | undefined,
): Promise<void> {
  if (content === undefined && text === null) return;
  const folder =
    vscode.workspace.workspaceFolders?.[0]?.uri ??
    (beside === undefined ? undefined : vscode.Uri.joinPath(vscode.Uri.parse(beside), '..'));
  const ending = ENDINGS[format];
  const target = await vscode.window.showSaveDialog({
    filters: { [format]: [ending] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, `${name}.${ending}`) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(
    target,
    content === undefined ? new TextEncoder().encode(text ?? '') : bytesOf(content),
  );
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
