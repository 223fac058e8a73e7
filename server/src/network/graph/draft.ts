import type { Text } from '../../text.ts';
import type { Graph, GraphEdge, GraphGroup, GraphNode, GraphView } from './types.ts';

/** A graph while it is put together. Ids that are taken get a number, in order of arrival. */
export interface GraphDraft<O> {
  node(node: GraphNode<O>): string;
  edge(edge: GraphEdge<O>): string;
  /** Adds the group unless it is there; later origins are added to it. */
  group(group: GraphGroup<O>): string;
  has(id: string): boolean;
  unknown(text: Text): void;
  done(): Graph<O>;
}

export function graphDraft<O>(view: GraphView): GraphDraft<O> {
  const nodes = new Map<string, GraphNode<O>>();
  const edges = new Map<string, GraphEdge<O>>();
  const groups = new Map<string, GraphGroup<O>>();
  const unknown = new Map<string, Text>();
  const free = (id: string, taken: ReadonlyMap<string, unknown>): string => {
    if (!taken.has(id)) return id;
    for (let number = 2; ; number++) if (!taken.has(`${id}~${number}`)) return `${id}~${number}`;
  };
  return {
    node(node) {
      const id = free(node.id, nodes);
      nodes.set(id, { ...node, id });
      return id;
    },
    edge(edge) {
      const id = free(edge.id, edges);
      edges.set(id, { ...edge, id });
      return id;
    },
    group(group) {
      const known = groups.get(group.id);
      if (known === undefined) groups.set(group.id, group);
      else groups.set(group.id, { ...known, origins: [...known.origins, ...group.origins] });
      return group.id;
    },
    has: (id) => nodes.has(id),
    unknown(text) {
      unknown.set(text.en, text);
    },
    done() {
      const drawn = [...edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to));
      return {
        view,
        nodes: [...nodes.values()],
        edges: drawn,
        groups: [...groups.values()],
        unknown: [...unknown.values()],
      };
    },
  };
}
