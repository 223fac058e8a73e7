import type { Problem, Span } from './span.ts';

export interface Heredoc { readonly body: Span; readonly tool?: string }
export interface ShellTree { readonly text: string; readonly problems: readonly Problem[]; readonly heredocs: readonly Heredoc[] }
