import { sameItems } from '../once.ts';
import type { LearnedRoutes, Topology } from './fabric.ts';
import { Judge, type Verdicts } from './sessions.ts';
import type { Fabric, Neighbour, Router, Session } from './types.ts';

/** The sessions of a network: those that somebody states are judged at once, the mesh's when they are asked for. */
export class SessionTable {
  readonly #topology: Topology;
  readonly #judge: Judge;
  readonly #verdicts = new Map<Router, Verdicts>();
  readonly #meshed = new Map<Router, readonly Session[]>();
  #stated: readonly Session[] | undefined;
  #all: readonly Session[] | undefined;
  #accepted: ReadonlyMap<Router, readonly Session[]> | undefined;

  /** With `before`, verdicts of routers for which nothing can have changed are taken over from there. */
  constructor(topology: Topology, learned?: LearnedRoutes, before?: SessionTable, flooded?: ReadonlySet<Neighbour>) {
    this.#topology = topology;
    this.#judge = new Judge(topology, learned, flooded);
    const kept = before === undefined || learned !== undefined ? undefined : keepable(before.#topology, topology);
    for (const router of topology.fabric.routers) {
      const known = before === undefined ? undefined : before.#verdicts.get(router);
      const isRight = known !== undefined && kept?.(router, known) === true;
      this.#verdicts.set(router, isRight ? known : this.#judge.verdicts(router));
    }
  }

  /** One session for every statement that somebody wrote, by router and in order, and those that listen ranges accepted. */
  get stated(): readonly Session[] {
    if (this.#stated === undefined) {
      const sessions: Session[] = [];
      for (const verdicts of this.#verdicts.values()) for (const session of verdicts.sessions) sessions.push(session);
      for (const verdicts of this.#verdicts.values()) for (const session of verdicts.accepted) sessions.push(session);
      this.#stated = sessions;
    }
    return this.#stated;
  }

  /** Those of the mesh as well: a thousand nodes have a million of them. */
  get all(): readonly Session[] {
    if (this.#all === undefined) {
      const sessions: Session[] = [];
      for (const [router, verdicts] of this.#verdicts) {
        for (const session of this.#meshOf(router)) sessions.push(session);
        for (const session of verdicts.sessions) sessions.push(session);
      }
      for (const verdicts of this.#verdicts.values()) for (const session of verdicts.accepted) sessions.push(session);
      this.#all = sessions;
    }
    return this.#all;
  }

  of(router: Router): readonly Session[] {
    const own = this.#verdicts.get(router)?.sessions ?? [];
    return [...this.#meshOf(router), ...own, ...(this.#acceptedBy().get(router) ?? [])];
  }

  #acceptedBy(): ReadonlyMap<Router, readonly Session[]> {
    if (this.#accepted !== undefined) return this.#accepted;
    const byRouter = new Map<Router, Session[]>();
    for (const { accepted } of this.#verdicts.values())
      for (const session of accepted) {
        const list = byRouter.get(session.router);
        if (list === undefined) byRouter.set(session.router, [session]);
        else list.push(session);
      }
    this.#accepted = byRouter;
    return byRouter;
  }

  /** The sessions that routes may decide about: between nodes of which only the address is known the mesh always comes up. */
  get #decidable(): readonly Session[] {
    const { fabric } = this.#topology;
    const known = fabric.routers.filter((router) => router.inMesh && !isPlain(router, fabric));
    return known.length === 0 ? this.stated : [...known.flatMap((router) => this.#meshOf(router)), ...this.stated];
  }

  get lacksConnection(): boolean {
    return this.#decidable.some(({ reason }) => reason === 'not-connected');
  }

  saysTheSame(other: SessionTable): boolean {
    const others = other.#decidable;
    return this.#decidable.every(({ state }, index) => state === others[index]?.state);
  }

  #meshOf(router: Router): readonly Session[] {
    const known = this.#meshed.get(router);
    if (known !== undefined) return known;
    const sessions = this.#topology.meshOf(router).map((statement) => this.#judge.session(router, statement));
    this.#meshed.set(router, sessions);
    return sessions;
  }
}

/** A node whose machine no topology shows: what it does not have a route for may still arrive. */
function isPlain({ interfacesComplete, routes, interfaces }: Router, fabric: Fabric): boolean {
  return !fabric.complete && !interfacesComplete && routes.length === 0 && interfaces.length <= 1;
}

/**
 * Which verdicts of an earlier network still hold in this one; undefined when none does. A verdict depends on its router and
 * on who owns the addresses that were asked for, so it holds until one of these is another router, or in the mesh otherwise.
 */
function keepable(before: Topology, now: Topology): ((router: Router, verdicts: Verdicts) => boolean) | undefined {
  if (before.fabric.complete !== now.fabric.complete) return undefined;
  const left = difference(before.fabric.routers, now.fabric.routers);
  const joined = difference(now.fabric.routers, before.fabric.routers);
  const stayed = (fabric: Fabric, others: ReadonlySet<Router>) => fabric.routers.filter((one) => !others.has(one));
  // Of several owners of an address the first one counts.
  if (!sameItems(stayed(before.fabric, left), stayed(now.fabric, joined))) return undefined;
  const changed = new Set<string>();
  for (const router of [...left, ...joined]) {
    for (const { address } of now.attachments(router)) changed.add(address);
    for (const address of Object.values(router.nodeAddress ?? {})) changed.add(address);
  }
  const old = before.fabric.mesh?.statements ?? [];
  const fresh = now.fabric.mesh?.statements ?? [];
  for (const statement of [...difference(old, fresh), ...difference(fresh, old)]) changed.add(statement.address!);
  return (router, { asked }) => {
    // Who is at the other end of an unnumbered link is not a matter of addresses.
    if (router.neighbours.some(isUnnumbered)) return false;
    for (const address of changed) if (asked.has(address)) return false;
    return true;
  };
}

function isUnnumbered({ address, range }: Neighbour): boolean {
  return address === undefined && range === undefined;
}

function difference<T>(one: readonly T[], other: readonly T[]): ReadonlySet<T> {
  if (one === other) return new Set();
  const others = new Set(other);
  return new Set(one.filter((item) => !others.has(item)));
}
