import type { BirdTree } from './bird.ts';
import { type BirdToken, birdLexemes } from './bird-lexer.ts';
import type { Span } from './span.ts';

/** Where somebody types in a configuration of BIRD. */
export interface BirdPosition {
  /** The words in front of the braces that are open, outermost first. */
  readonly blocks: readonly (readonly BirdToken[])[];
  /** The words of the statement before the one that is typed. */
  readonly words: readonly BirdToken[];
  /** The word at the offset, to its end; empty between words. */
  readonly token: Span;
}

/** The blocks and the statement at an offset, by what stands before it only: the statement may be half typed. Undefined in comments. */
export function birdPositionAt({ text, statements }: BirdTree, offset: number): BirdPosition | undefined {
  // Behind a complete statement of the top level nothing before it counts any more; the last may be half typed.
  const from =
    statements.findLast(({ span }, index) => span[1] < offset && index + 1 < statements.length)?.span[1] ?? 0;
  const blocks: (readonly BirdToken[])[] = [];
  let words: BirdToken[] = [];
  let brackets = 0;
  let token: Span = [offset, offset];
  for (const lexeme of birdLexemes(text, from)) {
    const { kind, span } = lexeme;
    if (span[0] >= offset && !(kind === 'word' && span[0] === offset)) break;
    if (kind === 'comment') {
      // A comment to the end of the line goes on behind its last character.
      if (span[1] > offset || (span[1] === offset && text[span[0]] === '#') || lexeme.open) return undefined;
      continue;
    }
    const isTyped = kind === 'word' || (kind === 'string' && (span[1] > offset || lexeme.open));
    if (isTyped && span[1] >= offset) {
      token = kind === 'string' ? [span[0] + 1, span[0] + 1 + lexeme.text.length] : span;
      break;
    }
    const sign = kind === 'sign' ? lexeme.text : '';
    if (sign === ';') {
      words = [];
      brackets = 0;
    } else if (sign === '{' && brackets === 0) {
      blocks.push(words);
      words = [];
    } else if (sign === '}' && brackets === 0) {
      blocks.pop();
      words = [];
    } else {
      if (sign === '[' || sign === '(') brackets++;
      if ((sign === ']' || sign === ')') && brackets > 0) brackets--;
      words.push(lexeme);
    }
  }
  return { blocks, words, token };
}
