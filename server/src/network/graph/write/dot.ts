import type { ShownGraph, ShownGroup, ShownNode } from '../shown.ts';
import { edgeColour, edgeDash, edgeText, markColour, ROLE_COLOURS } from './palette.ts';

/** Points an inch: Graphviz counts sizes in inches and positions in points, upwards. */
const POINTS = 72;

/** Graphviz. Positions are given for `neato -n`; `dot` makes its own. */
export function dot(graph: ShownGraph): string {
  const lines = [
    `graph ${quoted(`${graph.site} ${graph.view}`)} {`,
    '  graph [splines=true, fontname="Helvetica", compound=true];',
    '  node [shape=box, style="rounded", fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=8];',
  ];
  const put = (group: ShownGroup | undefined, indent: string, passed: readonly string[]): void => {
    for (const node of graph.nodes) if (node.group === group?.id) lines.push(`${indent}${box(node)}`);
    for (const inner of graph.groups) {
      if (inner.parent !== group?.id || passed.includes(inner.id)) continue;
      lines.push(`${indent}subgraph ${quoted(`cluster_${inner.id}`)} {`, `${indent}  label=${quoted(inner.label)};`);
      put(inner, `${indent}  `, [...passed, inner.id]);
      lines.push(`${indent}}`);
    }
  };
  put(undefined, '  ', []);
  for (const edge of graph.edges) {
    const attributes = [
      `color="${edgeColour(edge)}"`,
      `style=${edgeDash(edge)}`,
      ...(edge.label === '' ? [] : [`label=${quoted(edge.label)}`]),
      ...(edge.fromLabel ? [`taillabel=${quoted(edge.fromLabel)}`] : []),
      ...(edge.toLabel ? [`headlabel=${quoted(edge.toLabel)}`] : []),
      ...(edge.role === 'holds' || edge.reflects ? ['dir=forward'] : []),
      ...(edgeText(edge) === '' ? [] : [`tooltip=${quoted(edgeText(edge))}`]),
    ];
    lines.push(`  ${quoted(edge.from)} -- ${quoted(edge.to)} [${attributes.join(', ')}];`);
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function box(node: ShownNode): string {
  const { id, label, note, x, y, width, height, role } = node;
  const mark = markColour(node);
  const attributes = [
    `label=${quoted(note === undefined ? label : `${label}\n${note}`)}`,
    `color="${mark ?? ROLE_COLOURS[role]}"`,
    `pos="${x},${-y}"`,
    `width=${(width / POINTS).toFixed(2)}`,
    `height=${(height / POINTS).toFixed(2)}`,
    ...(mark === undefined ? [] : ['penwidth=2']),
    ...(role === 'missing' ? ['style="rounded,dashed"'] : []),
  ];
  return `${quoted(id)} [${attributes.join(', ')}];`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
