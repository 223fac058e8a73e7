import * as vscode from 'vscode';
import type { View } from './panel.ts';

/** The panel's page: one script of ours and nothing else. No inline script, no inline style, no network. */
export function pageOf(webview: vscode.Webview, dist: vscode.Uri, view: View | undefined): string {
  const nonce = randomText();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'view.js'));
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `img-src data:`,
    `style-src 'nonce-${nonce}'`,
  ].join('; ');
  const language = vscode.env.language.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
  return [
    '<!DOCTYPE html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Selvage</title>',
    '</head>',
    `<body${view === undefined ? '' : ` data-view="${view}"`}>`,
    `<script nonce="${nonce}" src="${script}"></script>`,
    '</body>',
    '</html>',
  ].join('\n');
}

function randomText(): string {
  const bytes = new Uint8Array(18);
  (globalThis as unknown as { readonly crypto: { getRandomValues(into: Uint8Array): void } }).crypto.getRandomValues(
    bytes,
  );
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
