import type { Span } from './span.ts';

/** A word, a sign or a string of a BIRD configuration; a string's text and a quoted symbol's are without their quotes. */
export interface BirdToken {
  readonly text: string;
  readonly span: Span;
  readonly kind: 'word' | 'sign' | 'string';
}

/** A token, or the comment between two; `open` when its end is missing. */
export type BirdLexeme = (BirdToken | { readonly kind: 'comment'; readonly span: Span }) & { readonly open?: true };

/** Signs stand alone; in prefixes, addresses and names of interfaces there is none of them. */
const LEXEME = /\s+|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"[^"\n]*("?)|'[\w.:-]*'|(?:(?!\/\*)[\w.:/%@$*-])+|[\s\S]/g;

/** The tokens and comments of a configuration from an offset between two of them (BIRD's conf/cf-lex.l); every text has some reading. */
export function* birdLexemes(text: string, from = 0): Generator<BirdLexeme> {
  const lexeme = new RegExp(LEXEME);
  lexeme.lastIndex = from;
  for (const { 0: found, 1: quote, index } of text.matchAll(lexeme)) {
    const span: Span = [index, index + found.length];
    if (/^\s/.test(found)) continue;
    if (found.startsWith('#')) yield { kind: 'comment', span };
    else if (found.startsWith('/*'))
      yield { kind: 'comment', span, ...(!(found.endsWith('*/') && found.length >= 4) && { open: true }) };
    else yield { ...tokenOf(found, span), ...(quote === '' && found.startsWith('"') && { open: true }) };
  }
}

function tokenOf(found: string, span: Span): BirdToken {
  if (found.startsWith('"')) return { text: found.slice(1).replace(/"$/, ''), span, kind: 'string' };
  if (found.length > 1 && found.startsWith("'")) return { text: found.slice(1, -1), span, kind: 'word' };
  return { text: found, span, kind: /^[\w.:/%@$*-]/.test(found) ? 'word' : 'sign' };
}

/** Where a name stands in its token: inside the quotes of a quoted symbol. */
export function birdNameSpan({ text, span: [start, end] }: BirdToken): Span {
  return end - start > text.length ? [start + 1, start + 1 + text.length] : [start, end];
}
