import { withLastBreak } from './frr-format.ts';
import { parseVyos, type VyosNode } from './vyos.ts';
import { type VyosToken, vyosTokens } from './vyos-lexer.ts';

const INDENT = 4;

/**
 * The text of a `config.boot` as VyOS writes it: four spaces a brace, one space between words. Strings and comments keep
 * every character; `set` commands only lose the white space around them. Undefined for a template, for braces that do not
 * close, and for a text that would be read as something else afterwards.
 */
export function formatVyos(text: string): string | undefined {
  if (/\{%|\{\{/.test(text)) return undefined;
  const tree = parseVyos(text);
  if (tree.problems.length > 0) return undefined;
  const formatted = withLastBreak(tree.commands ? trimmedLines(text) : indented(text));
  const after = parseVyos(formatted);
  return after.problems.length === 0 && saysTheSame(tree.nodes, after.nodes) ? formatted : undefined;
}

function trimmedLines(text: string): string {
  // A quoted value may go on over lines: then nothing is known of what is around it.
  const open = vyosTokens(text).some(({ kind, span }) => kind === 'word' && text.slice(...span).includes('\n'));
  return open ? text : text.replace(/^[ \t]+|[ \t]+(?=\r?$)/gm, '');
}

function indented(text: string): string {
  const lines: string[] = [];
  let depth = 0;
  let line: VyosToken[] = [];
  let from = 0;
  const finish = (end: number): void => {
    const content = text.slice(from, end).replace(/\r$/, '');
    const closing = line.findIndex(({ kind }) => kind !== 'close');
    const closes = closing === -1 ? line.length : closing;
    const at = Math.max(0, depth - closes);
    lines.push(line.length === 0 ? '' : ' '.repeat(at * INDENT) + written(content, line, from));
    for (const { kind } of line) depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0;
    depth = Math.max(0, depth);
    line = [];
    from = end + 1;
  };
  for (const token of vyosTokens(text)) {
    if (token.kind === 'newline') finish(token.span[0]);
    else line.push(token);
  }
  finish(text.length);
  // What ends with a line break has no line behind it.
  return lines.join(text.includes('\r\n') ? '\r\n' : '\n');
}

/** The tokens of a line with one space between those that had some; `text` begins at `offset` of the file. */
function written(text: string, tokens: readonly VyosToken[], offset: number): string {
  return tokens
    .map(({ kind, span }, index) => {
      const before = tokens[index - 1];
      const apart = before !== undefined && (before.span[1] < span[0] || kind === 'open' || before.kind === 'open');
      return (apart ? ' ' : '') + text.slice(span[0] - offset, span[1] - offset);
    })
    .join('');
}

function saysTheSame(one: readonly VyosNode[], other: readonly VyosNode[]): boolean {
  return (
    one.length === other.length &&
    one.every((node, index) => {
      const there = other[index]!;
      return (
        node.name === there.name &&
        node.value === there.value &&
        (node.body === undefined) === (there.body === undefined) &&
        saysTheSame(node.children, there.children)
      );
    })
  );
}
