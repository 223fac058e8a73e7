import type { Engine } from '../../engine.ts';
import { changesBetween, type GraphChanges } from '../../network/graph/changes.ts';
import type { ShownGraph } from '../../network/graph/shown.ts';
import type { GraphView } from '../../network/graph/types.ts';
import type { Point } from '../../network/layout/types.ts';
import type { Language } from '../../text.ts';
import type { TrackedSite } from '../../workspace/site.ts';
import { graphOf } from '../graph.ts';

/** What a panel wants to see. */
export interface GraphRequest {
  readonly view: GraphView;
  /** A site by name, else that of a file, else the largest. */
  readonly site?: string;
  readonly uri?: string;
  /** Where a person put nodes: centres by id. */
  readonly pins?: Readonly<Record<string, readonly [x: number, y: number]>>;
}

export interface GraphSnapshot {
  readonly revision: number;
  readonly sites: readonly string[];
  /** Null where there is no network at all. */
  readonly graph: ShownGraph | null;
}

/** Pictures that somebody looks at: each is sent whole once, and then only what changes in it. */
export interface GraphFeed {
  open(panel: string, request: GraphRequest): GraphSnapshot;
  close(panel: string): void;
  readonly isIdle: boolean;
  siteOf(panel: string): TrackedSite | undefined;
  graphIn(panel: string): ShownGraph | undefined;
  /** Works every picture out again and tells what changed. `keep` leaves the marks of findings as they are. */
  renew(marks: 'keep' | 'check', tell: (panel: string, revision: number, changes: GraphChanges) => void): void;
  /** Panels whose site is another one now, or that have none: their picture must be asked for again. */
  stale(): readonly string[];
}

interface Panel {
  readonly request: GraphRequest;
  readonly site: string | undefined;
  readonly language: Language;
  revision: number;
  graph: ShownGraph | undefined;
  /** Drawn when every file was read: only such a picture is worth keeping the places of. */
  isWhole: boolean;
}

/** `isSettled` tells whether every file was read. */
export function graphFeed(engine: Engine, language: () => Language, isSettled: () => boolean = () => true): GraphFeed {
  const { workspace } = engine;
  const panels = new Map<string, Panel>();

  const siteFor = ({ site, uri }: GraphRequest): TrackedSite | undefined => {
    const sites = workspace.sites();
    return (
      (site === undefined ? undefined : sites.find(({ name }) => name === site)) ??
      (uri === undefined ? undefined : workspace.sitesOf(uri)[0]) ??
      [...sites].sort((a, b) => workspace.filesOf(b).size - workspace.filesOf(a).size)[0]
    );
  };
  const diagnosticsOf = (site: TrackedSite) => engine.diagnoseAll().filter((one) => one.site === site.name);
  const draw = (panel: Panel, site: TrackedSite, marks: 'keep' | 'check'): ShownGraph => {
    const { request } = panel;
    const graph = panel.isWhole ? panel.graph : undefined;
    panel.isWhole = isSettled();
    return graphOf(engine, site, {
      view: request.view,
      language: panel.language,
      ...(graph !== undefined && { before: graph }),
      ...(request.pins !== undefined && { pinned: pinned(request.pins) }),
      ...(marks === 'check' && { diagnostics: diagnosticsOf(site) }),
    });
  };

  return {
    open(id, request) {
      const site = siteFor(request);
      const known = panels.get(id);
      const same = known?.request.view === request.view && known.site === site?.name ? known.graph : undefined;
      const dropsPins = Object.keys(known?.request.pins ?? {}).length > Object.keys(request.pins ?? {}).length;
      const panel: Panel = {
        request,
        site: site?.name,
        language: language(),
        revision: (known?.revision ?? 0) + 1,
        graph: dropsPins ? undefined : same,
        isWhole: known?.isWhole === true,
      };
      panels.set(id, panel);
      if (site !== undefined) panel.graph = draw(panel, site, 'check');
      return { revision: panel.revision, sites: workspace.sites().map(({ name }) => name), graph: panel.graph ?? null };
    },
    close: (id) => void panels.delete(id),
    get isIdle() {
      return panels.size === 0;
    },
    siteOf(id) {
      const panel = panels.get(id);
      return panel === undefined ? undefined : siteFor({ ...panel.request, ...(panel.site && { site: panel.site }) });
    },
    graphIn: (id) => panels.get(id)?.graph,
    renew(marks, tell) {
      for (const [id, panel] of panels) {
        const site = siteFor({ ...panel.request, ...(panel.site && { site: panel.site }) });
        if (site === undefined || panel.graph === undefined) continue;
        const next = draw(panel, site, marks);
        const changes = changesBetween(panel.graph, next);
        panel.graph = next;
        if (changes !== undefined) tell(id, ++panel.revision, changes);
      }
    },
    stale: () =>
      [...panels].flatMap(([id, { request, site, graph }]) => {
        const now = siteFor({ ...request, ...(site && { site }) });
        return now?.name === site && (now === undefined) === (graph === undefined) ? [] : [id];
      }),
  };
}

function pinned(pins: NonNullable<GraphRequest['pins']>): ReadonlyMap<string, Point> {
  const map = new Map<string, Point>();
  for (const [id, at] of Object.entries(pins))
    if (Array.isArray(at) && at.every(Number.isFinite)) map.set(id, { x: at[0], y: at[1] });
  return map;
}
