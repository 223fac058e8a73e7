import type { ShownGraph, ShownGroup, ShownNode } from '../shown.ts';
import { edgeText, markColour, ROLE_COLOURS, shortIds } from './palette.ts';

/** A Mermaid flowchart. Positions are Mermaid's own; groups become subgraphs, findings a warning sign. */
export function mermaid(graph: ShownGraph): string {
  const ids = shortIds(graph.nodes, 'n');
  const groups = shortIds(graph.groups, 'g');
  const lines = [graph.view === 'addresses' ? 'flowchart LR' : 'flowchart TB'];
  const box = (node: ShownNode, indent: string): void => {
    const text = quoted([node.label, node.note, node.findings.length > 0 ? `⚠ ${node.findings.length}` : undefined]);
    const shape =
      node.role === 'bridge' || node.role === 'network'
        ? `([${text}])`
        : node.role === 'missing'
          ? `{{${text}}}`
          : `[${text}]`;
    lines.push(`${indent}${ids.get(node.id)}${shape}`);
  };
  const put = (group: ShownGroup | undefined, indent: string, passed: readonly string[]): void => {
    for (const node of graph.nodes) if (node.group === group?.id) box(node, indent);
    for (const inner of graph.groups) {
      if (inner.parent !== group?.id || passed.includes(inner.id)) continue;
      lines.push(`${indent}subgraph ${groups.get(inner.id)}[${quoted([inner.label])}]`);
      put(inner, `${indent}  `, [...passed, inner.id]);
      lines.push(`${indent}end`);
    }
  };
  put(undefined, '  ', []);
  for (const edge of graph.edges) {
    const text = edgeText(edge);
    const arrow = edge.role === 'holds' || edge.reflects === true ? ['-->', '-.->'] : ['---', '-.-'];
    const line = edge.state === 'up' ? arrow[0] : arrow[1];
    lines.push(`  ${ids.get(edge.from)} ${line}${text === '' ? '' : `|${quoted([text])}|`} ${ids.get(edge.to)}`);
  }
  for (const [index, edge] of graph.edges.entries())
    if (edge.state === 'down') lines.push(`  linkStyle ${index} stroke:#cf222e`);
  for (const node of graph.nodes)
    lines.push(`  style ${ids.get(node.id)} stroke:${markColour(node) ?? ROLE_COLOURS[node.role]}`);
  return `${lines.join('\n')}\n`;
}

/** Mermaid's text: entities for what would end it, since it knows no escapes. */
function quoted(parts: readonly (string | undefined)[]): string {
  const text = parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) =>
      part!
        .replaceAll('&', '#amp;')
        .replaceAll('"', '#quot;')
        .replaceAll('<', '#lt;')
        .replaceAll('>', '#gt;')
        .replaceAll('\n', ' '),
    )
    .join('<br/>');
  return `"${text}"`;
}
