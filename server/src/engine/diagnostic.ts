import type { Text } from '../text.ts';
import type { Severity } from '../workspace/settings.ts';
import type { Finding } from './findings.ts';

/** Zero-based, in UTF-16 units, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface RelatedLocation {
  readonly file: string;
  readonly range: Range;
  readonly message: Text;
}

/** A finding with positions: what every face shows. `file` is a URI. */
export interface Diagnostic {
  readonly file: string;
  readonly range: Range;
  readonly severity: Severity;
  readonly code: string;
  readonly message: Text;
  readonly site: string;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly { readonly title: Text; readonly kind: 'safe' | 'pick' }[];
  /** What it was made of; faces hand it back to ask for the edits of a fix. */
  readonly finding: Finding;
}

export function compareDiagnostics(one: Diagnostic, other: Diagnostic): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  const byStart = comparePositions(one.range.start, other.range.start);
  if (byStart !== 0) return byStart;
  const byEnd = comparePositions(one.range.end, other.range.end);
  if (byEnd !== 0) return byEnd;
  if (one.code !== other.code) return one.code < other.code ? -1 : 1;
  return one.message.en < other.message.en ? -1 : one.message.en > other.message.en ? 1 : 0;
}

export function comparePositions(one: Position, other: Position): number {
  return one.line - other.line || one.character - other.character;
}
