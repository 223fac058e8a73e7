import type { Span } from './span.ts';
import type { Path, Step } from './tree.ts';
import type { RawCursor } from './yaml-cursor-block.ts';

interface Bracket {
  readonly close: '}' | ']';
  readonly entries: Map<string, string>;
  key: string | undefined;
  index: number;
  /** What was read last: a key until a colon makes it one, else a value. */
  last: string | undefined;
}

/** The cursor inside brackets that open at `start`, whose path is `base`. Undefined behind their end and in comments. */
export function flowCursor(text: string, start: number, offset: number, base: Path): RawCursor | undefined {
  const open: Bracket[] = [];
  let at = start;
  let token: { readonly span: Span; readonly quote: '' | "'" | '"' } | undefined;
  while (at < offset) {
    const c = text[at]!;
    const top = open.at(-1);
    if (c === '{' || c === '[') open.push(bracket(c));
    else if (c === '}' || c === ']') {
      settle(top);
      open.pop();
      if (open.length === 0) return undefined;
    } else if (c === ',') {
      settle(top);
      if (top !== undefined) Object.assign(top, { key: undefined, last: undefined, index: top.index + 1 });
    } else if (c === ':' && top?.close === '}') Object.assign(top, { key: top.key ?? top.last ?? '', last: undefined });
    else if (c === '#' && /[\s,[{]/.test(text[at - 1] ?? ' ')) {
      at = lineEnd(text, at);
      if (at >= offset) return undefined;
      continue;
    } else if (!/\s/.test(c)) {
      const quote = c === '"' || c === "'" ? c : '';
      const end =
        quote === '' ? plainEnd(text, at, top?.close === '}' && top.key === undefined, offset) : quotedEnd(text, at);
      const span: Span = quote === '' ? [at, end] : [at + 1, end];
      if (offset <= end) {
        token = { span, quote };
        break;
      }
      if (top !== undefined) top.last = text.slice(span[0], span[1]).trim();
      at = quote === '' ? end : end + 1;
      continue;
    }
    at++;
  }
  const top = open.at(-1);
  if (top === undefined) return undefined;
  const steps: Step[] = open.slice(0, -1).map((one) => stepOf(one));
  const isKey = top.close === '}' && top.key === undefined;
  const span: Span = token?.span ?? [offset, offset];
  // Something complete stands before the cursor already.
  if (token === undefined && top.last !== undefined) return undefined;
  const rest = text.slice(span[1], span[1] + 40);
  return {
    role: isKey ? 'key' : top.close === ']' ? 'item' : 'value',
    path: [...base, ...steps, ...(isKey ? [] : [stepOf(top)])],
    token: span,
    quote: token?.quote ?? '',
    flow: true,
    column: 0,
    behindKey: false,
    hasColon: isKey && /^["']?[ \t]*:/.test(rest),
    written: new Set([...top.entries.keys(), ...keysBehind(text, span[1], top)]),
    entriesOf: (mapping) => entriesOf(open, base, mapping),
  };
}

function bracket(c: '{' | '['): Bracket {
  return { close: c === '{' ? '}' : ']', entries: new Map(), key: undefined, index: 0, last: undefined };
}

function settle(top: Bracket | undefined): void {
  if (top?.close === '}' && top.key !== undefined) top.entries.set(top.key, top.last ?? '');
}

function stepOf(one: Bracket): Step {
  return one.close === ']' ? one.index : (one.key ?? '');
}

function entriesOf(open: readonly Bracket[], base: Path, mapping: Path): ReadonlyMap<string, string> | undefined {
  const found = open[mapping.length - base.length];
  return found?.close === '}' ? found.entries : undefined;
}

/** Keys of the same mapping that follow the cursor, until its brackets close. */
function keysBehind(text: string, from: number, { close }: Bracket): readonly string[] {
  if (close !== '}') return [];
  const keys: string[] = [];
  let depth = 0;
  // What is unclosed would go on to the end of the text.
  const stop = Math.min(text.length, from + 4000);
  for (let at = from; at < stop && depth >= 0; at++) {
    const c = text[at]!;
    if (c === '{' || c === '[') depth++;
    else if (c === '}' || c === ']') depth--;
    else if (c === ',' && depth === 0) {
      const key = /^\s*(?:"([^"\n]*)"|'([^'\n]*)'|([\w./-]+))\s*:/.exec(text.slice(at + 1, at + 200));
      const name = key?.[1] ?? key?.[2] ?? key?.[3];
      if (name !== undefined) keys.push(name);
    }
  }
  return keys;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

/** Where a plain scalar ends, behind its first character. A colon that was just typed is a part of it. */
function plainEnd(text: string, from: number, isKey: boolean, offset: number): number {
  let at = from + 1;
  while (at < text.length) {
    const c = text[at]!;
    if (/[,[\]{}\n\r]/.test(c)) break;
    if (c === ':' && (isKey || (at + 1 !== offset && /[\s,[\]{}]/.test(text[at + 1] ?? ' ')))) break;
    if (c === '#' && /\s/.test(text[at - 1] ?? '')) break;
    at++;
  }
  while (at > from && /\s/.test(text[at - 1]!)) at--;
  return at;
}

/** Where the closing quote stands; the end of the line for a quote that is not closed on it. */
export function quotedEnd(text: string, from: number): number {
  const quote = text[from]!;
  for (let at = from + 1; at < text.length; at++) {
    const c = text[at]!;
    if (c === '\n' || c === '\r') return at;
    if (c === '\\' && quote === '"') at++;
    else if (c === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at;
    }
  }
  return text.length;
}
