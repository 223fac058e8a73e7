import type { SelectorComparison, SelectorNode, SelectorProblem } from './selector.ts';
import { MESSAGES } from './selector-messages.ts';
import type { SelectorToken, SelectorTokenKind } from './selector-tokens.ts';
import { quoted } from './selector-tokens.ts';
import type { Span } from './span.ts';

/** Deeper parentheses than this are not read; no selector that fits Calico's 1024 characters and says something has them. */
const MAX_DEPTH = 400;

const COMPARISONS: Readonly<Partial<Record<SelectorTokenKind, SelectorComparison['op']>>> = {
  '==': 'equals',
  '!=': 'notEquals',
  contains: 'contains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
};

interface State {
  readonly text: string;
  readonly tokens: readonly SelectorToken[];
  readonly problems: SelectorProblem[];
  next: number;
  depth: number;
  /** Set where nothing behind can be read with sense. */
  stopped: boolean;
}

/** Reads tokens that end with `end`. Mistakes that are understood are read on; the tree then says what was meant. */
export function parseTokens(
  text: string,
  tokens: readonly SelectorToken[],
): { readonly tree?: SelectorNode; readonly problems: readonly SelectorProblem[] } {
  const state: State = { text, tokens, problems: [], next: 0, depth: 0, stopped: false };
  if (peek(state).kind === 'end') return { tree: { op: 'all', span: [0, text.length] }, problems: [] };
  const tree = alternatives(state);
  if (!state.stopped && peek(state).kind !== 'end')
    fail(state, peek(state).kind === 'other' ? 'character' : 'rest', rest(state));
  return { ...(tree && !state.stopped && { tree }), problems: state.problems };
}

function peek(state: State, ahead = 0): SelectorToken {
  return state.tokens[Math.min(state.next + ahead, state.tokens.length - 1)]!;
}

function take(state: State): SelectorToken {
  const token = peek(state);
  state.next += 1;
  return token;
}

function report(
  state: State,
  what: keyof typeof MESSAGES,
  span: Span,
  suggestion?: SelectorProblem['suggestion'],
): void {
  state.problems.push({ span, code: 'selector/syntax', message: MESSAGES[what], ...(suggestion && { suggestion }) });
}

function fail(
  state: State,
  what: keyof typeof MESSAGES,
  span: Span,
  suggestion?: SelectorProblem['suggestion'],
): undefined {
  if (!state.stopped) report(state, what, span, suggestion);
  state.stopped = true;
  return undefined;
}

function rest(state: State): Span {
  return [peek(state).span[0], state.text.trimEnd().length];
}

function alternatives(state: State): SelectorNode | undefined {
  return joined(state, '||', 'or', (inner) => joined(inner, '&&', 'and', negation));
}

function joined(
  state: State,
  symbol: '&&' | '||',
  op: 'and' | 'or',
  operand: (state: State) => SelectorNode | undefined,
): SelectorNode | undefined {
  const operands: SelectorNode[] = [];
  do {
    const node = operand(state);
    if (!node || state.stopped) return undefined;
    operands.push(node);
  } while (joins(state, symbol));
  const [first] = operands;
  if (operands.length === 1) return first;
  return { op, operands, span: [first!.span[0], operands.at(-1)!.span[1]] };
}

/** Takes `&&` or `||`, or the word that stands for it in other languages. */
function joins(state: State, symbol: '&&' | '||'): boolean {
  const token = peek(state);
  if (token.kind === symbol) {
    state.next += 1;
    return true;
  }
  const word = symbol === '&&' ? /^and$/i : /^or$/i;
  if (token.kind !== 'label' || !word.test(token.text)) return false;
  report(state, symbol === '&&' ? 'singleAnd' : 'singleOr', token.span, { span: token.span, text: symbol });
  state.next += 1;
  return true;
}

/** An odd number of `!` negates what follows, the whole comparison. */
function negation(state: State): SelectorNode | undefined {
  const start = peek(state).span[0];
  let negated = false;
  for (;;) {
    const token = peek(state);
    const isWord =
      token.kind === 'label' && /^not$/i.test(token.text) && /^(?:has|all|global|label|\()$/.test(peek(state, 1).kind);
    if (token.kind !== '!' && !isWord) break;
    if (isWord) {
      const span: Span = [token.span[0], peek(state, 1).span[0]];
      report(state, 'wordNot', token.span, { span, text: '!' });
    }
    negated = !negated;
    state.next += 1;
  }
  const operand = condition(state);
  if (!operand || !negated) return operand;
  return { op: 'not', operand, span: [start, operand.span[1]] };
}

function condition(state: State): SelectorNode | undefined {
  const token = take(state);
  switch (token.kind) {
    case 'has':
      return has(state, token.span[0]);
    case 'all':
    case 'global':
      return everything(state, token.kind, token.span[0]);
    case 'label':
      return peek(state).kind === '(' && /^(?:has|all|global)$/.test(token.text)
        ? spacedCall(state, token)
        : comparison(state, token);
    case '(':
      return group(state);
    case 'string':
      return literalFirst(state, token);
    case 'other':
      return fail(state, 'character', token.span);
    default:
      return fail(state, 'condition', token.span);
  }
}

function group(state: State): SelectorNode | undefined {
  state.depth += 1;
  if (state.depth > MAX_DEPTH) {
    state.stopped = true;
    return undefined;
  }
  const node = alternatives(state);
  state.depth -= 1;
  if (!node) return undefined;
  const close = peek(state);
  if (close.kind !== ')') return fail(state, close.kind === 'other' ? 'character' : 'parenthesis', close.span);
  state.next += 1;
  return node;
}

/** Behind `has(`. */
function has(state: State, start: number): SelectorNode | undefined {
  const label = take(state);
  if (label.kind === 'string') report(state, 'hasLabel', label.span, { span: label.span, text: label.text });
  else if (label.kind !== 'label') return fail(state, 'hasLabel', label.span);
  const close = take(state);
  if (close.kind !== ')') return fail(state, close.kind === 'end' ? 'parenthesis' : 'hasLabel', close.span);
  return { op: 'has', label: label.text, labelSpan: label.inner ?? label.span, span: [start, close.span[1]] };
}

/** Behind `all(` or `global(`. */
function everything(state: State, op: 'all' | 'global', start: number): SelectorNode | undefined {
  const close = take(state);
  if (close.kind !== ')') return fail(state, close.kind === 'end' ? 'parenthesis' : 'noArgument', close.span);
  return { op, span: [start, close.span[1]] };
}

function spacedCall(state: State, word: SelectorToken): SelectorNode | undefined {
  const open = take(state);
  const gap: Span = [word.span[1], open.span[0]];
  report(state, 'spacedCall', [word.span[0], open.span[1]], { span: gap, text: '' });
  if (word.text === 'has') return has(state, word.span[0]);
  return everything(state, word.text as 'all' | 'global', word.span[0]);
}

function comparison(state: State, label: SelectorToken): SelectorNode | undefined {
  const operator = peek(state);
  if (operator.kind === 'in' || operator.kind === 'notIn') {
    state.next += 1;
    return membership(state, label, operator.kind);
  }
  const op = COMPARISONS[operator.kind];
  if (op === undefined) {
    const isAlone =
      /^(?:end|&&|\|\||\)|,)$/.test(operator.kind) ||
      (operator.kind === 'label' && /^(?:and|or)$/i.test(operator.text));
    if (!isAlone)
      return fail(
        state,
        operator.kind === 'other' ? 'character' : 'operator',
        operator.kind === 'end' ? label.span : operator.span,
      );
    report(state, 'bareLabel', label.span, { span: label.span, text: `has(${label.text})` });
    return { op: 'has', label: label.text, labelSpan: label.span, span: label.span };
  }
  state.next += 1;
  const value = readValue(state, "'");
  if (!value) return undefined;
  return {
    op,
    label: label.text,
    labelSpan: label.span,
    value: value.text,
    valueSpan: value.inner,
    span: [label.span[0], value.end],
  };
}

interface Value {
  readonly text: string;
  readonly inner: Span;
  readonly end: number;
}

/** A string, or a word that should have been one, up to the next space or sign of the grammar. */
function readValue(state: State, quote: '"' | "'"): Value | undefined {
  const token = peek(state);
  if (token.kind === 'string') {
    state.next += 1;
    return { text: token.text, inner: token.inner ?? token.span, end: token.span[1] };
  }
  if (token.kind !== 'label') return fail(state, token.kind === 'other' ? 'character' : 'value', token.span);
  const pattern = /[^\s&|,(){}[\]!="']+/y;
  pattern.lastIndex = token.span[0];
  const [text] = pattern.exec(state.text) ?? [token.text];
  const span: Span = [token.span[0], token.span[0] + text.length];
  while (peek(state).kind !== 'end' && peek(state).span[0] < span[1]) state.next += 1;
  report(state, 'unquoted', span, { span, text: quoted(text, quote) });
  return { text, inner: span, end: span[1] };
}

function membership(state: State, label: SelectorToken, op: 'in' | 'notIn'): SelectorNode | undefined {
  const open = peek(state);
  if (open.kind === '(' || open.kind === '[') return wrongBrackets(state, label, op);
  if (open.kind === 'string') {
    state.next += 1;
    report(state, 'set', open.span, { span: open.span, text: `{${state.text.slice(...open.span)}}` });
    return memberNode(
      label,
      op,
      [{ text: open.text, inner: open.inner ?? open.span, end: open.span[1] }],
      open.span[1],
    );
  }
  if (open.kind !== '{') return fail(state, open.kind === 'other' ? 'character' : 'set', open.span);
  state.next += 1;
  const values = readValues(state);
  if (!values) return undefined;
  const close = take(state);
  if (close.kind !== '}') return fail(state, close.kind === 'other' ? 'character' : 'setEnd', close.span);
  return memberNode(label, op, values, close.span[1]);
}

/** Values with commas between them; one comma may follow the last. */
function readValues(state: State): readonly Value[] | undefined {
  const values: Value[] = [];
  while (peek(state).kind === 'string' || peek(state).kind === 'label') {
    const value = readValue(state, '"');
    if (!value) return undefined;
    values.push(value);
    if (peek(state).kind !== ',') break;
    state.next += 1;
  }
  return values;
}

/** `in (a, b)`: one problem for the brackets and the missing quotes in them. */
function wrongBrackets(state: State, label: SelectorToken, op: 'in' | 'notIn'): SelectorNode | undefined {
  const open = take(state);
  const inner: State = { ...state, problems: [] };
  const values = readValues(inner);
  const close = peek(inner);
  if (!values || close.kind !== (open.kind === '(' ? ')' : ']')) return fail(state, 'set', open.span);
  state.next = inner.next + 1;
  const span: Span = [open.span[0], close.span[1]];
  const text = `{${values.map((value) => quoted(value.text, '"')).join(', ')}}`;
  report(state, 'set', span, { span, text });
  return memberNode(label, op, values, close.span[1]);
}

function memberNode(label: SelectorToken, op: 'in' | 'notIn', values: readonly Value[], end: number): SelectorNode {
  return {
    op,
    label: label.text,
    labelSpan: label.span,
    values: values.map((value) => value.text),
    valueSpans: values.map((value) => value.inner),
    span: [label.span[0], end],
  };
}

/** `'value' == label`. */
function literalFirst(state: State, literal: SelectorToken): SelectorNode | undefined {
  const operator = peek(state);
  const label = peek(state, 1);
  if ((operator.kind !== '==' && operator.kind !== '!=') || label.kind !== 'label')
    return fail(state, 'condition', literal.span);
  state.next += 2;
  const span: Span = [literal.span[0], label.span[1]];
  const text = `${label.text} ${operator.kind} ${quoted(literal.text, "'")}`;
  report(state, 'literalFirst', span, { span, text });
  const op = operator.kind === '==' ? 'equals' : 'notEquals';
  return {
    op,
    label: label.text,
    labelSpan: label.span,
    value: literal.text,
    valueSpan: literal.inner ?? literal.span,
    span,
  };
}
