import type { Span } from './span.ts';
import type { Path, Step } from './tree.ts';
import type { YamlCursor } from './yaml-cursor.ts';
import { flowCursor, quotedEnd } from './yaml-cursor-flow.ts';
import { lineAbove, lineBelow, lineStart, type YamlLine, yamlLineAt } from './yaml-line.ts';

/** A cursor that reads the mappings above it when it is asked for them. */
export type RawCursor = Omit<YamlCursor, 'textAt'> & {
  readonly entriesOf: (mapping: Path) => ReadonlyMap<string, string> | undefined;
};

/** The cursor in text of block style, from its line and those above it that stand further out. */
export function blockCursor(text: string, offset: number): RawCursor | undefined {
  const line = yamlLineAt(text, lineStart(text, offset));
  const content = line.start + line.column;
  const isBlank = content >= line.end && line.dashes.length === 0;
  if (offset < content && !isBlank) return undefined;
  if (line.start === lineStart(text, offset) && /^(---|\.\.\.)/.test(text.slice(line.start, line.end)))
    return undefined;
  const typed = isBlank ? offset - line.start : line.column;
  const near = climb(text, line, typed);
  if (near === undefined) return undefined;
  const column = isBlank ? (near.childColumn ?? typed) : typed;
  const above = column === typed ? near : climb(text, line, column);
  if (above === undefined) return undefined;
  const base = { flow: false, column, behindKey: false, hasColon: false, entriesOf: above.entriesOf };
  const written = (): ReadonlySet<string> => new Set(entriesAround(text, line, column).keys());
  if (line.key !== undefined && offset <= line.key.span[1]) {
    const quote = quoteBefore(text, line.key.span[0]);
    if (offset < line.key.span[0]) return undefined;
    return { ...base, role: 'key', path: above.path, token: line.key.span, quote, hasColon: true, written: written() };
  }
  if (line.key === undefined) {
    const blank: Span = [column === typed ? offset : line.start, offset];
    const token = isBlank ? { span: blank, quote: '' as const } : tokenAt(text, line, offset);
    if (token === undefined) return isBracket(text, line) ? inBrackets(text, line, offset, above) : undefined;
    const role = line.dashes.length > 0 ? 'item' : 'key';
    return { ...base, role, path: above.path, token: token.span, quote: token.quote, written: written() };
  }
  // `key:` wants a space before its value.
  if (text[line.rest - 1] === ':' || offset < line.rest) return undefined;
  const path = [...above.path, line.key.text];
  const token = tokenAt(text, line, offset);
  if (token === undefined)
    return isBracket(text, line) ? inBrackets(text, line, offset, { ...above, path }) : undefined;
  const { span, quote } = token;
  return { ...base, role: 'value', path, token: span, quote, behindKey: true, written: new Set() };
}

function inBrackets(text: string, { rest }: YamlLine, offset: number, above: Surroundings): RawCursor | undefined {
  const cursor = flowCursor(text, rest, offset, above.path);
  return cursor && { ...cursor, entriesOf: (mapping) => cursor.entriesOf(mapping) ?? above.entriesOf(mapping) };
}

function isBracket(text: string, { rest }: YamlLine): boolean {
  return text[rest] === '{' || text[rest] === '[';
}

function quoteBefore(text: string, offset: number): '' | "'" | '"' {
  const c = text[offset - 1];
  return c === '"' || c === "'" ? c : '';
}

/** The scalar that begins at the line's value; undefined for what is none, and for a cursor behind it or in a comment. */
function tokenAt(
  text: string,
  line: YamlLine,
  offset: number,
): (Pick<YamlCursor, 'quote'> & { readonly span: Span }) | undefined {
  const { rest, end } = line;
  if (offset < rest) return undefined;
  const first = text[rest];
  if (rest < end && first !== undefined && /[[{|>&*!#%@`]/.test(first)) return undefined;
  if (rest < end && (first === '"' || first === "'")) {
    const close = quotedEnd(text, rest);
    return offset > close || offset <= rest ? undefined : { span: [rest + 1, close], quote: first };
  }
  const comment = /\s#/.exec(text.slice(rest, end));
  let stop = comment === null ? end : rest + comment.index;
  if (offset > stop) return undefined;
  while (stop > offset && /\s/.test(text[stop - 1]!)) stop--;
  return { span: [rest, Math.max(stop, offset)], quote: '' };
}

interface Surroundings {
  readonly path: Path;
  readonly entriesOf: RawCursor['entriesOf'];
  /** The column of what stands below the same key already. */
  readonly childColumn?: number;
}

interface Frame {
  /** How many steps from the cursor outwards its mapping is. */
  readonly depth: number;
  readonly line: YamlLine;
  readonly column: number;
}

/** Follows the lines above outwards: the path of the mapping or item at a column of a line. Undefined inside a block scalar. */
function climb(text: string, from: YamlLine, at: number): Surroundings | undefined {
  const steps: Step[] = [];
  const frames: Frame[] = [{ depth: 0, line: from, column: at }];
  let line = from;
  let column = at;
  let dashes = from.dashes.filter((dash) => dash < at);
  const enter = (parent: YamlLine): boolean => {
    if (opensText(text, parent)) return false;
    steps.push(parent.key!.text);
    [line, column, dashes] = [parent, parent.column, [...parent.dashes]];
    frames.push({ depth: steps.length, line, column });
    return true;
  };
  for (;;) {
    const dash = dashes.pop();
    const found =
      dash === undefined ? mappingAbove(text, line, column) : itemsAbove(text, line, dash, dashes.length > 0);
    if (found.index !== undefined) steps.push(found.index);
    if (found.parent !== undefined) {
      if (!enter(found.parent)) return undefined;
    } else if (found.item !== undefined) {
      if (found.item.key === undefined && opensText(text, found.item)) return undefined;
      line = found.item;
      const inner = dash ?? column;
      dashes = found.item.dashes.filter((one) => one < inner);
    } else if (dash === undefined || dashes.length === 0) break;
  }
  const path = steps.toReversed();
  const entriesOf = (mapping: Path): ReadonlyMap<string, string> | undefined => {
    const frame = frames.find(({ depth }) => path.length - depth === mapping.length);
    return frame && entriesAround(text, frame.line, frame.column);
  };
  const parent = typeof steps[0] === 'string' ? frames[1]?.line : undefined;
  const child = parent && lineBelow(text, parent.start, text.length);
  const childColumn = child === undefined || child.indent <= parent!.column ? undefined : child.indent;
  return { path, entriesOf, ...(childColumn !== undefined && { childColumn }) };
}

interface Above {
  readonly index?: number;
  /** The line of the key whose value this is. */
  readonly parent?: YamlLine;
  /** The line of the list item that begins it. */
  readonly item?: YamlLine;
}

/** What a mapping at a column belongs to: the item that its first key stands behind, or the key above it. */
function mappingAbove(text: string, from: YamlLine, column: number): Above {
  let line = lineAbove(text, from.start, column);
  for (; line !== undefined; line = lineAbove(text, line.start, column)) {
    if (line.indent === column) continue;
    if (line.dashes.length > 0 && (line.column >= column || line.key === undefined)) return { item: line };
    if (line.key !== undefined && line.column < column) return { parent: line };
  }
  return {};
}

/** Which item of its list one with a dash in a column is, and the key that the list belongs to. */
function itemsAbove(text: string, from: YamlLine, dash: number, isNested: boolean): Above {
  let index = 0;
  // A list that begins behind another dash has its first item there.
  if (isNested) return { index };
  let line = lineAbove(text, from.start, dash);
  for (; line !== undefined; line = lineAbove(text, line.start, dash)) {
    if (line.dashes[0] === dash) index++;
    else if (line.dashes.includes(dash)) return { index: index + 1, item: line };
    else if (line.key !== undefined && line.column <= dash) return { index, parent: line };
  }
  return { index };
}

/** `key: |` and `- >-`: what follows is text. */
function opensText(text: string, { rest, end }: YamlLine): boolean {
  return /^(?:[&!]\S+[ \t]+)*[|>]/.test(text.slice(rest, Math.min(end, rest + 80)));
}

/** The keys of the mapping at a column of a line, with their scalars, without the line's own. */
function entriesAround(text: string, from: YamlLine, column: number): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  const add = (line: YamlLine): void => {
    if (line.key !== undefined && line.column === column) entries.set(line.key.text, scalarOf(text, line));
  };
  if (!from.dashes.some((dash) => dash < column))
    for (
      let line = lineAbove(text, from.start, column);
      line !== undefined;
      line = lineAbove(text, line.start, column)
    ) {
      if (line.dashes.length === 0 && line.indent < column) break;
      add(line);
      if (line.indent < column) break;
    }
  for (let line = lineBelow(text, from.start, column); line !== undefined; line = lineBelow(text, line.start, column)) {
    if (line.indent < column) break;
    if (line.dashes.length === 0) add(line);
  }
  return entries;
}

function scalarOf(text: string, { rest, end }: YamlLine): string {
  const first = text[rest];
  if (first === '"' || first === "'") return text.slice(rest + 1, Math.min(end, quotedEnd(text, rest)));
  return text
    .slice(rest, end)
    .replace(/\s+#.*$/, '')
    .trim();
}
