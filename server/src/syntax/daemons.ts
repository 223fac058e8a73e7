import type { Problem, Span } from './span.ts';

export interface DaemonsTree { readonly text: string; readonly problems: readonly Problem[]; readonly switches: readonly { readonly name: string; readonly on: boolean; readonly span: Span }[] }
