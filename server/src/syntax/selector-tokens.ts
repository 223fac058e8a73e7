import type { SelectorProblem } from './selector.ts';
import { MESSAGES } from './selector-messages.ts';
import type { Span } from './span.ts';

export type SelectorTokenKind =
  | 'label'
  | 'string'
  | 'has'
  | 'all'
  | 'global'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'in'
  | 'notIn'
  | '=='
  | '!='
  | '!'
  | '&&'
  | '||'
  | '('
  | ')'
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | 'other'
  | 'end';

export interface SelectorToken {
  readonly kind: SelectorTokenKind;
  readonly span: Span;
  /** The label of a label, the content of a string, the opened word of `has(`; empty for the rest. */
  readonly text: string;
  /** A string's content without its quotes. */
  readonly inner?: Span;
}

const SYMBOL = /==|!=|&&|\|\||[=!&|(){}[\],]/y;
const LABEL = /[A-Za-z0-9_./-]+/y;
/** Words that are operators right behind a label, and only there; no word boundary is asked for. */
const OPERATORS: readonly (readonly ['contains' | 'startsWith' | 'endsWith' | 'notIn' | 'in', RegExp])[] = [
  ['contains', /contains/y],
  ['startsWith', /starts[ \t]*with/y],
  ['endsWith', /ends[ \t]*with/y],
  ['notIn', /not[ \t]*in/y],
  ['in', /in/y],
];
const CALL = /(has|all|global)\(/y;
const SINGLE = {
  '=': ['==', MESSAGES.singleEquals],
  '&': ['&&', MESSAGES.singleAnd],
  '|': ['||', MESSAGES.singleOr],
} as const;
const CURLY_QUOTES = /[“”„‟]([^“”„‟]*)[“”]|[‘’‚‛]([^‘’‚‛]*)[‘’]/y;
const ODD_SPACE = /[\u00a0\u2000-\u200b\u202f\u3000\ufeff\f\v]+/y;

/** Cuts a selector into tokens as Calico's tokenizer does; its refusals become problems, and what was meant a token. */
export function selectorTokens(text: string): {
  readonly tokens: readonly SelectorToken[];
  readonly problems: readonly SelectorProblem[];
} {
  const tokens: SelectorToken[] = [];
  const problems: SelectorProblem[] = [];
  let pos = 0;

  const matchAt = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = pos;
    return pattern.exec(text);
  };
  const push = (kind: SelectorTokenKind, length: number, content = '', inner?: Span): void => {
    tokens.push({ kind, span: [pos, pos + length], text: content, ...(inner && { inner }) });
    pos += length;
  };
  const report = (what: keyof typeof MESSAGES, length: number, replacement?: string): void => {
    const span: Span = [pos, pos + length];
    const suggestion = replacement === undefined ? {} : { suggestion: { span, text: replacement } };
    problems.push({ span, code: 'selector/syntax', message: MESSAGES[what], ...suggestion });
  };

  while (pos < text.length) {
    const c = text[pos]!;
    if (c === ' ' || c === '\t') {
      pos += 1;
      continue;
    }
    if (c === '\n' || c === '\r') {
      const run = /[ \t\r\n]+/y;
      run.lastIndex = pos;
      const [space] = run.exec(text)!;
      const isOuter = tokens.length === 0 || pos + space.length === text.length;
      const span: Span = [pos, pos + space.length];
      const suggestion = { span, text: isOuter ? '' : ' ' };
      problems.push({ span, code: 'selector/newline', message: MESSAGES.newline, suggestion });
      pos += space.length;
      continue;
    }
    if (c === '"' || c === "'") {
      const close = text.indexOf(c, pos + 1);
      if (close < 0) {
        report('unterminated', text.length - pos);
        push('string', text.length - pos, text.slice(pos + 1), [pos + 1, text.length]);
      } else push('string', close + 1 - pos, text.slice(pos + 1, close), [pos + 1, close]);
      continue;
    }
    const symbol = matchAt(SYMBOL)?.[0];
    if (symbol !== undefined) {
      if (symbol === '[' || symbol === ']') push(symbol, 1);
      else if (symbol === '=' || symbol === '&' || symbol === '|') {
        const [meant] = SINGLE[symbol];
        report(symbol === '=' ? 'singleEquals' : symbol === '&' ? 'singleAnd' : 'singleOr', 1, meant);
        push(meant, 1);
      } else push(symbol as SelectorTokenKind, symbol.length);
      continue;
    }
    if (tokens.at(-1)?.kind === 'label') {
      const operator = OPERATORS.find(([, pattern]) => matchAt(pattern));
      if (operator) {
        push(operator[0], matchAt(operator[1])![0].length);
        continue;
      }
    } else {
      const call = matchAt(CALL);
      if (call) {
        push(call[1] as 'has' | 'all' | 'global', call[0].length, call[1]);
        continue;
      }
    }
    const label = matchAt(LABEL)?.[0];
    const curly = matchAt(CURLY_QUOTES);
    const space = matchAt(ODD_SPACE)?.[0];
    if (label !== undefined) push('label', label.length, label);
    else if (curly) {
      const content = curly[1] ?? curly[2] ?? '';
      report('typographicQuote', curly[0].length, quoted(content, "'"));
      push('string', curly[0].length, content, [pos + 1, pos + curly[0].length - 1]);
    } else if (space !== undefined) {
      report('space', space.length, ' ');
      pos += space.length;
    } else {
      const length = String.fromCodePoint(text.codePointAt(pos)!).length;
      push('other', length, text.slice(pos, pos + length));
    }
  }
  push('end', 0);
  return { tokens, problems };
}

/** A value in quotes: the preferred ones, or the others where the value holds those. It cannot hold both. */
export function quoted(value: string, preferred: '"' | "'"): string {
  const other = preferred === '"' ? "'" : '"';
  return value.includes(preferred) ? `${other}${value}${other}` : `${preferred}${value}${preferred}`;
}
