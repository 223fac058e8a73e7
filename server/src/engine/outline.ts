import type { Doc, Tree } from '../syntax/document.ts';
import { documentSpanInFile } from '../syntax/place.ts';
import { moved, type Span } from '../syntax/span.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';
import { comparePositions, type Range } from './diagnostic.ts';
import { linesOf, rangeAt } from './lines.ts';
import { configurationOutline } from './outline-configuration.ts';
import { yamlOutline } from './outline-yaml.ts';

export type OutlineKind = 'object' | 'list' | 'item' | 'field' | 'block' | 'text';

/** Spans of an inner document as spans of the outermost one. */
export type ToRoot = (span: Span) => Span;

/** A part of a document worth jumping to: `span` is the whole part and `selection` its name, in the outermost document. */
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
  return file.documents.flatMap((state) => {
    const { tree, base } = state.doc;
    const { line, character } = rangeAt(lines, [base, base]).start;
    const before = placed.get(tree);
    // Only what begins a line moves by whole lines.
    if (before?.line === line && character === 0) return before.items;
    const items = spotsOf(state).map((spot) => positioned(spot, (span) => rangeAt(lines, moved(span, base))));
    if (state.doc.format === 'yaml' && character === 0) placed.set(tree, { line, items });
    return items;
  });
}

/** The same where a document still begins on the same line: an edit moves few of hundreds. */
const placed = new WeakMap<Tree, { readonly line: number; readonly items: readonly OutlineItem[] }>();

/** Outlines of YAML documents by their trees: an edit changes one of hundreds. Other files are one document. */
const known = new WeakMap<Tree, readonly OutlineSpot[]>();

function spotsOf(state: DocumentState): readonly OutlineSpot[] {
  const { doc } = state;
  if (doc.format !== 'yaml') return configurationOutline(state, embeddedSpots);
  const before = known.get(doc.tree);
  if (before !== undefined) return before;
  const spots = yamlOutline(state, (span) => span);
  known.set(doc.tree, spots);
  return spots;
}

/** What stands inside a here-document, in offsets of its script. */
function embeddedSpots(state: DocumentState, script: Doc): readonly OutlineSpot[] {
  const toScript: ToRoot = (span) => moved(documentSpanInFile(state.doc, span), -script.base);
  return state.doc.format === 'yaml'
    ? yamlOutline(state, toScript)
    : configurationOutline(state, embeddedSpots, toScript);
}

function positioned(spot: OutlineSpot, rangeOf: (span: Span) => Range): OutlineItem {
  const children = spot.children.map((child) => positioned(child, rangeOf));
  const selection = rangeOf(spot.selection);
  let range = hull(rangeOf(spot.span), selection);
  for (const child of children) range = hull(range, child.range);
  const name = spot.name === '' ? '—' : spot.name;
  return spot.detail === undefined
    ? { name, kind: spot.kind, range, selection, children }
    : { name, detail: spot.detail, kind: spot.kind, range, selection, children };
}

/** Editors refuse a symbol that does not hold its name and its children. */
function hull(one: Range, other: Range): Range {
  const starts = comparePositions(one.start, other.start) <= 0;
  const ends = comparePositions(one.end, other.end) >= 0;
  return starts && ends ? one : { start: starts ? one.start : other.start, end: ends ? one.end : other.end };
}
