import { type BirdToken, birdLexemes } from './bird-lexer.ts';
import type { Span } from './span.ts';

export type { BirdToken } from './bird-lexer.ts';

/** `words;` or `words { statements }`: BIRD's whole grammar, as far as it is the same for every protocol. */
export interface BirdStatement {
  readonly words: readonly BirdToken[];
  /** From the first word to the `;` or `}`. */
  readonly span: Span;
  /** What stands between the braces; absent where there are none. */
  readonly body?: readonly BirdStatement[];
}

export interface BirdTree {
  readonly text: string;
  readonly statements: readonly BirdStatement[];
  /** A brace, bracket, comment or string that is never closed, or a brace too many: what is read may not be all there is. */
  readonly broken: boolean;
}

/** BIRD's own kinds of protocols, of which one at least is in every configuration that does something. */
const PROTOCOL =
  /^[ \t]*(protocol|template)[ \t]+(bgp|device|kernel|static|direct|ospf|rip|babel|bfd|pipe)\b[^;{\n]*(\{|\r?$)/m;
const ROUTER_ID = /^[ \t]*router[ \t]+id[ \t]+[^;\n]+;/m;

/** Whether a text becomes a configuration only when a template engine has been over it. */
export function isBirdTemplate(text: string): boolean {
  return /\{\{|\{%|<%/.test(text);
}

/** Whether a text under one of BIRD's file names has something in it that only BIRD says; templates of it have not. */
export function looksLikeBird(text: string): boolean {
  return !isBirdTemplate(text) && (PROTOCOL.test(text) || ROUTER_ID.test(text));
}

/** Whether a text must be BIRD's whatever its file is called: it has a router id and a protocol. */
export function isSurelyBird(text: string): boolean {
  return looksLikeBird(text) && PROTOCOL.test(text) && ROUTER_ID.test(text);
}

/** Whether a path is one at which BIRD's configuration usually is: `bird.conf`, `r1.bird.conf`, `bird/peers.conf`, `r1.bird`. */
export function isBirdPath(path: string): boolean {
  return /(^|\/)([\w.-]+[.-])?bird6?\.conf$|(^|\/)bird6?(\.d)?\/[^/]+\.conf$|\.bird$/.test(path);
}

interface Open {
  readonly statements: BirdStatement[];
  words: BirdToken[];
}

/** Blocks in more blocks than this are read past: nobody writes them, and whoever walks the tree goes down as deep. */
const DEEPEST = 200;

/**
 * Reads a configuration of BIRD 2 into its statements. Never fails: what is not closed ends with the text, a brace too
 * many is passed over, and both are told by `broken`. Braces in brackets belong to a set of prefixes, not to a block.
 */
export function parseBird(text: string): BirdTree {
  let broken = false;
  const top: Open = { statements: [], words: [] };
  const open: Open[] = [top];
  let brackets = 0;
  let end = 0;
  const finish = (level: Open, at: number, body?: readonly BirdStatement[]): void => {
    const start = level.words[0]?.span[0];
    if (open.length > DEEPEST) broken = true;
    else if (start !== undefined)
      level.statements.push({ words: level.words, span: [start, at], ...(body && { body }) });
    level.words = [];
  };
  const close = (at: number): void => {
    const inner = open.pop()!;
    finish(inner, at);
    finish(open.at(-1)!, at, inner.statements);
  };
  for (const lexeme of birdLexemes(text)) {
    if (lexeme.open) broken = true;
    if (lexeme.kind === 'comment') continue;
    const sign = lexeme.kind === 'sign' ? lexeme.text : undefined;
    end = lexeme.span[1];
    const level = open.at(-1)!;
    if (sign === ';') {
      // No set goes over a `;`: one that is not closed ends here.
      if (brackets > 0) broken = true;
      brackets = 0;
      finish(level, end);
    } else if (sign === '{' && brackets === 0) open.push({ statements: [], words: [] });
    else if (sign === '}' && brackets === 0) {
      if (open.length > 1) close(end);
      else broken = true;
    } else {
      if (sign === '[' || sign === '(') brackets++;
      if ((sign === ']' || sign === ')') && brackets > 0) brackets--;
      level.words.push(lexeme);
    }
  }
  if (open.length > 1 || brackets > 0) broken = true;
  while (open.length > 1) close(end);
  finish(top, end);
  return { text, statements: top.statements, broken };
}
