import type { Span } from './span.ts';
import type { Node, Path, Step } from './tree.ts';

/** What stands at an offset of a YAML tree. */
export interface TreeSpot {
  /** From the root to the innermost pair or item. */
  readonly path: Path;
  /** Whether the offset is in the last pair's key. */
  readonly part: 'key' | 'value';
  /** The nodes from the root to the innermost one that holds the offset, without what came in by an alias. */
  readonly spans: readonly Span[];
}

/** The innermost key or value that an offset is in or at the end of; what a merge key or an alias brings stands elsewhere. */
export function spotAt(root: Node | undefined, offset: number): TreeSpot | undefined {
  if (root === undefined || !holds(root.span, offset)) return undefined;
  const path: Step[] = [];
  const spans: Span[] = [];
  let node: Node = root;
  for (;;) {
    spans.push(node.span);
    const next = stepAt(node, offset);
    if (next === undefined) return { path, part: 'value', spans };
    path.push(next.step);
    if (next.span !== undefined) spans.push(next.span);
    if (next.node === undefined) return { path, part: 'key', spans };
    node = next.node;
  }
}

interface TreeStep {
  readonly step: Step;
  /** The pair as a whole. */
  readonly span?: Span;
  /** Absent when the offset is in the key. */
  readonly node?: Node;
}

function stepAt(node: Node, offset: number): TreeStep | undefined {
  if (node.kind === 'mapping')
    for (const { key, value, merged } of node.pairs) {
      if (merged) continue;
      const span: Span = [key.span[0], Math.max(key.span[1], value.span[1])];
      if (holds(key.span, offset)) return { step: key.text, span: key.span };
      if (value.span[1] > value.span[0] && holds(value.span, offset)) return { step: key.text, span, node: value };
    }
  if (node.kind === 'sequence')
    for (const [step, item] of node.items.entries())
      if (item.span[1] > item.span[0] && holds(item.span, offset)) return { step, node: item };
  return undefined;
}

function holds([start, end]: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
