import { lazily, once } from '../once.ts';
import { type LearnedRoutes, Topology } from './fabric.ts';
import type { Path } from './path.ts';
import { type Entry, RoutingTables } from './routes.ts';
import { SessionTable } from './session-table.ts';
import type { AddressFamily, Fabric, Neighbour, RouteAnswer, Router, Session } from './types.ts';

/** What a network will do. Sessions are judged at once, the mesh's and all routes when they are asked for. */
export interface Prediction {
  readonly fabric: Fabric;
  readonly topology: Topology;
  /** One for every configured neighbour of every router, in the order of the configuration. */
  readonly sessions: readonly Session[];
  /** The sessions that somebody states: all but those of the mesh. */
  readonly stated: readonly Session[];
  readonly tables: Readonly<Record<AddressFamily, RoutingTables>>;
  /** Prefixes whose routes never come to rest. */
  readonly unstable: readonly string[];
  sessionsOf(router: Router): readonly Session[];
  /** Every path learned and every own announcement, by prefix; within a prefix the best first. */
  routesAt(router: Router): readonly RouteAnswer[];
}

/** Sessions may depend on routes that come by other sessions; after this many rounds the last answer stands. */
const ROUNDS = 4;
const FAMILIES = ['ipv4', 'ipv6'] as const;

/** The sessions before any route was learned: the part of a prediction that the next one can build on. */
const firstTables = new WeakMap<Prediction, SessionTable>();

/**
 * Predicts a network. With `before`, the prediction of a network that shares routers with this one, only the sessions are
 * judged that may have changed; the answer is the same without it.
 */
export function predict(fabric: Fabric, before?: Prediction): Prediction {
  const topology = new Topology(fabric);
  const first = new SessionTable(topology, undefined, before && firstTables.get(before));
  let sessions = first;
  let routing = lazily(() => tablesOf(topology, first.all));
  const flooded = new Set<Neighbour>();
  const limits = fabric.routers.filter(hasLimit);
  for (let round = 1; round < ROUNDS && (sessions.lacksConnection || limits.length > 0); round++) {
    const tables = routing();
    for (const neighbour of floodedIn(limits, tables)) flooded.add(neighbour);
    if (!sessions.lacksConnection && flooded.size === 0) break;
    const learned: LearnedRoutes = (router, address) =>
      tables[address.family === 4 ? 'ipv4' : 'ipv6'].learned(router, address);
    const next = new SessionTable(topology, learned, undefined, flooded);
    if (next.saysTheSame(sessions)) break;
    sessions = next;
    routing = lazily(() => tablesOf(topology, next.all));
  }
  const last = sessions;
  const answers = new Map<Router, readonly RouteAnswer[]>();
  const prediction: Prediction = {
    fabric,
    topology,
    get sessions() {
      return last.all;
    },
    get stated() {
      return last.stated;
    },
    get tables() {
      return routing();
    },
    get unstable() {
      const { ipv4, ipv6 } = routing();
      return [...ipv4.unstable, ...ipv6.unstable];
    },
    sessionsOf: (router) => last.of(router),
    routesAt: (router) => {
      let routes = answers.get(router);
      if (routes === undefined) {
        const { ipv4, ipv6 } = routing();
        routes = [...routesIn(ipv4, router), ...routesIn(ipv6, router)];
        answers.set(router, routes);
      }
      return routes;
    },
  };
  firstTables.set(prediction, first);
  return prediction;
}

const hasLimit = once(({ neighbours }: Router): boolean =>
  neighbours.some(({ families }) => FAMILIES.some((family) => families[family]?.maximumPrefix !== undefined)),
);

/** Statements whose peers send more prefixes than `maximum-prefix` allows: what one has ended stays ended. */
function floodedIn(routers: readonly Router[], tables: Prediction['tables']): Neighbour[] {
  return routers.flatMap((router) =>
    router.neighbours.filter((neighbour) =>
      FAMILIES.some((family) => {
        const most = neighbour.families[family]?.maximumPrefix;
        return most !== undefined && tables[family].taken(router, neighbour) > most;
      }),
    ),
  );
}

function tablesOf(topology: Topology, sessions: readonly Session[]): Record<AddressFamily, RoutingTables> {
  const ipv4 = lazily(() => new RoutingTables(topology, sessions, 'ipv4'));
  const ipv6 = lazily(() => new RoutingTables(topology, sessions, 'ipv6'));
  return {
    get ipv4() {
      return ipv4();
    },
    get ipv6() {
      return ipv6();
    },
  };
}

function routesIn(tables: RoutingTables, router: Router): RouteAnswer[] {
  const speaker = tables.speakerOf(router);
  if (speaker === undefined) return [];
  const announced = new Set(speaker.frr ? [] : router.announcements.map((entry) => entry.prefix));
  return tables.destinations
    .map((destination, index) => ({ destination, index }))
    .sort((a, b) => compareDestinations(a.destination, b.destination))
    .flatMap(({ destination, index }) => {
      const entry = tables.entry(speaker, index);
      return entry.paths.flatMap((path, place) => {
        // Connected and kernel routes stand in BIRD's table too, but Calico announces only what its filter lets out.
        if (path.end === undefined && !speaker.frr && !announced.has(destination.text)) return [];
        return [answer(destination.text, entry, path, place)];
      });
    });
}

function compareDestinations(
  a: { readonly prefix: { readonly address: bigint; readonly length: number }; readonly text: string },
  b: { readonly prefix: { readonly address: bigint; readonly length: number }; readonly text: string },
): number {
  if (a.prefix.address !== b.prefix.address) return a.prefix.address < b.prefix.address ? -1 : 1;
  return a.prefix.length - b.prefix.length || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
}

/** How one path of an entry is told. */
export function answer(prefix: string, entry: Entry, path: Path, place: number): RouteAnswer {
  const isBest = entry.selected !== undefined && place < entry.equal;
  const { attributes, end } = path;
  return {
    prefix,
    nextHop: end === undefined || attributes.nextHop.startsWith('%') ? null : attributes.nextHop,
    asPath: attributes.asPath,
    from: end?.peer.router.name ?? null,
    usable: path.usable,
    best: !isBest ? 'no' : entry.equal > 1 ? 'tied' : 'yes',
    multipath: isBest && (path === entry.selected || sharesLoad(entry.selected!, path)),
    ...(end === undefined ? {} : { session: end.session }),
    origin: path.origin ?? end?.session.neighbour.origin,
  };
}

/** FRR uses equal eBGP paths together if their AS paths are the same, or with multipath-relax as long (lab B9). */
function sharesLoad(selected: Path, path: Path): boolean {
  const { end } = selected;
  if (end === undefined || path.end === undefined) return false;
  const { router, frr } = end.speaker;
  // Calico's BIRD merges equal paths in the kernel, eBGP and iBGP alike.
  if (!frr) return true;
  const limit = end.internal ? router.maximumPaths?.ibgp : router.maximumPaths?.ebgp;
  if (limit === 1) return false;
  const samePath = selected.attributes.asPath.join() === path.attributes.asPath.join();
  return end.internal || router.multipathRelax === true || samePath;
}
