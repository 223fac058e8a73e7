import { nearest } from './near.ts';
import type { Labels, SelectorNode } from './selector.ts';

/** A slip in a selector: the node it stands in, what is written there and what was probably meant. */
export interface Slip<N extends SelectorNode = SelectorNode> {
  readonly node: Extract<N, { label: string }>;
  readonly kind: 'label' | 'value';
  readonly written: string;
  readonly meant: string;
}

/** The labels that things carry, each with its values, among them undefined when one is not known. */
export type LabelInventory = ReadonlyMap<string, ReadonlySet<string | undefined>>;

/** Undefined when the labels of one of them are not known at all. */
export function labelInventory(all: Iterable<Labels | undefined>): LabelInventory | undefined {
  const values = new Map<string, Set<string | undefined>>();
  for (const labels of all) {
    if (labels === undefined) return undefined;
    for (const [key, value] of labels) {
      const seen = values.get(key);
      if (seen === undefined) values.set(key, new Set([value]));
      else seen.add(value);
    }
  }
  return values;
}

/** Labels and values in the selector that nothing carries, each with the nearest one that something does carry. */
export function slipsIn<N extends SelectorNode>(node: N, values: LabelInventory): Slip<N>[] {
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
