import cytoscape, {
  type Core,
  type ElementDefinition,
  type EventObject,
  type SingularElementReturnValue,
} from 'cytoscape';
import { type Changes, type Edge, type Graph, type Group, type Node, type Path, worst } from './graph.ts';
import { moveAsPicture, moveWhatIsShown } from './moving.ts';
import { badge, styleFor } from './style.ts';
import { roleColour, type Theme } from './theme.ts';

/**
 * More connections than this tell what is at their ends only when they are pointed at or selected: the name of an interface is
 * short, the address of a session is not, and ranges have nothing to tell.
 */
const QUIET = { physical: 60, bgp: 12, addresses: 0 } as const;
/** While a hand moves more elements than this, a picture of the picture is moved. */
const LARGE = 100;
const FADE = 260;
/** About as wide as a letter of what is written on a connection. */
const LETTER = 5;

export interface CanvasListener {
  selected(id: string | undefined): void;
  opened(id: string): void;
  moved(places: ReadonlyMap<string, readonly [number, number]>): void;
  /** The zoom or the part that is seen changed. */
  panned(): void;
}

/** The picture itself. Everything that it shows is in the list beside it as well. */
export interface Canvas {
  readonly core: Core;
  show(graph: Graph, look?: { readonly zoom: number; readonly pan: { readonly x: number; readonly y: number } }): void;
  change(changes: Changes, graph: Graph): void;
  select(id: string | undefined, how?: 'quietly'): void;
  /** Marks what the cursor of the editor stands on, and brings it into sight. */
  cursor(ids: readonly string[]): void;
  /** Only these are shown at full strength; undefined: all. */
  filter(ids: ReadonlySet<string> | undefined): void;
  found(ids: readonly string[]): void;
  path(path: Path | undefined): void;
  fit(): void;
  zoomBy(factor: number): void;
  neighbour(direction: 'up' | 'down' | 'left' | 'right'): string | undefined;
  restyle(theme: Theme): void;
  png(): string;
}

export function canvasIn(container: HTMLElement, first: Theme, listener: CanvasListener): Canvas {
  let theme = first;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const core = cytoscape({
    container,
    style: styleFor(theme),
    layout: { name: 'preset' },
    minZoom: 0.02,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: 'single',
    pixelRatio: 'auto',
  });
  let boxes = new Map<string, Node>();

  const dataOf = (node: Node): Record<string, unknown> => {
    const severity = worst(node.findings);
    const used = node.used === undefined ? undefined : Math.max(node.used > 0 ? 2 : 0, Math.round(node.used * 100));
    const tint = mixed(
      roleColour(theme, node.role),
      theme.isHighContrast ? theme.background : theme.panel,
      theme.isHighContrast ? 0.45 : 0.28,
    );
    const fill = theme.isHighContrast ? theme.background : theme.panel;
    return {
      id: node.id,
      role: node.role,
      text: node.note === undefined ? node.label : `${node.label}\n${node.note}`,
      width: node.width,
      height: node.height,
      parent: node.group,
      badge: severity === undefined ? undefined : badge(theme, severity, node.findings.length),
      gauge: used === undefined || used === 0 ? undefined : used,
      gaugeColours: [tint, tint, fill, fill],
      gaugeStops: [0, used ?? 0, used ?? 0, 100],
    };
  };
  const edgeData = (edge: Edge, index: number): Record<string, unknown> => {
    const severity = worst(edge.findings);
    return {
      id: edge.id,
      source: edge.from,
      target: edge.to,
      role: edge.role,
      state: edge.state,
      text: edge.role === 'overlap' || !hasRoom(boxes.get(edge.from), boxes.get(edge.to), edge.label) ? '' : edge.label,
      near: edge.fromLabel ?? '',
      far: edge.toLabel ?? '',
      nearShort: shortEnd(edge.from, edge.fromLabel),
      farShort: shortEnd(edge.to, edge.toLabel),
      reflects: edge.reflects,
      mark:
        severity === undefined || edge.role === 'overlap' ? undefined : theme[severity === 'hint' ? 'faint' : severity],
      bulge: bulge(boxes.get(edge.from), boxes.get(edge.to), 36 + (index % 4) * 12),
    };
  };
  const groupData = (group: Group): Record<string, unknown> => ({
    id: group.id,
    role: group.role,
    text: group.label,
    parent: group.parent,
    width: 10,
    height: 10,
    group: true,
  });

  core.on('tap', 'node, edge', ({ target }: EventObject) => listener.selected(target.id()));
  core.on('tap', ({ target }: EventObject) => {
    if (target === core) listener.selected(undefined);
  });
  core.on('dbltap', 'node, edge', ({ target }: EventObject) => listener.opened(target.id()));
  core.on('mouseover', 'node, edge', ({ target }: EventObject) => {
    (target.isEdge() ? target : target.connectedEdges()).addClass('told');
  });
  core.on('mouseout', 'node, edge', () => {
    core.edges('.told').removeClass('told');
    tellSelected();
  });
  core.on('dragfree', 'node', () => {
    listener.moved(
      new Map(
        core
          .nodes('[!group]')
          .map((node) => [node.id(), [Math.round(node.position().x), Math.round(node.position().y)] as const]),
      ),
    );
  });
  core.on('viewport', () => listener.panned());
  moveWhatIsShown(core);

  /** What is at the ends of what is selected, in full: on a dense fabric there is room for little more. */
  const tellSelected = (): void => {
    core.nodes(':selected').connectedEdges().union(core.edges(':selected')).addClass('told');
  };
  const declutter = (graph: Graph): void => {
    core.edges().toggleClass('ends', graph.edges.length <= QUIET[graph.view]);
    moveAsPicture(core, graph.nodes.length + graph.edges.length > LARGE);
    container.dataset.nodes = String(core.nodes('[!group]').length);
    container.dataset.edges = String(core.edges().length);
  };
  const groupsInOrder = (groups: readonly Group[]): readonly Group[] =>
    [...groups].sort((a, b) => (a.parent === undefined ? 0 : 1) - (b.parent === undefined ? 0 : 1));

  return {
    core,
    show(graph, look) {
      boxes = new Map(graph.nodes.map((node) => [node.id, node]));
      core.batch(() => {
        core.elements().remove();
        const all: ElementDefinition[] = [
          ...groupsInOrder(graph.groups).map((group) => ({
            group: 'nodes' as const,
            data: groupData(group) as never,
            grabbable: true,
          })),
          ...graph.nodes.map((node) => ({
            group: 'nodes' as const,
            data: dataOf(node) as never,
            position: { x: node.x, y: node.y },
          })),
          ...graph.edges.map((edge, index) => ({ group: 'edges' as const, data: edgeData(edge, index) as never })),
        ];
        core.add(all);
      });
      declutter(graph);
      if (look === undefined) fitted(core);
      else core.viewport({ zoom: look.zoom, pan: { ...look.pan } });
    },
    change(changes, graph) {
      boxes = new Map(graph.nodes.map((node) => [node.id, node]));
      const fresh: string[] = [];
      core.batch(() => {
        for (const id of [...changes.edges.gone, ...changes.nodes.gone]) core.getElementById(id).remove();
        for (const group of groupsInOrder(changes.groups.put)) {
          const known = core.getElementById(group.id);
          if (known.empty()) core.add({ group: 'nodes', data: groupData(group) as never });
          else known.data(groupData(group));
        }
        for (const node of changes.nodes.put) {
          const known = core.getElementById(node.id);
          if (known.empty()) {
            core.add({ group: 'nodes', data: dataOf(node) as never, position: { x: node.x, y: node.y } });
            fresh.push(node.id);
            continue;
          }
          const { parent, ...data } = dataOf(node);
          for (const [name, value] of Object.entries(data)) if (value === undefined) known.removeData(name);
          known.data(data);
          if ((known.parent().first().id() ?? undefined) !== (parent as string | undefined))
            known.move({ parent: (parent as string | undefined) ?? null });
          const at = known.position();
          if (at.x !== node.x || at.y !== node.y) core.getElementById(node.id).position({ x: node.x, y: node.y });
        }
        for (const [index, edge] of changes.edges.put.entries()) {
          const known = core.getElementById(edge.id);
          const data = edgeData(edge, index);
          if (known.empty() || known.data('source') !== edge.from || known.data('target') !== edge.to) {
            if (known.nonempty()) known.remove();
            core.add({ group: 'edges', data: data as never });
            fresh.push(edge.id);
          } else {
            for (const [name, value] of Object.entries(data)) if (value === undefined) known.removeData(name);
            known.data(data);
          }
        }
        for (const id of changes.groups.gone) core.getElementById(id).remove();
      });
      declutter(graph);
      fadeIn(core, fresh, calm.matches);
    },
    select(id, how) {
      core.elements(':selected').unselect();
      core.edges('.told').removeClass('told');
      if (id === undefined) return;
      const element = core.getElementById(id);
      if (element.empty()) return;
      element.select();
      tellSelected();
      if (how !== 'quietly') bringIntoSight(core, element, calm.matches);
    },
    cursor(ids) {
      core.elements('.cursor').removeClass('cursor');
      const elements = ids.map((id) => core.getElementById(id)).filter((element) => element.nonempty());
      for (const element of elements) element.addClass('cursor');
      if (elements[0] !== undefined) bringIntoSight(core, elements[0], calm.matches);
    },
    filter(ids) {
      core.batch(() => {
        for (const element of core.elements().toArray())
          element.toggleClass('quiet', ids !== undefined && element.data('group') !== true && !ids.has(element.id()));
      });
    },
    found(ids) {
      core.batch(() => {
        core.elements('.found').removeClass('found');
        for (const id of ids) core.getElementById(id).addClass('found');
      });
      const [first] = ids;
      if (first !== undefined) bringIntoSight(core, core.getElementById(first), calm.matches);
    },
    path(path) {
      core.batch(() => {
        core.elements('.onpath, .stop, .quiet').removeClass('onpath stop quiet');
        if (path === undefined || path.hops.length + path.stops.length === 0) return;
        const on = new Set<string>();
        for (const { node, edge } of path.hops) for (const id of [node, edge]) if (id !== undefined) on.add(id);
        for (const { to, edge } of path.stops) {
          core.getElementById(to).addClass('stop');
          if (edge !== undefined) core.getElementById(edge).addClass('stop');
          on.add(to).add(edge ?? '');
        }
        for (const element of core.elements().toArray())
          if (element.data('group') !== true)
            element.addClass(on.has(element.id()) ? (element.hasClass('stop') ? 'stop' : 'onpath') : 'quiet');
      });
    },
    fit: () => fitted(core),
    zoomBy(factor) {
      core.zoom({ level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
    },
    neighbour: (direction) => nearest(core, direction),
    restyle(next) {
      theme = next;
      core.style(styleFor(theme));
    },
    png: () =>
      core.png({
        output: 'base64',
        full: true,
        scale: 2,
        maxWidth: 8000,
        maxHeight: 8000,
        bg: theme.background,
      }) as unknown as string,
  };
}

/**
 * How far a curve on the right of two boxes swings out of the line between their centres, to be seen beside both. Cytoscape
 * counts to the left of the direction in which the curve is drawn.
 */
function bulge(from: Node | undefined, to: Node | undefined, out: number): number {
  if (from === undefined || to === undefined) return out;
  const right = Math.max(from.x + from.width / 2, to.x + to.width / 2);
  const isAbove = Math.abs(from.x - to.x) < (from.width + to.width) / 2;
  const distance = isAbove ? right - (from.x + to.x) / 2 + out : out;
  return from.y < to.y ? -distance : distance;
}

/** Whether what is written on a connection fits between two boxes; beside each other these would cut it off on both sides. */
function hasRoom(from: Node | undefined, to: Node | undefined, text: string): boolean {
  if (from === undefined || to === undefined) return true;
  const isBeside = Math.abs(from.y - to.y) < (from.height + to.height) / 2;
  const gap = Math.abs(from.x - to.x) - (from.width + to.width) / 2;
  return !isBeside || gap > text.length * LETTER;
}

/** An interface's name without its addresses; a bridge's ports are named for what is plugged in, which the line shows. */
function shortEnd(node: string, label: string | undefined): string {
  return node.startsWith('bridge/') ? '' : (label?.split('\n')[0] ?? '');
}

/** All of it in sight, and never larger than life: three boxes that fill a screen look silly. */
function fitted(core: Core): void {
  core.fit(undefined, 28);
  if (core.zoom() > 1.25) {
    core.zoom(1.25);
    core.center();
  }
}

function fadeIn(core: Core, ids: readonly string[], calm: boolean): void {
  const elements = core.collection();
  for (const id of ids) elements.merge(core.getElementById(id));
  if (elements.empty()) return;
  elements.addClass('fresh');
  setTimeout(() => elements.removeClass('fresh'), 1600);
  if (calm || elements.length > 300) return;
  elements.style('opacity', 0);
  elements.animate({ style: { opacity: 1 } }, { duration: FADE, complete: () => elements.removeStyle('opacity') });
}

function bringIntoSight(core: Core, element: SingularElementReturnValue, calm: boolean): void {
  if (element.empty()) return;
  const box = element.renderedBoundingBox();
  const isSeen = box.x2 > 20 && box.y2 > 20 && box.x1 < core.width() - 20 && box.y1 < core.height() - 20;
  if (isSeen) return;
  if (calm) core.center(element);
  else core.animate({ center: { eles: element } }, { duration: FADE });
}

/** The element that lies in a direction from the selected one: near, and not far to the side. */
function nearest(core: Core, direction: 'up' | 'down' | 'left' | 'right'): string | undefined {
  const leaves = core.nodes('[!group]');
  const from = core.elements(':selected').first();
  if (from.empty()) {
    const [first] = leaves.sort((a, b) => a.position().y - b.position().y || a.position().x - b.position().x).toArray();
    return first?.id();
  }
  const at = from.isNode() ? from.position() : (from as never as { midpoint(): { x: number; y: number } }).midpoint();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of leaves.toArray()) {
    if (node.same(from)) continue;
    const { x, y } = node.position();
    const [along, aside] =
      direction === 'up'
        ? [at.y - y, Math.abs(x - at.x)]
        : direction === 'down'
          ? [y - at.y, Math.abs(x - at.x)]
          : direction === 'left'
            ? [at.x - x, Math.abs(y - at.y)]
            : [x - at.x, Math.abs(y - at.y)];
    if (along <= 4) continue;
    const cost = along + aside * 2.2;
    if (cost < least) {
      least = cost;
      best = node.id();
    }
  }
  return best;
}

/** A colour that is this much of the one and the rest of the other; both must be `#rrggbb` or `rgb(…)`. */
function mixed(one: string, other: string, share: number): string {
  const [a, b] = [parts(one), parts(other)];
  if (a === undefined || b === undefined) return other;
  return `rgb(${a.map((value, index) => Math.round(value * share + b[index]! * (1 - share))).join(',')})`;
}

function parts(colour: string): readonly number[] | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex !== null) return hex.slice(1).map((part) => Number.parseInt(part, 16));
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  if (short !== null) return short.slice(1).map((part) => Number.parseInt(part + part, 16));
  const rgb = /^rgba?\((\d+)\D+(\d+)\D+(\d+)/.exec(colour);
  return rgb === null ? undefined : rgb.slice(1).map(Number);
}
