import type { Problem, Span } from './span.ts';

export interface VyosNode { readonly name: string; readonly nameSpan: Span; readonly value?: string; readonly valueSpan?: Span; readonly span: Span; readonly children: readonly VyosNode[] }
export interface VyosTree { readonly text: string; readonly problems: readonly Problem[]; readonly nodes: readonly VyosNode[]; readonly version?: string }
