import type { Span } from './span.ts';
import type { YamlTree } from './tree.ts';
import { type YamlCursor, yamlCursor } from './yaml-cursor.ts';
import { lineAbove, lineStart, type YamlLine, yamlLineAt } from './yaml-line.ts';

/** `|`, `>-`, `>2` and the like behind a key. */
const OPENS = /^(?:[&!]\S+[ \t]+)*[|>][-+\d]*[ \t]*(?:#.*)?$/;

/**
 * The cursor in the text of a block scalar that is a key's value: `token` is the whole text, its line breaks and indentation
 * as they are written. Undefined elsewhere.
 */
export function blockTextCursor(text: string, offset: number, tree: YamlTree): YamlCursor | undefined {
  const start = lineStart(text, offset);
  const here = /^ */.exec(text.slice(start))![0].length;
  const isBlank = /^[ \t]*\r?(?:\n|$)/.test(text.slice(start));
  const column = isBlank ? offset - start : here;
  if (offset - start < column) return undefined;
  const opener = openerAbove(text, start, column);
  if (opener?.key === undefined) return undefined;
  const key = yamlCursor(text, opener.key.span[0], tree);
  if (key?.role !== 'key') return undefined;
  return {
    ...key,
    role: 'value',
    path: [...key.path, opener.key.text],
    token: bodyOf(text, opener),
    quote: '',
    behindKey: true,
    hasColon: false,
    written: new Set(),
  };
}

/** The line whose block scalar a line at a column would belong to: the first line further out that opens one. */
function openerAbove(text: string, start: number, column: number): YamlLine | undefined {
  let line = column === 0 ? undefined : lineAbove(text, start, column - 1);
  while (line !== undefined) {
    if (OPENS.test(text.slice(line.rest, line.end))) return line.column < column ? line : undefined;
    line = line.indent === 0 ? undefined : lineAbove(text, line.start, line.indent - 1);
  }
  return undefined;
}

/** From the line below the opening one to the last that stands further in. */
function bodyOf(text: string, opener: YamlLine): Span {
  const first = text.indexOf('\n', opener.end) + 1;
  let end = first;
  for (let at = first; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? text.length : newline + 1;
    const line = yamlLineAt(text, at);
    if (line.indent <= opener.column && at + line.indent < line.end) break;
    end = newline === -1 ? text.length : newline;
    at = next;
  }
  return [first, end];
}
