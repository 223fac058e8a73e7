import type { Embedding, Segment } from './embedding.ts';
import { segmented } from './embedding.ts';
import type { Span } from './span.ts';

/** One word of a shell command. `text` has quotes and escapes resolved; an expansion stands in it as it was written. */
export interface ShellWord {
  readonly text: string;
  /** The word with its quotes. */
  readonly span: Span;
  /** Holds `$VAR`, `$(…)` or backticks outside single quotes: its real value is not known here. */
  readonly dynamic: boolean;
  /** Any part of it is quoted or escaped. */
  readonly quoted: boolean;
  /** Where the characters of `text` stand in the script. */
  readonly segments: readonly Segment[];
}

/** Where a parser stands in a script. */
export interface Cursor {
  readonly text: string;
  pos: number;
}

/** Reads the commands of a `$(…)` whose opening the cursor has passed, up to and with its `)`. */
export type ReadSubstitution = (cursor: Cursor) => void;

const ENDS_WORD = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')']);

interface Draft {
  text: string;
  dynamic: boolean;
  quoted: boolean;
  readonly segments: Segment[];
}

/** Reads one word, or nothing where no word begins. A quote that never closes counts as an ordinary character. */
export function readWord(cursor: Cursor, substitution: ReadSubstitution): ShellWord | undefined {
  const start = cursor.pos;
  const draft: Draft = { text: '', dynamic: false, quoted: false, segments: [] };
  while (cursor.pos < cursor.text.length) {
    const c = cursor.text[cursor.pos]!;
    if (ENDS_WORD.has(c) || isCarriageReturn(cursor.text, cursor.pos)) break;
    if (c === '\\') readEscape(cursor, draft);
    else if (c === "'") readSingle(cursor, draft);
    else if (c === '"') readDouble(cursor, draft, substitution);
    else if (c === '$' || c === '`') readExpansion(cursor, draft, substitution);
    else take(cursor, draft, 1);
  }
  if (cursor.pos === start) return undefined;
  return { ...draft, span: [start, cursor.pos] };
}

/** An embedding for a text that is one word of a script, such as the JSON after `-p`. */
export function wordEmbedding(script: string, word: ShellWord): Embedding {
  const quote = script[word.span[0]];
  return segmented(word.segments, (text) => {
    if (quote === "'") return text.replaceAll("'", String.raw`'\''`);
    if (quote === '"') return text.replace(/[\\"$`]/g, '\\$&');
    return text.replace(/[^\w./:,@%+=-]/g, '\\$&');
  });
}

export function isCarriageReturn(text: string, pos: number): boolean {
  return text[pos] === '\r' && (text[pos + 1] === '\n' || pos + 1 === text.length);
}

/** The length of a backslash and line break at `pos`, or 0. */
export function continuationAt(text: string, pos: number): number {
  if (text[pos] !== '\\') return 0;
  if (text[pos + 1] === '\n') return 2;
  return text[pos + 1] === '\r' && text[pos + 2] === '\n' ? 3 : 0;
}

/** Appends a run of equal characters to a list of segments, joined with the last one where both sides touch. */
export function appendSegment(segments: Segment[], segment: Segment): void {
  const last = segments.at(-1);
  const isEscape = last?.width !== undefined || segment.width !== undefined;
  if (last && !isEscape && last.inner + last.length === segment.inner && last.outer + last.length === segment.outer)
    segments[segments.length - 1] = { ...last, length: last.length + segment.length };
  else segments.push(segment);
}

function take(cursor: Cursor, draft: Draft, length: number): void {
  const end = Math.min(cursor.pos + length, cursor.text.length);
  appendSegment(draft.segments, { inner: draft.text.length, outer: cursor.pos, length: end - cursor.pos });
  draft.text += cursor.text.slice(cursor.pos, end);
  cursor.pos = end;
}

function readEscape(cursor: Cursor, draft: Draft): void {
  const continuation = continuationAt(cursor.text, cursor.pos);
  if (continuation > 0) {
    cursor.pos += continuation;
    return;
  }
  draft.quoted = true;
  takeEscaped(cursor, draft);
}

/** The character behind the backslash at the cursor; both stand for it. */
function takeEscaped(cursor: Cursor, draft: Draft): void {
  const char = cursor.text[cursor.pos + 1] ?? '';
  if (char !== '') appendSegment(draft.segments, { inner: draft.text.length, outer: cursor.pos, length: 1, width: 2 });
  draft.text += char;
  cursor.pos = Math.min(cursor.pos + 2, cursor.text.length);
}

function readSingle(cursor: Cursor, draft: Draft): void {
  const close = cursor.text.indexOf("'", cursor.pos + 1);
  if (close < 0) {
    take(cursor, draft, 1);
    return;
  }
  draft.quoted = true;
  cursor.pos += 1;
  take(cursor, draft, close - cursor.pos);
  cursor.pos = close + 1;
}

function readDouble(cursor: Cursor, draft: Draft, substitution: ReadSubstitution): void {
  if (!closesDouble(cursor.text, cursor.pos + 1)) {
    take(cursor, draft, 1);
    return;
  }
  draft.quoted = true;
  cursor.pos += 1;
  while (cursor.pos < cursor.text.length) {
    const c = cursor.text[cursor.pos]!;
    if (c === '"') {
      cursor.pos += 1;
      return;
    }
    const continuation = continuationAt(cursor.text, cursor.pos);
    if (continuation > 0) cursor.pos += continuation;
    else if (c === '\\' && /[$`"\\]/.test(cursor.text[cursor.pos + 1] ?? '')) takeEscaped(cursor, draft);
    else if (c === '$' || c === '`') readExpansion(cursor, draft, substitution);
    else take(cursor, draft, 1);
  }
}

function closesDouble(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '"') return true;
    if (text[i] === '\\') i += 1;
  }
  return false;
}

function readExpansion(cursor: Cursor, draft: Draft, substitution: ReadSubstitution): void {
  const { text, pos } = cursor;
  if (text.startsWith('$(', pos) && !text.startsWith('$((', pos)) {
    const inner = { text, pos: pos + 2 };
    substitution(inner);
    draft.dynamic = true;
    take(cursor, draft, Math.max(inner.pos, pos + 2) - pos);
    return;
  }
  const length = expansionLength(text, pos);
  if (length > 1) draft.dynamic = true;
  take(cursor, draft, Math.max(length, 1));
}

/** The length of the expansion at `pos` of an unquoted text: `$name`, `${…}`, `$(…)`, `$((…))` or backticks; 0 for none. */
export function expansionLength(text: string, pos: number): number {
  if (text[pos] === '`') {
    const close = text.indexOf('`', pos + 1);
    return close < 0 ? 0 : close + 1 - pos;
  }
  if (text[pos] !== '$') return 0;
  const next = text[pos + 1];
  if (next === '{') return balancedLength(text, pos + 1, '{', '}');
  if (next === '(') return balancedLength(text, pos + 1, '(', ')');
  if (next === "'") {
    const close = text.indexOf("'", pos + 2);
    return close < 0 ? 0 : close + 1 - pos;
  }
  const name = /[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]/y;
  name.lastIndex = pos + 1;
  return name.test(text) ? name.lastIndex - pos : 0;
}

/** From the `$` before `open` to the bracket that closes it; 0 when it never closes. */
function balancedLength(text: string, open: number, opening: string, closing: string): number {
  let depth = 0;
  // A bound, so that many brackets that never close do not make reading slow.
  for (let i = open; i < text.length && i < open + 4000; i++) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === opening) depth += 1;
    else if (text[i] === closing) {
      depth -= 1;
      if (depth === 0) return i + 2 - open;
    }
  }
  return 0;
}
