import { framesOf } from '../../layout/steady.ts';
import { type Point, type Rectangle, rectangleOf, touches } from '../../layout/types.ts';
import type { ShownEdge, ShownGraph, ShownGroup, ShownNode } from '../shown.ts';
import { edgeColour, edgeDash, escapeXml, markColour, ROLE_COLOURS } from './palette.ts';

const MARGIN = 24;
const FONT = "font-family=\"'Segoe UI', 'Noto Sans', 'Noto Sans SC', Helvetica, Arial, sans-serif\"";

/** A picture that stands alone: no script, no style sheet, no font or image from elsewhere. */
export function svg(graph: ShownGraph): string {
  const boxes = new Map(graph.nodes.map((node) => [node.id, rectangleOf(node, node)]));
  const frames = framesOf(
    { boxes: graph.nodes.map((node) => ({ ...node, name: node.label })), wires: [], frames: graph.groups },
    boxes,
  );
  const all = [...boxes.values(), ...frames.values()];
  const left = (all.length === 0 ? 0 : Math.min(...all.map((one) => one.left))) - MARGIN;
  const top = (all.length === 0 ? 0 : Math.min(...all.map((one) => one.top))) - MARGIN;
  const width = Math.max(160, ...all.map((one) => one.right)) + MARGIN - left;
  const height = Math.max(60, ...all.map((one) => one.bottom)) + MARGIN - top;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" ${FONT}>`,
    `<title>${escapeXml(`${graph.site}: ${graph.view}`)}</title>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#ffffff"/>`,
    ...outermostFirst(graph.groups).flatMap((group) => {
      const frame = frames.get(group.id);
      return frame === undefined ? [] : groupLines(group, frame);
    }),
    ...edgeLines(graph.edges, nodes),
    ...graph.nodes.flatMap(nodeLines),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function outermostFirst(groups: readonly ShownGroup[]): readonly ShownGroup[] {
  return [...groups].sort((one, other) => (one.parent === undefined ? 0 : 1) - (other.parent === undefined ? 0 : 1));
}

function groupLines({ label }: ShownGroup, { left, top, right, bottom }: Rectangle): readonly string[] {
  return [
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="8" fill="#f6f8fa" stroke="#d0d7de"/>`,
    `<text x="${left + 12}" y="${top + 20}" font-size="12" font-weight="600" fill="#57606a">${escapeXml(label)}</text>`,
  ];
}

/** How far right of a holder its wires turn: within the room between two columns. */
const TURN = 28;

/** The corners of an elbow for what one range holds; else the control points of a cubic curve, bent where it would lie on others. */
function curveOf(edge: ShownEdge, from: ShownNode, to: ShownNode, bend: number): readonly Point[] {
  if (edge.role === 'holds') {
    const [x1, x2] = [from.x + from.width / 2, to.x - to.width / 2];
    const turn = x1 + TURN;
    return [
      { x: x1, y: from.y },
      { x: turn, y: from.y },
      { x: turn, y: to.y },
      { x: x2, y: to.y },
    ];
  }
  if (edge.role === 'overlap') {
    const [a, b] = [
      { x: from.x + from.width / 2, y: from.y },
      { x: to.x + to.width / 2, y: to.y },
    ];
    const out = Math.max(a.x, b.x) + 24 + Math.min(60, Math.abs(a.y - b.y) / 6);
    return [a, { x: out, y: a.y }, { x: out, y: b.y }, b];
  }
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const off = { x: (-dy / length) * bend, y: (dx / length) * bend };
  return [
    from,
    { x: from.x + dx / 3 + off.x, y: from.y + dy / 3 + off.y },
    { x: from.x + (2 * dx) / 3 + off.x, y: from.y + (2 * dy) / 3 + off.y },
    to,
  ];
}

function edgeLines(edges: readonly ShownEdge[], nodes: ReadonlyMap<string, ShownNode>): readonly string[] {
  const paths: string[] = [];
  const reasons: Caption[] = [];
  const ends: Caption[] = [];
  const parallel = new Map<string, number>();
  for (const edge of edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined) continue;
    const pair = [edge.from, edge.to].sort().join(' ');
    const count = parallel.get(pair) ?? 0;
    parallel.set(pair, count + 1);
    const bend = Math.ceil(count / 2) * 28 * (count % 2 === 0 ? 1 : -1) * (edge.from < edge.to ? 1 : -1);
    const [a, b, c, d] = curveOf(edge, from, to, bend) as readonly [Point, Point, Point, Point];
    const colour = edgeColour(edge);
    const dash = { solid: '', dashed: ' stroke-dasharray="6 4"', dotted: ' stroke-dasharray="2 4"' }[edgeDash(edge)];
    const pen = `fill="none" stroke="${colour}" stroke-width="1.6"${dash}`;
    const points = [a, b, c, d].map(({ x, y }) => `${round(x)} ${round(y)}`);
    const step = edge.role === 'holds' ? 'L' : 'C';
    paths.push(`<path d="M${points[0]}${step}${points[1]} ${points[2]} ${points[3]}" ${pen}/>`);
    const middle = { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 };
    if (edge.label !== '') reasons.push({ text: edge.label, ...middle, colour });
    if (edge.fromLabel) ends.push(beside(edge.fromLabel, from, b));
    if (edge.toLabel) ends.push(beside(edge.toLabel, to, c));
  }
  return [...paths, ...withoutClashes([...reasons, ...ends], nodes.values())];
}

interface Caption extends Point {
  readonly text: string;
  readonly colour: string;
}

/** The name of an interface, outside of the box that it belongs to, where its line leaves. */
function beside(text: string, at: ShownNode, towards: Point): Caption {
  const [dx, dy] = [towards.x - at.x, towards.y - at.y];
  const length = Math.hypot(dx, dy) || 1;
  const reach = Math.min(
    at.width / 2 / Math.max(Math.abs(dx / length), 1e-6),
    at.height / 2 / Math.max(Math.abs(dy / length), 1e-6),
  );
  const [x, y] = [at.x + (dx / length) * (reach + 14), at.y + (dy / length) * (reach + 14)];
  return { text: text.split('\n')[0]!, x, y, colour: '#57606a' };
}

/** Captions that do not lie on boxes or on earlier captions; the first are the most important ones. */
function withoutClashes(captions: readonly Caption[], nodes: Iterable<ShownNode>): readonly string[] {
  const taken = [...nodes].map((node) => rectangleOf(node, node));
  return captions.flatMap((caption) => {
    const area = rectangleOf(caption, { width: caption.text.length * 5.2, height: 10 });
    if (taken.some((other) => touches(area, other, 0))) return [];
    taken.push(area);
    return [haloed(caption.text, round(caption.x), round(caption.y), caption.colour)];
  });
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function haloed(text: string, x: number, y: number, colour: string): string {
  return `<text x="${x}" y="${y + 3}" font-size="9.5" text-anchor="middle" fill="${colour}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(text)}</text>`;
}

function nodeLines(node: ShownNode): readonly string[] {
  const { x, y, width, height, label, note, role } = node;
  const colour = ROLE_COLOURS[role];
  const mark = markColour(node);
  const [left, top] = [x - width / 2, y - height / 2];
  const dash = role === 'missing' ? ' stroke-dasharray="5 3"' : '';
  const middle = note === undefined ? y + 4 : y - 3;
  return [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${role === 'bridge' || role === 'network' ? height / 2 : 6}" fill="#ffffff" stroke="${colour}" stroke-width="1.6"${dash}/>`,
    ...(node.used === undefined
      ? []
      : [
          `<rect x="${left + 3}" y="${top + height - 6}" width="${Math.round((width - 6) * node.used)}" height="3" rx="1.5" fill="${colour}"/>`,
        ]),
    `<text x="${x}" y="${middle}" font-size="12.5" text-anchor="middle" fill="#1f2328">${escapeXml(label)}</text>`,
    ...(note === undefined
      ? []
      : [`<text x="${x}" y="${y + 13}" font-size="10" text-anchor="middle" fill="#57606a">${escapeXml(note)}</text>`]),
    ...(mark === undefined
      ? []
      : [
          `<circle cx="${left + width}" cy="${top}" r="7" fill="${mark}" stroke="#ffffff" stroke-width="1.5"/>`,
          `<text x="${left + width}" y="${top + 3.5}" font-size="10" font-weight="700" text-anchor="middle" fill="#ffffff">${node.findings.length}</text>`,
        ]),
  ];
}
