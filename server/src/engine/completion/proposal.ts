import type { Span } from '../../syntax/span.ts';
import type { Text } from '../../text.ts';

export type ProposalKind = 'field' | 'value' | 'keyword' | 'name' | 'label' | 'address' | 'snippet' | 'file' | 'folder';

/** A place in inserted text where the cursor stops, with what stands there until something else is typed. */
export interface Stop {
  readonly stop: number;
  readonly text?: string;
}

/** One thing that may be written at the cursor. */
export interface Proposal {
  readonly label: string;
  readonly kind: ProposalKind;
  /** A few words beside the label. */
  readonly detail?: Text;
  /** Markdown. */
  readonly documentation?: Text;
  /** What is written; a line break is `\n`, and lines begin with the white space that they need in the document. */
  readonly insert: string | readonly (string | Stop)[];
  /** What it replaces in the document. */
  readonly replace: Span;
  /** What else is written in the document when it is taken, before `replace`. */
  readonly before?: { readonly at: number; readonly text: string };
  /** Orders the list; the smaller one stands higher. Equal ranks keep the order in which they were proposed. */
  readonly rank: number;
  /** What is held against the typed text, where that is not the label. */
  readonly filter?: string;
  /** More is to be chosen behind it. */
  readonly again?: true;
  readonly preselect?: true;
  readonly deprecated?: true;
}

/** Ranks, from what is most likely meant. */
export const RANK = { best: 0, network: 100, schema: 200, other: 400 } as const;
