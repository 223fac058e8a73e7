import { selectorOf } from '../assembly/selectors.ts';
import { selectorsOf } from '../model/calico/selectors.ts';
import type { BirdStatement } from '../syntax/bird.ts';
import { birdNameSpan } from '../syntax/bird-lexer.ts';
import type { FrrLine } from '../syntax/frr.ts';
import { spotAt } from '../syntax/path-at.ts';
import { documentSpanInFile, insideScalar, nodeOf } from '../syntax/place.ts';
import type { SelectorNode } from '../syntax/selector.ts';
import type { Span } from '../syntax/span.ts';
import { resolved } from '../syntax/tree.ts';
import type { VyosNode } from '../syntax/vyos.ts';
import type { DocumentState } from '../workspace/documents.ts';
import type { FileState } from '../workspace/file-state.ts';
import { documentsAt, offsetInDocument } from './documents-at.ts';

/** What a selection grows to, step by step, from the word under the cursor to the file; each holds the one before it. */
export function selectionSpans(file: FileState, offset: number): readonly Span[] {
  const spans: Span[] = [];
  for (const state of documentsAt(file, offset)) {
    const { doc } = state;
    const inner = [...spansIn(state, offsetInDocument(doc, offset)), [0, doc.text.trimEnd().length] as Span];
    spans.push(...inner.map((span) => documentSpanInFile(doc, withoutBlanks(doc.text, span))));
  }
  spans.push([0, file.text.length]);
  return growing(spans, offset);
}

/** A block of YAML ends where the next begins; nobody selects the lines between. */
function withoutBlanks(text: string, [start, end]: Span): Span {
  let at = end;
  while (at > start && /\s/.test(text[at - 1]!)) at--;
  return [start, at];
}

/** Those that hold the offset, each larger than the last. */
function growing(spans: readonly Span[], offset: number): readonly Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => a[1] - a[0] - (b[1] - b[0]))) {
    const last = kept.at(-1);
    const holds = span[0] <= offset && offset <= span[1] && span[1] > span[0];
    const grows =
      last === undefined || (span[0] <= last[0] && span[1] >= last[1] && span[1] - span[0] > last[1] - last[0]);
    if (holds && grows) kept.push(span);
  }
  return kept;
}

function spansIn(state: DocumentState, offset: number): readonly Span[] {
  const { doc } = state;
  switch (doc.tree.format) {
    case 'yaml':
      return [...selectorSpans(state, offset), ...(spotAt(doc.tree.yaml.root, offset)?.spans ?? [])];
    case 'frr':
      return doc.tree.frr.lines.flatMap((line) => frrSpans(line, offset));
    case 'vyos':
      return doc.tree.vyos.nodes.flatMap((node) => vyosSpans(node, offset));
    case 'bird':
      return doc.tree.bird.statements.flatMap((statement) => birdSpans(statement, offset));
    case 'shell':
      return doc.tree.shell.pipelines
        .filter(({ span }) => holds(span, offset))
        .flatMap(({ span, commands }) => [
          span,
          ...commands.flatMap((command) => [command.span, ...command.words.map((word) => word.span)]),
        ]);
    default:
      return [];
  }
}

/** The conditions of a selector that the offset is in. */
function selectorSpans({ doc, resources }: DocumentState, offset: number): readonly Span[] {
  return resources.flatMap(selectorsOf).flatMap(({ field }) => {
    const scalar = resolved(nodeOf(field.place));
    if (field.place.doc !== doc || scalar?.kind !== 'scalar' || !holds(scalar.span, offset)) return [];
    const { tree } = selectorOf(scalar.text);
    return tree === undefined ? [] : conditionSpans(tree).map((span) => insideScalar(doc.text, scalar, span));
  });
}

function conditionSpans(node: SelectorNode): readonly Span[] {
  if (node.op === 'not') return [node.span, ...conditionSpans(node.operand)];
  if (node.op === 'and' || node.op === 'or') return [node.span, ...node.operands.flatMap(conditionSpans)];
  if (!('label' in node)) return [node.span];
  const values = 'valueSpans' in node ? node.valueSpans : 'valueSpan' in node ? [node.valueSpan] : [];
  return [node.span, node.labelSpan, ...values];
}

function frrSpans(line: FrrLine, offset: number): readonly Span[] {
  const end = blockEnd(line);
  if (!holds([line.span[0], end], offset)) return [];
  return [
    ...line.words.map(({ span }) => span),
    line.span,
    [line.span[0], end],
    ...line.children.flatMap((child) => frrSpans(child, offset)),
  ];
}

function blockEnd({ span, close, children }: FrrLine): number {
  const last = children.at(-1);
  return Math.max(span[1], close?.[1] ?? 0, last === undefined ? 0 : blockEnd(last));
}

function vyosSpans(node: VyosNode, offset: number): readonly Span[] {
  if (!holds(node.span, offset)) return node.children.flatMap((child) => vyosSpans(child, offset));
  return [
    node.nameSpan,
    ...(node.valueSpan ? [node.valueSpan] : []),
    node.span,
    ...node.children.flatMap((child) => vyosSpans(child, offset)),
  ];
}

function birdSpans({ span, words, body = [] }: BirdStatement, offset: number): readonly Span[] {
  if (!holds(span, offset)) return [];
  return [
    ...words.flatMap((word) => [birdNameSpan(word), word.span]),
    span,
    ...body.flatMap((inner) => birdSpans(inner, offset)),
  ];
}

function holds([start, end]: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
