import type { Span } from './span.ts';

export type VyosToken =
  | {
      readonly kind: 'word';
      readonly span: Span;
      readonly text: string;
      readonly quoted: boolean;
      readonly closed: boolean;
    }
  | { readonly kind: 'open' | 'close' | 'newline'; readonly span: Span }
  | { readonly kind: 'comment'; readonly span: Span; readonly line: boolean };

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * The tokens of a VyOS `config.boot` (vyos1x-config's lexer): words are runs of anything but white space, braces and
 * quotes; strings take either quote, know backslash escapes and may span lines. A string that never closes ends with its line.
 */
export function vyosTokens(text: string): readonly VyosToken[] {
  const tokens: VyosToken[] = [];
  let pos = 0;
  while (pos < text.length) {
    const c = text[pos]!;
    const start = pos;
    if (c === '\n') {
      pos += 1;
      tokens.push({ kind: 'newline', span: [start, pos] });
    } else if (/\s/.test(c)) pos += 1;
    else if (c === '{' || c === '}') {
      pos += 1;
      tokens.push({ kind: c === '{' ? 'open' : 'close', span: [start, pos] });
    } else if (text.startsWith('//', pos)) {
      pos = lineEnd(text, pos);
      tokens.push({ kind: 'comment', span: [start, pos], line: true });
    } else if (text.startsWith('/*', pos)) {
      const close = text.indexOf('*/', pos + 2);
      pos = close < 0 ? lineEnd(text, pos) : close + 2;
      tokens.push({ kind: 'comment', span: [start, pos], line: false });
    } else if (c === '"' || c === "'") {
      const string = readString(text, pos);
      pos = string.end;
      tokens.push({ kind: 'word', span: [start, pos], text: string.text, quoted: true, closed: string.closed });
    } else {
      while (pos < text.length && !/[\s{}"']/.test(text[pos]!)) pos += 1;
      tokens.push({ kind: 'word', span: [start, pos], text: text.slice(start, pos), quoted: false, closed: true });
    }
  }
  return tokens;
}

function readString(text: string, start: number): { text: string; end: number; closed: boolean } {
  const quote = text[start]!;
  let value = '';
  for (let pos = start + 1; pos < text.length; pos++) {
    const c = text[pos]!;
    if (c === quote) return { text: value, end: pos + 1, closed: true };
    if (c === '\\' && pos + 1 < text.length) {
      pos += 1;
      const escaped = text[pos]!;
      value += ESCAPES[escaped] ?? escaped;
    } else value += c;
  }
  const end = start + text.slice(start, lineEnd(text, start)).trimEnd().length;
  return { text: text.slice(start + 1, end), end: Math.max(end, start + 1), closed: false };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
