import type { Problem, Span } from './span.ts';

/** A line of `resolv.conf`: its keyword and the words behind it. */
export interface ResolvLine {
  readonly keyword: string;
  readonly span: Span;
  readonly words: readonly { readonly text: string; readonly span: Span }[];
}

export interface ResolvTree {
  readonly text: string;
  /** Always empty: resolvers leave lines alone that they do not know. */
  readonly problems: readonly Problem[];
  readonly lines: readonly ResolvLine[];
}

/** Reads `resolv.conf` (resolv.conf(5)): comments begin with `#` or `;`. */
export function parseResolv(text: string): ResolvTree {
  const lines: ResolvLine[] = [];
  for (const match of text.matchAll(/^[^\n]*/gm)) {
    const words = [...match[0].replace(/[#;].*$/, '').matchAll(/\S+/g)].map((word) => {
      const start = match.index + word.index;
      return { text: word[0], span: [start, start + word[0].length] as const };
    });
    const [keyword, ...rest] = words;
    if (keyword !== undefined) lines.push({ keyword: keyword.text, span: keyword.span, words: rest });
  }
  return { text, problems: [], lines };
}

export function looksLikeResolv(text: string): boolean {
  return /^[ \t]*nameserver[ \t]+\S/m.test(text);
}
