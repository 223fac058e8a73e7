import { framesOf } from '../../layout/steady.ts';
import { rectangleOf } from '../../layout/types.ts';
import type { ShownEdge, ShownGraph, ShownNode } from '../shown.ts';
import { edgeColour, edgeDash, edgeText, escapeXml, markColour, ROLE_COLOURS, shortIds } from './palette.ts';

/** A draw.io (diagrams.net) file, not compressed, with our positions. */
export function drawio(graph: ShownGraph): string {
  const ids = new Map([...shortIds(graph.nodes, 'n'), ...shortIds(graph.groups, 'g')]);
  const areas = new Map(graph.nodes.map((node) => [node.id, rectangleOf(node, node)]));
  const frames = framesOf(
    { boxes: graph.nodes.map((node) => ({ ...node, name: node.label })), wires: [], frames: graph.groups },
    areas,
  );
  const cells: string[] = [];
  // What stands first is drawn first: frames lie below what is in them, outer ones below inner ones.
  for (const group of [...graph.groups].sort(
    (a, b) => (a.parent === undefined ? 0 : 1) - (b.parent === undefined ? 0 : 1),
  )) {
    const area = frames.get(group.id);
    if (area === undefined) continue;
    const style =
      'rounded=1;arcSize=3;fillColor=#f6f8fa;strokeColor=#d0d7de;verticalAlign=top;align=left;spacingLeft=8;fontStyle=1;fontColor=#57606a;';
    cells.push(
      `<mxCell id="${ids.get(group.id)}" value="${escapeXml(group.label)}" style="${style}" vertex="1" parent="1"><mxGeometry x="${area.left}" y="${area.top}" width="${area.right - area.left}" height="${area.bottom - area.top}" as="geometry"/></mxCell>`,
    );
  }
  for (const node of graph.nodes) cells.push(box(node, ids.get(node.id)!));
  for (const [index, edge] of graph.edges.entries()) cells.push(line(edge, `e${index}`, ids));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<mxfile host="selvage">',
    `<diagram name="${escapeXml(`${graph.site} ${graph.view}`)}" id="${graph.view}">`,
    '<mxGraphModel grid="1" gridSize="10" guides="1" page="0">',
    '<root>',
    '<mxCell id="0"/>',
    '<mxCell id="1" parent="0"/>',
    ...cells,
    '</root>',
    '</mxGraphModel>',
    '</diagram>',
    '</mxfile>',
    '',
  ].join('\n');
}

function box(node: ShownNode, id: string): string {
  const { x, y, width, height, label, note, role } = node;
  const mark = markColour(node);
  const style = [
    'rounded=1',
    'whiteSpace=wrap',
    'html=1',
    'fillColor=#ffffff',
    `strokeColor=${mark ?? ROLE_COLOURS[role]}`,
    `strokeWidth=${mark === undefined ? 1 : 2}`,
    ...(role === 'missing' ? ['dashed=1'] : []),
    ...(role === 'bridge' || role === 'network' ? ['arcSize=50'] : []),
  ].join(';');
  // draw.io reads labels as HTML, so what is text must be escaped once for HTML and once for XML.
  const text = escapeXml(
    note === undefined
      ? escapeXml(label)
      : `${escapeXml(label)}<br><font style="font-size: 10px">${escapeXml(note)}</font>`,
  );
  return `<mxCell id="${id}" value="${text}" style="${style};" vertex="1" parent="1"><mxGeometry x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" as="geometry"/></mxCell>`;
}

function line(edge: ShownEdge, id: string, ids: ReadonlyMap<string, string>): string {
  const dash = edgeDash(edge);
  const style = [
    `endArrow=${edge.role === 'holds' || edge.reflects ? 'block' : 'none'}`,
    'html=1',
    `strokeColor=${edgeColour(edge)}`,
    'fontSize=9',
    ...(dash === 'solid' ? [] : ['dashed=1', `dashPattern=${dash === 'dashed' ? '6 4' : '2 4'}`]),
  ].join(';');
  const text = escapeXml(escapeXml(edgeText(edge)));
  return `<mxCell id="${id}" value="${text}" style="${style};" edge="1" parent="1" source="${ids.get(edge.from)}" target="${ids.get(edge.to)}"><mxGeometry relative="1" as="geometry"/></mxCell>`;
}
