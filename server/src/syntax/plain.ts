import type { Node } from './tree.ts';

/** Stands in plain values for what cannot be known from the text: a template, an unknown alias, or more than the budget allows. */
export const templated: unique symbol = Symbol('templated');
export type Templated = typeof templated;

export type Plain = string | number | boolean | null | Templated | readonly Plain[] | PlainMapping;
export interface PlainMapping {
  readonly [key: string]: Plain;
}

/** Nodes that one document may unfold to; aliases of aliases grow exponentially ("billion laughs"). */
const BUDGET = 200_000;

/**
 * A tree as plain values, the way Kubernetes' YAML reader would hand them on: aliases followed, merge keys applied, the last
 * of two equal keys kept. Keys that are templated are left out, since nobody knows what they are called.
 */
export function plainValue(node: Node, budget: number = BUDGET): Plain {
  let left = budget;
  return convert(node);

  function convert(current: Node): Plain {
    left -= 1;
    if (left < 0) return templated;
    switch (current.kind) {
      case 'alias':
        return current.target === undefined ? templated : convert(current.target);
      case 'scalar':
        return current.templated ? templated : current.value;
      case 'sequence':
        return current.items.map(convert);
      case 'mapping': {
        // No prototype: a key may be called `constructor` or `__proto__`.
        const result: Record<string, Plain> = Object.create(null);
        for (const { key, value } of current.pairs) if (!key.templated) result[key.text] = convert(value);
        return result;
      }
    }
  }
}
