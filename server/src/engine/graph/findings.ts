import type { GraphOrigin } from '../../assembly/graph/origin.ts';
import type { ShownFinding } from '../../network/graph/shown.ts';
import type { Graph } from '../../network/graph/types.ts';
import type { Doc, Place } from '../../syntax/document.ts';
import { spanOfPlace } from '../../syntax/place.ts';
import type { Language } from '../../text.ts';
import type { Diagnostic } from '../diagnostic.ts';

/** Which elements of a graph a place in a file is about: the most specific ones, by id. */
export interface PlaceIndex {
  at(place: Place): readonly string[];
}

interface Entry {
  readonly id: string;
  readonly scope: Place;
}

/** Looks elements up by the documents that they are written in. */
export function placeIndex(graph: Graph<GraphOrigin>): PlaceIndex {
  const entries = new Map<Doc, Entry[]>();
  for (const { id, origins } of [...graph.nodes, ...graph.edges, ...graph.groups])
    for (const origin of origins)
      for (const scope of origin.scope ?? [origin.place]) {
        const list = entries.get(scope.doc);
        if (list === undefined) entries.set(scope.doc, [{ id, scope }]);
        else list.push({ id, scope });
      }
  return {
    at(place) {
      let best = -1;
      let found = new Set<string>();
      for (const { id, scope } of entries.get(place.doc) ?? []) {
        const weight = closeness(scope, place);
        if (weight < 0 || weight < best) continue;
        if (weight > best) found = new Set();
        best = weight;
        found.add(id);
      }
      return [...found];
    },
  };
}

/** How exactly a scope is about a place: -1 not at all, 0 the document, else the deeper or the shorter the better. */
function closeness(scope: Place, place: Place): number {
  if (scope.path === undefined && scope.span === undefined) return 0;
  if (scope.path !== undefined && place.path !== undefined) {
    const { path } = scope;
    if (path.length > place.path.length || !path.every((step, index) => step === place.path?.[index])) return -1;
    return 1 + path.length;
  }
  const { text } = scope.doc;
  const [start, end] = spanOfPlace(scope);
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const to = lineEnd === -1 ? text.length : lineEnd;
  const [at, until] = spanOfPlace(place);
  if (at > to || until < from) return -1;
  return 1 + 1 / (1 + to - from);
}

export interface AttachedFindings {
  readonly byId: ReadonlyMap<string, readonly ShownFinding[]>;
  /** How many are about nothing that is drawn. */
  readonly elsewhere: number;
}

/** Puts each finding on the elements that it is about. Of many sessions made by one statement the ones that are down get it. */
export function attachFindings(
  graph: Graph<GraphOrigin>,
  index: PlaceIndex,
  diagnostics: readonly Diagnostic[],
  language: Language,
): AttachedFindings {
  const byId = new Map<string, ShownFinding[]>();
  const down = new Set(graph.edges.filter(({ state }) => state === 'down').map(({ id }) => id));
  const edges = new Set(graph.edges.map(({ id }) => id));
  let elsewhere = 0;
  for (const { finding, code, severity, message } of diagnostics) {
    const ids = index.at(finding.place);
    if (ids.length === 0) elsewhere++;
    const hurt = ids.some((id) => down.has(id));
    for (const id of hurt ? ids.filter((one) => down.has(one) || !edges.has(one)) : ids) {
      const shown = { code, severity, message: message[language] };
      const list = byId.get(id);
      if (list === undefined) byId.set(id, [shown]);
      else if (!list.some((one) => one.code === code && one.message === shown.message)) list.push(shown);
    }
  }
  return { byId, elsewhere };
}
