import { kubernetesStyle } from './selector-kubernetes.ts';
import { MESSAGES } from './selector-messages.ts';
import { parseTokens } from './selector-parser.ts';
import { selectorTokens } from './selector-tokens.ts';
import type { Problem, Span } from './span.ts';

export { formatSelector } from './selector-format.ts';

/** A node of a Calico selector. `span` covers it with its parentheses' content, not the parentheses. */
export type SelectorNode =
  | { readonly op: 'all' | 'global'; readonly span: Span }
  | { readonly op: 'has'; readonly label: string; readonly labelSpan: Span; readonly span: Span }
  | SelectorComparison
  | SelectorMembership
  | { readonly op: 'not'; readonly operand: SelectorNode; readonly span: Span }
  | { readonly op: 'and' | 'or'; readonly operands: readonly SelectorNode[]; readonly span: Span };

export interface SelectorComparison {
  readonly op: 'equals' | 'notEquals' | 'contains' | 'startsWith' | 'endsWith';
  readonly label: string;
  readonly labelSpan: Span;
  readonly value: string;
  /** Without its quotes. */
  readonly valueSpan: Span;
  readonly span: Span;
}

export interface SelectorMembership {
  readonly op: 'in' | 'notIn';
  readonly label: string;
  readonly labelSpan: Span;
  readonly values: readonly string[];
  /** Of each value, without its quotes. */
  readonly valueSpans: readonly Span[];
  readonly span: Span;
}

export interface SelectorProblem extends Problem {
  readonly code: 'selector/syntax' | 'selector/newline';
  /** What was probably meant. */
  readonly suggestion?: { readonly span: Span; readonly text: string };
}

export interface ParsedSelector {
  /** Present only when Calico accepts the text. */
  readonly tree?: SelectorNode;
  readonly problems: readonly SelectorProblem[];
}

/**
 * Reads a selector as Calico does (libcalico-go/lib/selector); blank text is `all()`. A mistake that is understood is
 * reported with a suggestion and read on, so that all of them are found at once.
 */
export function parseSelector(text: string): ParsedSelector {
  const { tokens, problems: inTokens } = selectorTokens(text);
  const { tree, problems: inGrammar } = parseTokens(text, tokens);
  const problems = [...inTokens, ...inGrammar].sort((a, b) => a.span[0] - b.span[0]);
  if (problems.length === 0) return tree ? { tree, problems } : { problems };
  const rewritten = kubernetesStyle(text);
  if (rewritten === undefined) return { problems };
  const { span } = rewritten;
  return { problems: [{ span, code: 'selector/syntax', message: MESSAGES.kubernetesStyle, suggestion: rewritten }] };
}
