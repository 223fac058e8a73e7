/** A parsed Calico selector. Structural: the tree of `syntax/selector` fits it, whatever else its nodes carry. */
export type SelectorNode =
  | { readonly op: 'all' | 'global' }
  | { readonly op: 'has'; readonly label: string }
  | {
      readonly op: 'equals' | 'notEquals' | 'contains' | 'startsWith' | 'endsWith';
      readonly label: string;
      readonly value: string;
    }
  | { readonly op: 'in' | 'notIn'; readonly label: string; readonly values: readonly string[] }
  | { readonly op: 'not'; readonly operand: SelectorNode }
  | { readonly op: 'and' | 'or'; readonly operands: readonly SelectorNode[] };

/** Labels of an endpoint or node. A key whose value is `undefined` is there, but its value is not known. */
export type Labels = ReadonlyMap<string, string | undefined>;

export type Verdict = boolean | 'unknown';

/**
 * Whether the selector selects something with these labels; `labels` undefined means nothing is known about them.
 * A missing label makes `!=` and `not in` true and everything else false (libcalico-go's evaluation).
 */
export function matches(node: SelectorNode, labels: Labels | undefined): Verdict {
  switch (node.op) {
    case 'all':
    case 'global':
      return true;
    case 'not':
      return negated(matches(node.operand, labels));
    case 'and':
      return combined(node.operands, labels, false);
    case 'or':
      return combined(node.operands, labels, true);
    default:
      return labels === undefined ? 'unknown' : compared(node, labels);
  }
}

/** The labels that a selector asks for, in the order in which they stand. */
export function* labelsIn(node: SelectorNode): Generator<string> {
  if (node.op === 'not') yield* labelsIn(node.operand);
  else if (node.op === 'and' || node.op === 'or') for (const operand of node.operands) yield* labelsIn(operand);
  else if ('label' in node) yield node.label;
}

/** Which of the named label sets a selector selects; those that cannot be decided are apart. */
export function selected<T>(
  node: SelectorNode,
  items: Iterable<readonly [T, Labels | undefined]>,
): { readonly matched: T[]; readonly unknown: T[] } {
  const result = { matched: [] as T[], unknown: [] as T[] };
  for (const [item, labels] of items) {
    const verdict = matches(node, labels);
    if (verdict === true) result.matched.push(item);
    else if (verdict === 'unknown') result.unknown.push(item);
  }
  return result;
}

function negated(verdict: Verdict): Verdict {
  return verdict === 'unknown' ? verdict : !verdict;
}

/** Conjunction and disjunction in one: `decisive` is the operand value that settles the whole. */
function combined(operands: readonly SelectorNode[], labels: Labels | undefined, decisive: boolean): Verdict {
  let verdict: Verdict = !decisive;
  for (const operand of operands) {
    const one = matches(operand, labels);
    if (one === decisive) return decisive;
    if (one === 'unknown') verdict = 'unknown';
  }
  return verdict;
}

type Comparison = Exclude<SelectorNode, { op: 'all' | 'global' | 'not' | 'and' | 'or' }>;

function compared(node: Comparison, labels: Labels): Verdict {
  const present = labels.has(node.label);
  if (node.op === 'has') return present;
  if (!present) return node.op === 'notEquals' || node.op === 'notIn';
  const value = labels.get(node.label);
  if (value === undefined) return 'unknown';
  switch (node.op) {
    case 'equals':
      return value === node.value;
    case 'notEquals':
      return value !== node.value;
    case 'contains':
      return value.includes(node.value);
    case 'startsWith':
      return value.startsWith(node.value);
    case 'endsWith':
      return value.endsWith(node.value);
    case 'in':
      return node.values.includes(value);
    case 'notIn':
      return !node.values.includes(value);
  }
}
