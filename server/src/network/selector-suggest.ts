import { nearest } from './near.ts';
import type { Labels, SelectorNode } from './selector.ts';

/** A slip in a selector: the node it stands in, what is written there and what was probably meant. */
export interface Slip<N extends SelectorNode = SelectorNode> {
  readonly node: Extract<N, { label: string }>;
  readonly kind: 'label' | 'value';
  readonly written: string;
  readonly meant: string;
}

/**
 * Labels and values in the selector that nothing carries, each with the nearest one that something does carry.
 * Says nothing where labels are not known.
 */
export function slipsIn<N extends SelectorNode>(node: N, inventory: Iterable<Labels | undefined>): Slip<N>[] {
  const values = new Map<string, Set<string | undefined>>();
  for (const labels of inventory) {
    if (labels === undefined) return [];
    for (const [key, value] of labels) {
      const seen = values.get(key);
      if (seen === undefined) values.set(key, new Set([value]));
      else seen.add(value);
    }
  }
  const slips: Slip<N>[] = [];
  for (const leaf of leavesOf(node)) {
    const seen = values.get(leaf.label);
    if (seen === undefined) {
      const meant = nearest(leaf.label, values.keys());
      if (meant !== undefined) slips.push({ node: leaf as Slip<N>['node'], kind: 'label', written: leaf.label, meant });
      continue;
    }
    if (seen.has(undefined)) continue;
    const known = [...seen].filter((value) => value !== undefined);
    for (const written of exactValues(leaf)) {
      if (seen.has(written)) continue;
      const meant = nearest(written, known);
      if (meant !== undefined) slips.push({ node: leaf as Slip<N>['node'], kind: 'value', written, meant });
    }
  }
  return slips;
}

function* leavesOf(node: SelectorNode): Generator<Extract<SelectorNode, { label: string }>> {
  if (node.op === 'not') yield* leavesOf(node.operand);
  else if (node.op === 'and' || node.op === 'or') for (const operand of node.operands) yield* leavesOf(operand);
  else if ('label' in node) yield node;
}

function exactValues(node: Extract<SelectorNode, { label: string }>): readonly string[] {
  if (node.op === 'equals' || node.op === 'notEquals') return [node.value];
  return node.op === 'in' || node.op === 'notIn' ? node.values : [];
}
