import {
  elementsAt,
  GRAPH_FORMATS,
  GRAPH_VIEWS,
  type GraphFormat,
  type GraphRequest,
  type GraphSnapshot,
  type GraphView,
  graphFeed,
  pathOf,
  type ShownGraph,
  type ShownPath,
  writeGraph,
} from '../engine/graph.ts';
import { linesOf, offsetAt } from '../engine/lines.ts';
import type { Files } from './files.ts';
import { HOLD } from './findings.ts';
import { guarded, tellFailure } from './guard.ts';
import type { Session } from './session.ts';

/** How long to wait for more key strokes before a picture is worked out again, in milliseconds. */
const SOON = 30;

/** The pictures of the network that panels show. */
export interface Graphs {
  /** Something changed: panels are told what that changes in their picture, findings a little later. */
  changed(): void;
  dispose(): void;
}

/**
 * Answers `selvage/graph` (a picture, whole), `selvage/graphAt` (what is written at a spot), `selvage/graphPath` and
 * `selvage/graphText`; sends `selvage/graphChanged` with what changed, and `selvage/graphStale` when a panel must ask again.
 */
export function serveGraphs(session: Session, files: () => Files, isScanning: () => boolean): Graphs {
  const { connection, engine, workspace, uris } = session;
  const feed = graphFeed(
    engine,
    () => session.client.language,
    () => !isScanning(),
  );
  let soon: ReturnType<typeof setTimeout> | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;
  const renew = (marks: 'keep' | 'check'): void => {
    files()
      .settled()
      .then(() => {
        for (const panel of feed.stale()) void connection.sendNotification('selvage/graphStale', { panel });
        feed.renew(marks, (panel, revision, changes) => {
          void connection.sendNotification('selvage/graphChanged', { panel, revision, changes: shown(changes) });
        });
      })
      .catch((error) => tellFailure(connection, 'draw the network', error));
  };

  /** Files under the names that the editor knows. */
  const shown = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (key, inner) =>
      key === 'file' && typeof inner === 'string' ? uris.shown(inner) : inner,
    ) as T;

  const nothing: GraphSnapshot = { revision: 0, sites: [], graph: null };
  connection.onRequest(
    'selvage/graph',
    guarded(connection, 'draw the network', nothing, async (params: unknown): Promise<GraphSnapshot> => {
      const { panel, request } = questionOf(params, uris.known);
      await session.ready;
      await files().settled();
      return panel === undefined ? nothing : shown(feed.open(panel, request));
    }),
  );
  connection.onNotification('selvage/graphClosed', (params: unknown) => {
    const { panel } = (params ?? {}) as { panel?: unknown };
    if (typeof panel === 'string') feed.close(panel);
  });
  connection.onRequest(
    'selvage/graphAt',
    guarded(connection, 'look for a spot in the picture', [], async (params: unknown): Promise<readonly string[]> => {
      const { panel, uri, position } = (params ?? {}) as {
        panel?: string;
        uri?: string;
        position?: { line: number; character: number };
      };
      await files().settled();
      const file = typeof uri === 'string' ? workspace.file(uris.known(uri)) : undefined;
      const view = panel === undefined ? undefined : feed.graphIn(panel)?.view;
      const site = panel === undefined ? undefined : feed.siteOf(panel);
      if (file === undefined || view === undefined || site === undefined || position === undefined) return [];
      return elementsAt(site, view, file.uri, offsetAt(linesOf(file.uri, file.text), position, file.text.length));
    }),
  );
  connection.onRequest(
    'selvage/graphPath',
    guarded(connection, 'follow a route', null, async (params: unknown): Promise<ShownPath | null> => {
      const { panel, router, prefix } = (params ?? {}) as { panel?: string; router?: string; prefix?: string };
      await files().settled();
      const site = panel === undefined ? undefined : feed.siteOf(panel);
      if (site === undefined || typeof router !== 'string' || typeof prefix !== 'string') return null;
      return pathOf(site, router, prefix.trim(), session.client.language) ?? null;
    }),
  );
  connection.onRequest(
    'selvage/graphText',
    guarded(connection, 'write the picture', null, (params: unknown): string | null => {
      const { panel, format } = (params ?? {}) as { panel?: string; format?: unknown };
      const graph: ShownGraph | undefined = panel === undefined ? undefined : feed.graphIn(panel);
      const known = GRAPH_FORMATS.find((one): one is GraphFormat => one === format);
      return graph === undefined || known === undefined ? null : writeGraph(graph, known);
    }),
  );

  return {
    changed() {
      if (feed.isIdle) return;
      soon ??= setTimeout(() => {
        soon = undefined;
        renew('keep');
      }, SOON);
      clearTimeout(later);
      later = setTimeout(() => renew('check'), HOLD + SOON);
    },
    dispose() {
      clearTimeout(soon);
      clearTimeout(later);
    },
  };
}

function questionOf(
  params: unknown,
  known: (uri: string) => string,
): { panel: string | undefined; request: GraphRequest } {
  const { panel, view, site, uri, pins } = (params ?? {}) as Record<string, unknown>;
  return {
    panel: typeof panel === 'string' ? panel : undefined,
    request: {
      view: GRAPH_VIEWS.find((one): one is GraphView => one === view) ?? 'physical',
      ...(typeof site === 'string' && site !== '' && { site }),
      ...(typeof uri === 'string' && uri !== '' && { uri: known(uri) }),
      ...(typeof pins === 'object' && pins !== null && { pins: pins as NonNullable<GraphRequest['pins']> }),
    },
  };
}
