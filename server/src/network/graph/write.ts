import type { ShownGraph } from './shown.ts';
import { dot } from './write/dot.ts';
import { drawio } from './write/drawio.ts';
import { mermaid } from './write/mermaid.ts';
import { svg } from './write/svg.ts';

export type GraphFormat = 'json' | 'svg' | 'mermaid' | 'dot' | 'drawio';

export const GRAPH_FORMATS: readonly GraphFormat[] = ['json', 'svg', 'mermaid', 'dot', 'drawio'];

const WRITERS: Readonly<Record<GraphFormat, (graph: ShownGraph) => string>> = {
  json: (graph) => `${JSON.stringify({ version: 1, ...graph }, null, 2)}\n`,
  svg,
  mermaid,
  dot,
  drawio,
};

/** A graph as the text of a file: our own JSON, a picture, or the source of another drawing tool. */
export function writeGraph(graph: ShownGraph, format: GraphFormat): string {
  return WRITERS[format](graph);
}
