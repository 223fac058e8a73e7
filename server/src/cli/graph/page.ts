import { randomBytes } from 'node:crypto';
import type { GraphView } from '../../engine/graph.ts';
import type { Language } from '../../text.ts';

/** The page of a browser tab: our script and nothing else, and no address but ours to talk to. */
export function pageOf(language: Language, view: GraphView): { readonly html: string; readonly policy: string } {
  const nonce = randomBytes(18).toString('base64url');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `connect-src 'self'`,
    'img-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  const html = [
    '<!DOCTYPE html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    '<title>Selvage</title>',
    '</head>',
    `<body data-view="${view}">`,
    `<script nonce="${nonce}" src="view.js"></script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
  return { html, policy };
}
