import type { Doc } from '../../syntax/document.ts';
import type { FrrLine } from '../../syntax/frr.ts';
import type { Insertion } from './router.ts';

/** The lines of an FRR configuration and the document they stand in. */
export interface FrrText {
  readonly doc: Doc;
  readonly text: string;
  readonly lines: readonly FrrLine[];
  /** Commands typed at a prompt: nothing can be inserted between them. */
  readonly typed: boolean;
}

/** Below a line, behind a comment that may follow on it. */
export function afterLine(source: FrrText, line: FrrLine, indent: string): Insertion | undefined {
  return at(source, line.span[1], indent);
}

/** Below the last line of a block and of the blocks in it. */
export function atEnd(source: FrrText, block: FrrLine): Insertion | undefined {
  const last = block.children.at(-1);
  if (!last) return afterLine(source, block, `${block.indent} `);
  return at(source, endOf(last, block), last.indent);
}

function endOf(line: FrrLine, around: FrrLine): number {
  // One `end` closes all blocks; it stands outside of them.
  if (line.close && line.close[0] !== around.close?.[0]) return line.close[1];
  const last = line.children.at(-1);
  return last ? endOf(last, around) : line.span[1];
}

function at(source: FrrText, offset: number, indent: string): Insertion | undefined {
  if (source.typed) return undefined;
  const { text } = source;
  const newline = text.indexOf('\n', offset);
  const lineEnd = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  const end = Math.max(lineEnd, offset);
  return {
    place: { doc: source.doc, span: [end, end] },
    indent,
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    after: '',
  };
}
