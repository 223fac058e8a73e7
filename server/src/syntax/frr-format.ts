import { type FrrLine, type FrrTree, parseFrr } from './frr.ts';

/**
 * The text with every command indented as FRR writes it: one space a block, `!` as deep as the command behind it. Blocks
 * that are not read here keep their indentation. Undefined for what must not be touched: a transcript, a template, or a text
 * that would be read as something else afterwards.
 */
export function formatFrr(text: string): string | undefined {
  const tree = parseFrr(text);
  if (tree.typed || /\{%|\{\{/.test(text)) return undefined;
  const starts = lineStarts(text);
  const depths = depthsOf(tree, starts);
  const lines = text.split('\n');
  let below = 0;
  // From the end, because a comment is as deep as what it stands before.
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index]!.replace(/[ \t]+(\r?)$/, '$1');
    const isComment = /^[ \t]*[!#]/.test(line);
    const depth = isComment ? below : depths.get(index);
    if (depth !== undefined && depth !== 'kept' && line.trim() !== '')
      lines[index] = ' '.repeat(depth) + line.trimStart();
    else lines[index] = line;
    if (isComment || line.trim() === '') continue;
    // What stands before the end of a block is still in it.
    below = typeof depth === 'number' ? depth + (/^\s*exit/.test(line) ? 1 : 0) : indentOf(line);
  }
  const formatted = withLastBreak(lines.join('\n'));
  return saysTheSame(tree.lines, parseFrr(formatted).lines) ? formatted : undefined;
}

type Depth = number | 'kept';

/** How deep the command of each line is; `kept` where that is not known. */
function depthsOf(tree: FrrTree, starts: readonly number[]): ReadonlyMap<number, Depth> {
  const depths = new Map<number, Depth>();
  const visit = (lines: readonly FrrLine[], depth: Depth): void => {
    for (const { span, block, children, close } of lines) {
      depths.set(lineAt(starts, span[0]), depth);
      visit(children, block === 'other' || depth === 'kept' ? 'kept' : depth + 1);
      // `end` closes several blocks: the outermost, which comes last, says where it stands.
      if (close !== undefined) depths.set(lineAt(starts, close[0]), block === 'other' ? 'kept' : depth);
    }
  };
  visit(tree.lines, 0);
  return depths;
}

function saysTheSame(one: readonly FrrLine[], other: readonly FrrLine[]): boolean {
  return (
    one.length === other.length &&
    one.every((line, index) => {
      const there = other[index]!;
      return (
        line.negated === there.negated &&
        line.block === there.block &&
        (line.close === undefined) === (there.close === undefined) &&
        line.words.length === there.words.length &&
        line.words.every(({ text }, at) => text === there.words[at]!.text) &&
        saysTheSame(line.children, there.children)
      );
    })
  );
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A text that ends with a line break, of the kind that it has. */
export function withLastBreak(text: string): string {
  if (text === '' || text.endsWith('\n')) return text;
  return text + (text.includes('\r\n') ? '\r\n' : '\n');
}
