import { BGP } from '../assembly/bgp.ts';
import { ADDRESS_GRAPH } from '../assembly/graph/addresses.ts';
import { BGP_GRAPH } from '../assembly/graph/bgp.ts';
import type { GraphOrigin } from '../assembly/graph/origin.ts';
import { PHYSICAL_GRAPH } from '../assembly/graph/physical.ts';
import type { Engine } from '../engine.ts';
import type { ShownEdge, ShownGraph, ShownGroup, ShownNode, ShownSource } from '../network/graph/shown.ts';
import { sizeFor } from '../network/graph/shown.ts';
import type { Fact, Graph, GraphView } from '../network/graph/types.ts';
import { layOut, type Point, type Positions } from '../network/layout/layout.ts';
import type { Language, Text } from '../text.ts';
import type { Derivation, Site, TrackedSite } from '../workspace/site.ts';
import type { Diagnostic } from './diagnostic.ts';
import { extentOf } from './graph/extent.ts';
import { type AttachedFindings, attachFindings, placeIndex } from './graph/findings.ts';

export type { GraphChanges } from '../network/graph/changes.ts';
export { changesBetween } from '../network/graph/changes.ts';
export type { ShownEdge, ShownGraph, ShownNode, ShownSource } from '../network/graph/shown.ts';
export { GRAPH_VIEWS, type GraphView } from '../network/graph/types.ts';
export { GRAPH_FORMATS, type GraphFormat, writeGraph } from '../network/graph/write.ts';
export { type GraphFeed, type GraphRequest, type GraphSnapshot, graphFeed } from './graph/feed.ts';
export { pathOf, type ShownPath } from './graph/path.ts';

const GRAPHS: Readonly<Record<GraphView, Derivation<Graph<GraphOrigin>>>> = {
  physical: PHYSICAL_GRAPH,
  bgp: BGP_GRAPH,
  addresses: ADDRESS_GRAPH,
};

export interface GraphQuestion {
  readonly view: GraphView;
  readonly language: Language;
  /** What stays from this picture keeps its place. */
  readonly before?: ShownGraph;
  /** Where a person put nodes, by id. */
  readonly pinned?: ReadonlyMap<string, Point>;
  /** The site's findings; without them the marks of the picture before stay, if there is one. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** One view of a site, laid out, with places in files and the findings on what they are about. */
export function graphOf(engine: Engine, site: TrackedSite, question: GraphQuestion): ShownGraph {
  const { view, language } = question;
  const graph = site.derive(GRAPHS[view]);
  const { byId, elsewhere } =
    question.diagnostics === undefined
      ? keptFindings(question.before)
      : attachFindings(graph, placeIndex(graph), question.diagnostics, language);
  const shared = ({ id, facts, origins }: { id: string; facts: readonly Fact[]; origins: readonly GraphOrigin[] }) => {
    const source = sourceOf(engine, origins);
    return {
      facts: facts.map(({ name, value }) => [bare(name[language]), bare(value[language])] as const),
      findings: byId.get(id) ?? [],
      ...(source !== undefined && { source }),
    };
  };
  const sized = graph.nodes.map((node) => {
    const note = node.note === undefined || typeof node.note === 'string' ? node.note : node.note[language];
    return { node, note, ...sizeFor(node.role, node.label, note) };
  });
  const places = layOut(
    {
      boxes: sized.map(({ node: { id, label, group, tier }, width, height }) => ({
        id,
        name: label,
        width,
        height,
        ...(group !== undefined && { group }),
        ...(tier !== undefined && { tier }),
      })),
      wires: graph.edges.filter(({ role }) => role !== 'overlap'),
      frames: graph.groups,
    },
    {
      shape: view === 'addresses' ? 'tree' : 'tiers',
      ...(question.before !== undefined && { before: placesOf(question.before) }),
      ...(question.pinned !== undefined && { pinned: question.pinned }),
    },
  );
  return {
    site: site.name,
    view,
    nodes: sized.map(({ node, note, width, height }): ShownNode => {
      const { x, y } = places.get(node.id)!;
      const { facts: _facts, origins: _origins, note: _note, ...rest } = node;
      return {
        ...rest,
        ...(note !== undefined && { note }),
        x: Math.round(x),
        y: Math.round(y),
        width,
        height,
        ...shared(node),
      };
    }),
    edges: graph.edges.map((edge): ShownEdge => {
      const { facts: _facts, origins: _origins, ...rest } = edge;
      return { ...rest, ...shared(edge) };
    }),
    groups: graph.groups
      .filter(
        ({ id }) => graph.nodes.some((node) => node.group === id) || graph.groups.some(({ parent }) => parent === id),
      )
      .map((group): ShownGroup => {
        const { facts: _facts, origins: _origins, ...rest } = group;
        return { ...rest, ...shared(group) };
      }),
    unknown: graph.unknown.map((text: Text) => text[language]),
    elsewhere,
    prefixes: view === 'bgp' ? prefixesOf(site) : [],
  };
}

/** The elements of a view that are written at a spot of a file (offset in UTF-16 units), the most exact ones. */
export function elementsAt(site: Site, view: GraphView, uri: string, offset: number): readonly string[] {
  const graph = site.derive(GRAPHS[view]);
  let best = Number.POSITIVE_INFINITY;
  let found = new Set<string>();
  for (const { id, origins } of [...graph.nodes, ...graph.edges, ...graph.groups])
    for (const { place, scope } of origins)
      for (const one of [place, ...(scope ?? [])]) {
        if (one.doc.file !== uri) continue;
        const [start, end] = extentOf(one);
        if (offset < start || offset > end || end - start > best) continue;
        if (end - start < best) found = new Set();
        best = end - start;
        found.add(id);
      }
  return [...found];
}

function keptFindings(before: ShownGraph | undefined): AttachedFindings {
  const elements = before === undefined ? [] : [...before.nodes, ...before.edges, ...before.groups];
  return { byId: new Map(elements.map(({ id, findings }) => [id, findings])), elsewhere: before?.elsewhere ?? 0 };
}

/** Prefixes that are announced somewhere: more than these nobody picks from a list. */
const MOST_PREFIXES = 500;

function prefixesOf(site: Site): readonly string[] {
  const { tables } = site.derive(BGP).prediction;
  return [...tables.ipv4.destinations, ...tables.ipv6.destinations].slice(0, MOST_PREFIXES).map(({ text }) => text);
}

function placesOf(graph: ShownGraph): Positions {
  return new Map(graph.nodes.map(({ id, x, y }) => [id, { x, y }]));
}

function sourceOf(engine: Engine, origins: readonly GraphOrigin[]): ShownSource | undefined {
  const [first] = origins;
  return first === undefined ? undefined : engine.locate(first.place);
}

/** Backquotes mark code in sentences; a picture has no such marks. */
function bare(text: string): string {
  return text.replaceAll('`', '');
}
