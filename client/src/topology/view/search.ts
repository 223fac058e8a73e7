import type { Edge, Element, Graph } from './graph.ts';

export type Filter = 'all' | 'findings' | 'down';

/** The elements whose name, facts or findings hold every word, in the order of the picture. */
export function search(graph: Graph, words: string): readonly string[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return [...graph.nodes, ...graph.edges]
    .filter((element) => {
      const text = textOf(element);
      return wanted.every((word) => text.includes(word));
    })
    .map(({ id }) => id);
}

function textOf(element: Element): string {
  const { label, facts, findings } = element;
  const { note, fromLabel, toLabel } = element as Partial<Edge> & { note?: string };
  return [label, note, fromLabel, toLabel, ...facts.flat(), ...findings.map(({ code }) => code)]
    .join(' ')
    .toLowerCase();
}

/** What a filter leaves; connections bring their ends along. Undefined: everything. */
export function filtered(graph: Graph, filter: Filter): ReadonlySet<string> | undefined {
  if (filter === 'all') return undefined;
  const kept = new Set<string>();
  for (const edge of graph.edges) {
    const matches = filter === 'down' ? edge.state !== 'up' : edge.findings.length > 0;
    if (matches) for (const id of [edge.id, edge.from, edge.to]) kept.add(id);
  }
  for (const node of graph.nodes)
    if (filter === 'findings' ? node.findings.length > 0 : node.role === 'missing') kept.add(node.id);
  return kept;
}
