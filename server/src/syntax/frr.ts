import type { Problem, Span } from './span.ts';

export interface Word { readonly text: string; readonly span: Span }
/** One command of an FRR configuration with the commands inside its block. */
export interface FrrLine { readonly words: readonly Word[]; readonly negated: boolean; readonly span: Span; readonly children: readonly FrrLine[] }
export interface FrrTree { readonly text: string; readonly problems: readonly Problem[]; readonly lines: readonly FrrLine[] }
