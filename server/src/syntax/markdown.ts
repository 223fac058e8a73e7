import { type Embedding, type Segment, segmented } from './embedding.ts';
import type { Problem, Span } from './span.ts';

/** A fenced code block. */
export interface Fence {
  /** The first word behind the opening fence, in lower case; empty where none is written. */
  readonly language: string;
  /** The lines between the fences, with their line breaks and indentation. */
  readonly body: Span;
  /** The white space before the opening fence, which the lines inside share. */
  readonly indent: string;
}

export interface MarkdownTree {
  readonly text: string;
  /** Always empty: any text is Markdown. */
  readonly problems: readonly Problem[];
  readonly fences: readonly Fence[];
}

/** Reads the fenced code blocks of a Markdown text (CommonMark §4.5), also those inside lists; a block that never closes is none. */
export function parseMarkdown(text: string): MarkdownTree {
  const fences: Fence[] = [];
  let open:
    | { readonly marker: string; readonly language: string; readonly start: number; readonly indent: string }
    | undefined;
  for (const match of text.matchAll(/^([ \t]*)(`{3,}|~{3,})([^\n]*)(?:\n|$)/gm)) {
    const [line, indent = '', marker = '', rest = ''] = match;
    if (open === undefined) {
      if (marker.startsWith('`') && rest.includes('`')) continue;
      const language = /^\s*\{?\.?([\w+-]*)/.exec(rest)?.[1]?.toLowerCase() ?? '';
      open = { marker, language, start: match.index + line.length, indent };
    } else if (marker[0] === open.marker[0] && marker.length >= open.marker.length && rest.trim() === '') {
      fences.push({ language: open.language, body: [open.start, match.index], indent: open.indent });
      open = undefined;
    }
  }
  return { text, problems: [], fences };
}

export interface FenceText {
  readonly text: string;
  readonly embedding: Embedding;
}

/** A fence's text without the indentation that its lines share, and where its characters stand. */
export function fenceText(markdown: string, fence: Fence): FenceText {
  const segments: Segment[] = [];
  let text = '';
  for (let at = fence.body[0]; at < fence.body[1]; ) {
    const newline = markdown.indexOf('\n', at);
    const end = newline === -1 || newline >= fence.body[1] ? fence.body[1] : newline + 1;
    const blank = /^[ \t]*/.exec(markdown.slice(at, end))?.[0].length ?? 0;
    const from = at + Math.min(blank, fence.indent.length);
    segments.push({ inner: text.length, outer: from, length: end - from });
    text += markdown.slice(from, end);
    at = end;
  }
  if (segments.length === 0) segments.push({ inner: 0, outer: fence.body[0], length: 0 });
  const embedding = segmented(segments, (inserted) => inserted.replaceAll('\n', `\n${fence.indent}`));
  return { text, embedding };
}
