import { type BirdStatement, isBirdTemplate, parseBird } from './bird.ts';
import { type BirdLexeme, birdLexemes } from './bird-lexer.ts';
import { withLastBreak } from './frr-format.ts';

/**
 * The text of a configuration of BIRD with every line at the depth of its blocks, `indent` a step: BIRD writes none itself,
 * so the editor's own indentation holds. Between words nothing changes, and a comment keeps all but its first line's
 * indentation. Undefined for a template and for blocks that do not close.
 */
export function formatBird(text: string, indent: string): string | undefined {
  if (isBirdTemplate(text)) return undefined;
  const tree = parseBird(text);
  if (tree.broken) return undefined;
  const formatted = withLastBreak(indented(text, indent));
  const after = parseBird(formatted);
  return !after.broken && saysTheSame(tree.statements, after.statements) ? formatted : undefined;
}

interface Opened {
  readonly bracket: string;
  /** Depth of the statement that it stands in. */
  readonly depth: number;
}

interface Depth {
  readonly depth: number;
  readonly statement: number;
}

function indented(text: string, indent: string): string {
  const open: Opened[] = [];
  const lexemes = [...birdLexemes(text)];
  let next = 0;
  let isBetween = true;
  let from = 0;
  return text
    .split('\n')
    .map((line) => {
      const end = from + line.length;
      const inComment = next > 0 && lexemes[next - 1]!.span[1] > from;
      const here: BirdLexeme[] = [];
      while (next < lexemes.length && lexemes[next]!.span[0] < end) here.push(lexemes[next++]!);
      from = end + 1;
      const { depth, statement } = depthOf(open, here, isBetween);
      for (const lexeme of here) {
        if (lexeme.kind === 'comment') continue;
        const sign = lexeme.kind === 'sign' ? lexeme.text : '';
        if (/[{[(]/.test(sign)) open.push({ bracket: sign, depth: Math.min(statement, depthIn(open)) });
        else if (/[}\])]/.test(sign)) open.pop();
        isBetween = /[{};]/.test(sign) && open.every(({ bracket }) => bracket === '{');
      }
      const content = line.replace(/[ \t]+(?=\r?$)/, '');
      if (inComment) return content;
      const own = content.trimStart();
      // What is commented out at the edge stays there.
      if (content.startsWith('#')) return content;
      return own === '' ? content.replace(/^[ \t]+/, '') : indent.repeat(depth) + own;
    })
    .join('\n');
}

/** A line that closes blocks stands where the line did that opened them; a statement that goes on is one step deeper. */
function depthOf(open: readonly Opened[], line: readonly BirdLexeme[], isBetween: boolean): Depth {
  const closes = line.findIndex((lexeme) => lexeme.kind !== 'sign' || !/[}\])]/.test(lexeme.text));
  const closing = closes === -1 ? line.length : closes;
  if (closing > 0) {
    const depth = open.at(-Math.min(closing, open.length))?.depth ?? 0;
    return { depth, statement: depth };
  }
  const around = open.at(-1);
  const statement = depthIn(open);
  const [first] = line;
  const goesOn = !isBetween && around?.bracket !== '[' && around?.bracket !== '(';
  const opensBlock = first?.kind === 'sign' && first.text === '{';
  const isDeeper = goesOn && !opensBlock && first !== undefined && first.kind !== 'comment';
  return { depth: isDeeper ? statement + 1 : statement, statement };
}

function depthIn(open: readonly Opened[]): number {
  const around = open.at(-1);
  return around === undefined ? 0 : around.depth + 1;
}

function saysTheSame(one: readonly BirdStatement[], other: readonly BirdStatement[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ words, body = [] }, index) => {
      const there = other[index]!;
      return (
        words.length === there.words.length &&
        words.every(({ text, kind }, at) => text === there.words[at]!.text && kind === there.words[at]!.kind) &&
        saysTheSame(body, there.body ?? [])
      );
    })
  );
}
