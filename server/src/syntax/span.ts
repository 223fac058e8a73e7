import type { Text } from '../text.ts';

/** Start and end in UTF-16 code units, end exclusive, relative to the text that was parsed. */
export type Span = readonly [start: number, end: number];

/** What a parser could not make sense of. Parsers never throw; they return these beside the tree. */
export interface Problem {
  readonly span: Span;
  /** A rule id when a rule of the catalogue owns this kind of problem, e.g. `yaml/syntax`. */
  readonly code: string;
  readonly message: Text;
}

export function contains(span: Span, offset: number): boolean {
  return offset >= span[0] && offset <= span[1];
}

export function moved(span: Span, by: number): Span {
  return [span[0] + by, span[1] + by];
}
