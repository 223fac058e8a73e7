import type { Span } from '../syntax/span.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';
import type { Range } from './diagnostic.ts';
import { linesOf, rangeAt } from './lines.ts';
import { configurationOutline } from './outline-configuration.ts';
import { yamlOutline } from './outline-yaml.ts';

export type OutlineKind = 'object' | 'list' | 'item' | 'field' | 'block' | 'text';

/** A part of a file worth jumping to. `span` is the whole part and `selection` its name, both in the file. */
export interface OutlineSpot {
  readonly name: string;
  readonly detail?: string;
  readonly kind: OutlineKind;
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly OutlineSpot[];
}

/** The same with positions; a child lies in its parent, a selection in its range. */
export interface OutlineItem {
  readonly name: string;
  readonly detail?: string;
  readonly kind: OutlineKind;
  readonly range: Range;
  readonly selection: Range;
  readonly children: readonly OutlineItem[];
}

/** What a file holds: objects with their peers, links and neighbors; blocks of router configurations; here-documents. */
export function outlineOf(file: FileState): readonly OutlineItem[] {
  const lines = linesOf(file.uri, file.text);
  const positioned = (spot: OutlineSpot): OutlineItem => ({
    name: spot.name === '' ? '—' : spot.name,
    ...(spot.detail !== undefined && { detail: spot.detail }),
    kind: spot.kind,
    range: rangeAt(lines, spot.span),
    selection: rangeAt(lines, spot.selection),
    children: spot.children.map(positioned),
  });
  return file.documents.flatMap(documentOutline).map((spot) => positioned(enclosing(spot)));
}

function documentOutline(state: DocumentState): readonly OutlineSpot[] {
  if (state.doc.format === 'yaml') return yamlOutline(state);
  return configurationOutline(state, documentOutline);
}

function enclosing(spot: OutlineSpot): OutlineSpot {
  const children = spot.children.map(enclosing);
  let [start, end] = spot.span;
  for (const inner of [spot.selection, ...children.map(({ span }) => span)]) {
    start = Math.min(start, inner[0]);
    end = Math.max(end, inner[1]);
  }
  return { ...spot, children, span: [start, end] };
}
