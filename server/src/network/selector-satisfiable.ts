import type { SelectorNode } from './selector.ts';

/** What one branch of a selector asks of one label. */
interface Demand {
  present?: boolean;
  allowed?: Set<string>;
  readonly excluded: Set<string>;
  readonly starts: string[];
  readonly ends: string[];
  readonly holds: string[];
  readonly startsNot: string[];
  readonly endsNot: string[];
  readonly holdsNot: string[];
}

type Literal = { readonly node: SelectorNode; readonly negated: boolean };

/** Branches beyond this are not looked at; the answer is then "may match". */
const BRANCH_LIMIT = 512;

/** Whether no labels whatever can satisfy the selector: `a == 'x' && a == 'y'`, `has(a) && !has(a)`, `a in {}`. */
export function neverMatches(node: SelectorNode): boolean {
  const branches = branchesOf(node, false);
  return branches?.every((branch) => !consistent(branch)) ?? false;
}

/** The selector as alternatives of conjunctions, or undefined when there would be too many. */
function branchesOf(node: SelectorNode, negated: boolean): Literal[][] | undefined {
  if (node.op === 'not') return branchesOf(node.operand, !negated);
  if (node.op === 'all' || node.op === 'global') return negated ? [] : [[]];
  if (node.op !== 'and' && node.op !== 'or') return [[{ node, negated }]];
  const joined = (node.op === 'and') !== negated;
  let result: Literal[][] = joined ? [[]] : [];
  for (const operand of node.operands) {
    const branches = branchesOf(operand, negated);
    if (branches === undefined) return undefined;
    result = joined ? result.flatMap((left) => branches.map((right) => [...left, ...right])) : [...result, ...branches];
    if (result.length > BRANCH_LIMIT) return undefined;
  }
  return result;
}

function consistent(branch: readonly Literal[]): boolean {
  const demands = new Map<string, Demand>();
  for (const { node, negated } of branch) {
    if (!('label' in node)) continue;
    let demand = demands.get(node.label);
    if (demand === undefined) {
      demand = { excluded: new Set(), starts: [], ends: [], holds: [], startsNot: [], endsNot: [], holdsNot: [] };
      demands.set(node.label, demand);
    }
    if (!added(demand, node, negated)) return false;
  }
  return [...demands.values()].every(possible);
}

/** Adds one comparison; false when it contradicts at once. */
function added(demand: Demand, node: Extract<SelectorNode, { label: string }>, negated: boolean): boolean {
  const requirePresence = (wanted: boolean): boolean => {
    if (demand.present !== undefined && demand.present !== wanted) return false;
    demand.present = wanted;
    return true;
  };
  const allow = (values: readonly string[]): boolean => {
    const before = demand.allowed;
    demand.allowed = new Set(before === undefined ? values : values.filter((value) => before.has(value)));
    return requirePresence(true);
  };
  const exclude = (values: readonly string[]): boolean => {
    for (const value of values) demand.excluded.add(value);
    return true;
  };
  switch (node.op) {
    case 'has':
      return requirePresence(!negated);
    case 'equals':
      return negated ? exclude([node.value]) : allow([node.value]);
    case 'notEquals':
      return negated ? allow([node.value]) : exclude([node.value]);
    case 'in':
      return negated ? exclude(node.values) : allow(node.values);
    case 'notIn':
      return negated ? allow(node.values) : exclude(node.values);
    case 'contains':
      (negated ? demand.holdsNot : demand.holds).push(node.value);
      return negated || requirePresence(true);
    case 'startsWith':
      (negated ? demand.startsNot : demand.starts).push(node.value);
      return negated || requirePresence(true);
    case 'endsWith':
      (negated ? demand.endsNot : demand.ends).push(node.value);
      return negated || requirePresence(true);
  }
}

function possible(demand: Demand): boolean {
  if (demand.present !== true) return true;
  if (demand.allowed !== undefined) return [...demand.allowed].some((value) => fits(value, demand));
  const starts = longest(demand.starts);
  const ends = longest(demand.ends);
  if (!demand.starts.every((text) => starts.startsWith(text))) return false;
  if (!demand.ends.every((text) => ends.endsWith(text))) return false;
  if (demand.startsNot.some((text) => starts.startsWith(text))) return false;
  if (demand.endsNot.some((text) => ends.endsWith(text))) return false;
  const demanded = [...demand.holds, ...demand.starts, ...demand.ends];
  return !demand.holdsNot.some((text) => demanded.some((part) => part.includes(text)));
}

function fits(value: string, demand: Demand): boolean {
  return (
    !demand.excluded.has(value) &&
    demand.starts.every((text) => value.startsWith(text)) &&
    demand.ends.every((text) => value.endsWith(text)) &&
    demand.holds.every((text) => value.includes(text)) &&
    !demand.startsNot.some((text) => value.startsWith(text)) &&
    !demand.endsNot.some((text) => value.endsWith(text)) &&
    !demand.holdsNot.some((text) => value.includes(text))
  );
}

function longest(texts: readonly string[]): string {
  return texts.reduce((a, b) => (b.length > a.length ? b : a), '');
}
