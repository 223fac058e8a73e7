import type { BirdStatement } from '../syntax/bird.ts';
import type { Doc, Tree } from '../syntax/document.ts';
import type { FrrLine } from '../syntax/frr.ts';
import { fileOffset } from '../syntax/place.ts';
import type { Span } from '../syntax/span.ts';
import type { Node } from '../syntax/tree.ts';
import type { VyosNode } from '../syntax/vyos.ts';
import type { FileState } from '../workspace/file-state.ts';
import { type Lines, linesOf, positionAt } from './lines.ts';
import { frrEnd } from './outline-configuration.ts';

/** Lines that can be folded into the first of them; both ends counted from 0 and part of the fold. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind?: 'comment';
}

/**
 * Everything that can be folded in a file, in order of its first line. Editors that have our answer give up guessing by
 * indentation, so this must hold all that indentation shows.
 */
export function foldsOf(file: FileState): readonly Fold[] {
  const lines = linesOf(file.uri, file.text);
  const byStart = new Map<number, Fold>();
  const add = (from: number, to: number): void => {
    const start = positionAt(lines, from).line;
    const end = positionAt(lines, to).line;
    if (end > start && (byStart.get(start)?.end ?? 0) < end) byStart.set(start, { start, end });
  };
  for (const { doc } of file.documents) {
    if (file.documents.length > 1) add(firstOf(doc), doc.base + trimmed(doc.text, [0, doc.text.length]));
  }
  for (const { doc } of file.all)
    for (const [from, to] of spansIn(doc)) add(fileOffset(doc, from), fileOffset(doc, to));
  const comments = commentFolds(file.text, lines);
  if (file.format === 'vyos' || file.format === 'bird') comments.push(...blockCommentFolds(file.text, lines));
  for (const fold of comments) if (!byStart.has(fold.start)) byStart.set(fold.start, fold);
  return [...byStart.values()].sort((one, other) => one.start - other.start);
}

type Add = (span: Span) => void;

/** By tree: an edit changes one document of hundreds. */
const known = new WeakMap<Tree, readonly Span[]>();

/** Parts of a document that may be folded, without the blank lines behind them. */
function spansIn({ tree, text }: Doc): readonly Span[] {
  const before = known.get(tree);
  if (before !== undefined) return before;
  const spans: Span[] = [];
  const add: Add = (span) => {
    const end = trimmed(text, span);
    const newline = text.indexOf('\n', span[0]);
    if (newline !== -1 && newline < end) spans.push([span[0], end]);
  };
  if (tree.format === 'yaml') foldNode(tree.yaml.root, add);
  else if (tree.format === 'frr') foldBlocks(tree.frr.lines, add);
  else if (tree.format === 'vyos') foldNodes(tree.vyos.nodes, add);
  else if (tree.format === 'bird') foldStatements(tree.bird.statements, add);
  else if (tree.format === 'shell') {
    foldIndented(text, add);
    for (const { operator, body } of tree.shell.heredocs) add([operator[0], body[1]]);
  }
  known.set(tree, spans);
  return spans;
}

function trimmed(text: string, [start, end]: Span): number {
  let last = Math.min(end, text.length);
  while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
  return last;
}

/** A document folds from its `---` or first line of content, not from the comments that another one may end with. */
function firstOf(doc: Doc): number {
  const content = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(doc.text);
  return doc.base + (content?.[0].length ?? 0);
}

function foldNode(node: Node | undefined, add: Add): void {
  if (node === undefined || node.kind === 'scalar' || node.kind === 'alias') return;
  if (node.flow) add(node.span);
  if (node.kind === 'sequence') {
    for (const item of node.items) {
      add(item.span);
      foldNode(item, add);
    }
    return;
  }
  for (const pair of node.pairs) {
    if (pair.merged) continue;
    if (pair.value.span[1] > pair.key.span[1]) add([pair.key.span[0], pair.value.span[1]]);
    foldNode(pair.value, add);
  }
}

function foldBlocks(lines: readonly FrrLine[], add: Add): void {
  for (const line of lines) {
    if (line.block === undefined) continue;
    add([line.span[0], frrEnd(line)]);
    foldBlocks(line.children, add);
  }
}

function foldNodes(nodes: readonly VyosNode[], add: Add): void {
  for (const node of nodes) {
    if (node.body !== undefined) add(node.span);
    foldNodes(node.children, add);
  }
}

/** Blocks, and sets and conditions that go over lines. */
function foldStatements(statements: readonly BirdStatement[], add: Add): void {
  for (const { span, body } of statements) {
    add(span);
    if (body !== undefined) foldStatements(body, add);
  }
}

/** What an editor folds by itself: a line and the deeper ones below it. */
function foldIndented(text: string, add: Add): void {
  const open: { readonly indent: number; readonly start: number }[] = [];
  let end = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    let first = start;
    while (first < next && isSpace(text.charCodeAt(first))) first++;
    if (first < next) {
      while (open.length > 0 && open.at(-1)!.indent >= first - start) add([open.pop()!.start, end]);
      open.push({ indent: first - start, start: first });
      end = next;
    }
    start = next;
  }
  while (open.length > 0) add([open.pop()!.start, end]);
}

/** Comments over several lines, of the formats that have such. */
function blockCommentFolds(text: string, lines: Lines): readonly Fold[] {
  return [...text.matchAll(/^[ \t]*\/\*[\s\S]*?\*\//gm)].flatMap(({ 0: { length }, index }): Fold[] => {
    const start = positionAt(lines, index).line;
    const end = positionAt(lines, index + length).line;
    return end > start ? [{ start, end, kind: 'comment' }] : [];
  });
}

function commentFolds(text: string, lines: Lines): Fold[] {
  const folds: Fold[] = [];
  let start = -1;
  for (let line = 0; line <= lines.length; line++) {
    const isComment = line < lines.length && /^[ \t]*(#|!)/.test(text.slice(lines[line], lines[line]! + 40));
    if (isComment && start === -1) start = line;
    if (isComment || start === -1) continue;
    if (line - 1 > start) folds.push({ start, end: line - 1, kind: 'comment' });
    start = -1;
  }
  return folds;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
