import type { ShownEdge, ShownGraph, ShownGroup, ShownNode } from './shown.ts';

/** What became of one kind of elements: whole ones that are new or other than before, and ids of those that are gone. */
export interface ElementChanges<E> {
  readonly put: readonly E[];
  readonly gone: readonly string[];
}

/** The way from one graph to the next of the same view. */
export interface GraphChanges {
  readonly nodes: ElementChanges<ShownNode>;
  readonly edges: ElementChanges<ShownEdge>;
  readonly groups: ElementChanges<ShownGroup>;
  /** Everything else, where it differs. */
  readonly rest?: Omit<ShownGraph, 'nodes' | 'edges' | 'groups'>;
}

export function changesBetween(before: ShownGraph, after: ShownGraph): GraphChanges | undefined {
  const nodes = elementChanges(before.nodes, after.nodes);
  const edges = elementChanges(before.edges, after.edges);
  const groups = elementChanges(before.groups, after.groups);
  const rest = restOf(after);
  const sameRest = JSON.stringify(rest) === JSON.stringify(restOf(before));
  const isEmpty = [nodes, edges, groups].every(({ put, gone }) => put.length + gone.length === 0);
  if (isEmpty && sameRest) return undefined;
  return { nodes, edges, groups, ...(!sameRest && { rest }) };
}

/** The graph after the changes; elements that stay keep their order, new ones come last. */
export function withChanges(before: ShownGraph, { nodes, edges, groups, rest }: GraphChanges): ShownGraph {
  return {
    ...(rest ?? restOf(before)),
    nodes: applied(before.nodes, nodes),
    edges: applied(before.edges, edges),
    groups: applied(before.groups, groups),
  };
}

function restOf({
  nodes: _nodes,
  edges: _edges,
  groups: _groups,
  ...rest
}: ShownGraph): Omit<ShownGraph, 'nodes' | 'edges' | 'groups'> {
  return rest;
}

function elementChanges<E extends { readonly id: string }>(
  before: readonly E[],
  after: readonly E[],
): ElementChanges<E> {
  const known = new Map(before.map((element) => [element.id, element]));
  const put: E[] = [];
  for (const element of after) {
    const old = known.get(element.id);
    if (old !== element && (old === undefined || JSON.stringify(old) !== JSON.stringify(element))) put.push(element);
    known.delete(element.id);
  }
  return { put, gone: [...known.keys()] };
}

function applied<E extends { readonly id: string }>(
  before: readonly E[],
  { put, gone }: ElementChanges<E>,
): readonly E[] {
  const byId = new Map(before.map((element) => [element.id, element]));
  for (const id of gone) byId.delete(id);
  for (const element of put) byId.set(element.id, element);
  return [...byId.values()];
}
