import { type Address, parseAddress } from '../address.ts';
import { containsAddress, firstOf, formatPrefix, isWithin, networkOf, parsePrefix } from '../prefix.ts';
import { PrefixTable } from '../table.ts';
import { type LearnedRoutes, networkText, type Topology } from './fabric.ts';
import { type End, type ExportClass, graphOf, type Sent, type Speaker } from './graph.ts';
import { resolvesByDefault } from './identity.ts';
import { type Attributes, breakTie, comparePaths, OWN, type Path, type Rejection } from './path.ts';
import { applyPolicies } from './policy.ts';
import { type Destination, exported, imported } from './transfer.ts';
import type { AddressFamily, Neighbour, Policy, Router, Session } from './types.ts';

/** One router's paths to one prefix; the best first, then those equal to it. */
export interface Entry {
  readonly paths: readonly Path[];
  /** How many of the first paths are equally good; 0 when there is none. */
  readonly equal: number;
  /** The path that is used and, by FRR, passed on. */
  readonly selected: Path | undefined;
}

interface Resolution {
  readonly usable: boolean;
  readonly distance: number;
  readonly connected: boolean;
}

const NOTHING: Entry = { paths: [], equal: 0, selected: undefined };
const NONE: readonly Sent[] = [];
const NO_ENDS: readonly End[] = [];
const FAR = 1_000_000;
/** Times a router may change its mind about one prefix before the network counts as unstable. */
const PATIENCE = 60;

type Enqueue = (speaker: Speaker, index: number) => void;
/** The ends by which a speaker was sent something, by `speaker and destination`. */
type Arrivals = Map<number, End[]>;

/**
 * The routes of one address family, propagated until nothing changes: those that next hops depend on at once, every other
 * one when somebody asks for it.
 */
export class RoutingTables {
  readonly family: AddressFamily;
  readonly speakers: readonly Speaker[];
  readonly destinations: readonly Destination[];
  readonly #topology: Topology;
  readonly #byRouter = new Map<Router, Speaker>();
  readonly #index = new Map<string, number>();
  /** Own paths of each speaker by destination. */
  readonly #own: Map<number, Path>[];
  /** The speakers that have an own path to each destination. */
  readonly #originators: readonly (readonly Speaker[])[];
  readonly #entries: (Entry | undefined)[][];
  readonly #resolved: Map<string, Resolution>[];
  /** The speakers that make a destination of its parts. What next hops depend on is taken to have parts. */
  readonly #aggregators: { readonly speaker: Speaker; readonly asSet: boolean }[][] = [];
  /** Destinations that contain an address which may be a next hop. */
  readonly #covering = new PrefixTable<number>();
  readonly #coverCache = new Map<string, readonly number[]>();
  readonly #isCover = new Set<number>();
  readonly #users: Map<string, Set<number>>[];
  readonly #done: boolean[];
  /** Whether each destination has been propagated. */
  readonly #propagated: boolean[];
  readonly #unstable = new Set<string>();

  constructor(topology: Topology, sessions: readonly Session[], family: AddressFamily) {
    this.#topology = topology;
    this.family = family;
    this.speakers = graphOf(topology, sessions, family);
    for (const speaker of this.speakers) this.#byRouter.set(speaker.router, speaker);
    const destinations: Destination[] = [];
    this.#own = this.speakers.map((speaker) => this.#ownPaths(speaker, destinations));
    this.destinations = destinations;
    const originators: Speaker[][] = destinations.map(() => []);
    for (const speaker of this.speakers)
      for (const index of this.#own[speaker.index]!.keys()) originators[index]!.push(speaker);
    this.#originators = originators;
    this.#entries = this.speakers.map(() => []);
    this.#resolved = this.speakers.map(() => new Map());
    this.#users = this.speakers.map(() => new Map());
    this.#done = this.speakers.map(() => false);
    this.#propagated = destinations.map(() => false);
    this.#findCovers();
    this.#propagate([...this.#isCover]);
  }

  /** Prefixes that never come to rest: policies or MEDs chase each other. */
  get unstable(): ReadonlySet<string> {
    for (const index of this.destinations.keys()) this.#ensure(index);
    return this.#unstable;
  }

  speakerOf(router: Router): Speaker | undefined {
    return this.#byRouter.get(router);
  }

  destination(text: string): number | undefined {
    return this.#index.get(text);
  }

  /** What a router knows about a destination. */
  entry(speaker: Speaker, index: number): Entry {
    this.#ensure(index);
    if (speaker.stub && !this.#done[speaker.index]) this.#settle(speaker);
    if (speaker.stub && this.#entries[speaker.index]![index] === undefined) this.#decide(speaker, index);
    return this.#entries[speaker.index]![index] ?? NOTHING;
  }

  /** The next hop that BGP offers for an address, for sessions to peers behind BGP routes. */
  readonly learned: LearnedRoutes = (router, address) => {
    const speaker = this.#byRouter.get(router);
    if (speaker === undefined) return undefined;
    for (const index of this.#covering.matches(address)) {
      const { selected } = this.entry(speaker, index);
      if (selected?.end !== undefined && selected.usable && parseAddress(selected.attributes.nextHop) !== undefined)
        return { length: this.destinations[index]!.prefix.length, nextHop: selected.attributes.nextHop };
    }
    return undefined;
  };

  /** How many prefixes a router takes by one of its statements. */
  taken(router: Router, neighbour: Neighbour): number {
    const speaker = this.#byRouter.get(router);
    if (speaker === undefined) return 0;
    let count = 0;
    for (const index of this.destinations.keys())
      if (this.entry(speaker, index).paths.some(({ end }) => end?.neighbour === neighbour)) count++;
    return count;
  }

  /** Why a path does not get from one end of a session to the other; undefined when it does. */
  obstacle(index: number, path: Path, end: End): Rejection | undefined {
    const destination = this.destinations[index]!;
    const { speaker } = end;
    if (speaker.frr && this.entry(speaker, index).selected !== path) return 'not-best';
    if (path.end === end) return 'same-peer';
    const sent = exported(destination, path, end.exportClass);
    if (typeof sent === 'string') return sent;
    const taken = imported(destination, sent, end.reverse);
    return typeof taken === 'string' ? taken : undefined;
  }

  #ownPaths(speaker: Speaker, destinations: Destination[]): Map<number, Path> {
    const own = new Map<number, Path>();
    const { router } = speaker;
    const add = (text: string, path: Omit<Path, 'attributes'>, attributes: Attributes) => {
      const base = parsePrefix(text.split('#')[0]!);
      if (base === undefined || (base.family === 4) !== (this.family === 'ipv4')) return;
      const prefix = networkOf(base);
      const canonical = text.includes('#') ? text : formatPrefix(prefix);
      let index = this.#index.get(canonical);
      if (index === undefined) {
        index = destinations.length;
        this.#index.set(canonical, index);
        destinations.push({ text: canonical, prefix, family: this.family });
      }
      const before = own.get(index);
      if (before === undefined || before.preference < path.preference) own.set(index, { ...path, attributes });
    };
    if (speaker.frr) this.#frrRoutes(speaker, add);
    else {
      const base = { usable: true, distance: 0 };
      for (const entry of this.#topology.attachments(router))
        if (takesIn(router, this.family, 'connected', entry.interface.name))
          add(networkText(entry), { ...base, preference: 240, origin: entry.interface.origin }, { ...OWN });
      for (const entry of router.announcements)
        add(entry.prefix, { ...base, preference: 200, origin: entry.origin }, { ...OWN, nextHop: entry.via ?? '' });
      for (const route of takesIn(router, this.family, 'kernel') ? router.routes : [])
        add(route.prefix, { ...base, preference: 10, origin: route.origin }, { ...OWN, nextHop: route.via ?? '' });
    }
    return own;
  }

  #frrRoutes(
    speaker: Speaker,
    add: (text: string, path: Omit<Path, 'attributes'>, attributes: Attributes) => void,
  ): void {
    const { router } = speaker;
    const connected = this.#topology.attachments(router).map(networkText);
    const present = new Set([...connected, ...router.routes.map((route) => canonicalNetwork(route.prefix))]);
    const base = { usable: true, distance: 0, preference: 100 };
    const weighted = { ...OWN, weight: 32768 };
    for (const entry of router.announcements) {
      const checked =
        entry.kind === 'network' && router.importCheck === true && router.interfacesComplete && !router.learnsRoutes;
      // Without a route in the table a checked `network` is silently not announced (lab B13b).
      if (checked && !present.has(canonicalNetwork(entry.prefix))) continue;
      const attributes = this.#originated(entry.prefix, weighted, entry.policy);
      if (attributes === undefined) continue;
      add(entry.prefix, { ...base, origin: entry.origin }, attributes);
      if (entry.kind !== 'aggregate') continue;
      const index = this.#index.get(canonicalNetwork(entry.prefix));
      if (index !== undefined) {
        this.#aggregators[index] ??= [];
        this.#aggregators[index].push({ speaker, asSet: entry.asSet === true });
      }
    }
    for (const { family, protocol, policy, origin } of router.redistribute ?? []) {
      if (family !== this.family) continue;
      const prefixes =
        protocol === 'connected'
          ? connected
          : protocol === 'static' || protocol === 'kernel'
            ? router.routes.map((route) => route.prefix)
            : [];
      for (const prefix of prefixes) {
        const attributes = this.#originated(prefix, { ...weighted, code: 2 }, policy);
        if (attributes !== undefined) add(prefix, { ...base, origin }, attributes);
      }
    }
    for (const neighbour of router.neighbours)
      if (neighbour.families[this.family]?.defaultOriginate)
        add(this.family === 'ipv4' ? '0.0.0.0/0' : '::/0', { ...base, usable: false, preference: 0 }, { ...OWN });
  }

  #originated(prefix: string, attributes: Attributes, policy: Policy | undefined): Attributes | undefined {
    const parsed = parsePrefix(prefix.split('#')[0]!);
    if (policy === undefined || parsed === undefined) return { ...attributes };
    return applyPolicies([policy], parsed, { ...attributes });
  }

  /** Notes which destinations can decide about a next hop: those that hold an address of some interface. */
  #findCovers(): void {
    const table = new PrefixTable<number>();
    for (const [index, { prefix }] of this.destinations.entries()) table.set(prefix, index);
    for (const router of this.#topology.fabric.routers)
      for (const { address } of this.#topology.attachments(router))
        for (const index of table.matches(parseAddress(address)!)) {
          if (this.#isCover.has(index)) continue;
          this.#isCover.add(index);
          this.#covering.set(this.destinations[index]!.prefix, index);
        }
  }

  #covers(nextHop: string): readonly number[] {
    let covers = this.#coverCache.get(nextHop);
    if (covers === undefined) {
      const address = parseAddress(nextHop);
      covers = address === undefined ? [] : [...this.#covering.matches(address)];
      this.#coverCache.set(nextHop, covers);
    }
    return covers;
  }

  #ensure(index: number): void {
    if (this.#propagated[index]) return;
    this.#aggregate(index);
    this.#propagate([index]);
  }

  /** An aggregate is announced where a part of it is known; the parts, which are longer, come first. */
  #aggregate(index: number): void {
    const { prefix } = this.destinations[index]!;
    const made = this.#aggregators[index] ?? [];
    if (made.length === 0) return;
    const parts = [...this.destinations.keys()].filter((at) => isWithin(prefix, this.destinations[at]!.prefix));
    for (const { speaker, asSet } of made) {
      const known = parts.flatMap((part) => this.entry(speaker, part).selected ?? []);
      const own = this.#own[speaker.index]!;
      const path = own.get(index);
      if (known.length === 0) own.delete(index);
      else if (path !== undefined && asSet)
        own.set(index, { ...path, attributes: { ...path.attributes, asPath: mergedPath(known) } });
    }
  }

  /** Sends destinations around until nothing changes; what the next hops of others depend on must be among the first. */
  #propagate(indexes: readonly number[]): void {
    const width = this.destinations.length;
    const queue: number[] = [];
    const queued = new Set<number>();
    const visits = new Map<number, number>();
    const arrivals: Arrivals = new Map();
    const senders = new Set<Speaker>();
    const enqueue = (speaker: Speaker, index: number) => {
      const key = speaker.index * width + index;
      if (queued.has(key)) return;
      if ((visits.get(key) ?? 0) >= PATIENCE) {
        this.#unstable.add(this.destinations[index]!.text);
        return;
      }
      queued.add(key);
      queue.push(key);
    };
    for (const index of indexes) {
      this.#propagated[index] = true;
      for (const speaker of this.#originators[index]!) enqueue(speaker, index);
    }
    for (let at = 0; at < queue.length; at++) {
      const key = queue[at]!;
      queued.delete(key);
      visits.set(key, (visits.get(key) ?? 0) + 1);
      const speaker = this.speakers[Math.floor(key / width)]!;
      const index = key % width;
      senders.add(speaker);
      const before = this.#entries[speaker.index]![index] ?? NOTHING;
      if (speaker.stub) {
        // Nothing that it is sent goes any further; its table is made when somebody asks.
        this.#send(speaker, index, alone(this.#own[speaker.index]!.get(index)), arrivals, enqueue);
        continue;
      }
      const entry = this.#decide(speaker, index, arrivals.get(key) ?? NO_ENDS);
      if (this.#isCover.has(index) && entry.selected !== before.selected) this.#reconsider(speaker, index, enqueue);
      this.#send(speaker, index, entry, arrivals, enqueue);
    }
    // What was made of paths is remembered for the sake of sending the same again.
    for (const { classes } of senders) for (const { made } of classes) made.clear();
  }

  /** A route towards next hops changed: everything that uses such a next hop is looked at again. */
  #reconsider(speaker: Speaker, index: number, enqueue: Enqueue): void {
    for (const [nextHop, users] of this.#users[speaker.index]!) {
      if (!this.#covers(nextHop).includes(index)) continue;
      const before = this.#resolved[speaker.index]!.get(nextHop);
      this.#resolved[speaker.index]!.delete(nextHop);
      const now = this.#resolve(speaker, nextHop);
      if (before?.usable === now.usable && before.distance === now.distance) continue;
      for (const user of users) enqueue(speaker, user);
    }
  }

  #send(speaker: Speaker, index: number, entry: Entry, arrivals: Arrivals, enqueue: Enqueue): void {
    for (const exportClass of speaker.classes) {
      if (exportClass.onward.length === 0) continue;
      const sent = this.#offer(speaker, index, entry, exportClass);
      const before = exportClass.sent[index] ?? NONE;
      if (same(before, sent)) continue;
      exportClass.sent[index] = sent;
      for (const { peer, reverse } of exportClass.onward) {
        if (before.length === 0) arrive(arrivals, peer.index * this.destinations.length + index, reverse);
        enqueue(peer, index);
      }
    }
  }

  /** What the peers of a class are sent; that of stubs is made when one of them is asked. */
  #sent(exportClass: ExportClass, index: number): readonly Sent[] {
    const known = exportClass.sent[index];
    if (known !== undefined) return known;
    if (exportClass.onward.length > 0) return NONE;
    const { speaker } = exportClass.end;
    const own = this.#own[speaker.index]!.get(index);
    const entry = speaker.stub ? alone(own) : (this.#entries[speaker.index]![index] ?? NOTHING);
    const sent = this.#offer(speaker, index, entry, exportClass);
    exportClass.sent[index] = sent;
    return sent;
  }

  #offer(speaker: Speaker, index: number, entry: Entry, exportClass: ExportClass): readonly Sent[] {
    const destination = this.destinations[index]!;
    const sent: Sent[] = [];
    // FRR passes on the path it uses; BIRD, told `add paths`, passes on everything it has.
    const paths = speaker.frr ? (entry.selected === undefined ? [] : [entry.selected]) : entry.paths;
    for (const path of paths) {
      const attributes = this.#export(destination, path, exportClass);
      if (typeof attributes !== 'string') sent.push({ attributes, from: path.end });
    }
    if (sent.length === 0 && speaker.frr && isDefault(destination) && exportClass.end.family.defaultOriginate) {
      const made = this.#export(destination, this.#own[speaker.index]!.get(index)!, exportClass);
      if (typeof made !== 'string') sent.push({ attributes: made, from: undefined });
    }
    return sent;
  }

  #export(destination: Destination, path: Path, to: ExportClass): Attributes | Rejection {
    const before = to.made.get(path.attributes);
    if (before !== undefined && before.from === path.end) return before.result;
    const result = exported(destination, path, to);
    to.made.set(path.attributes, { from: path.end, result });
    return result;
  }

  #import(destination: Destination, attributes: Attributes, end: End): Attributes | Rejection {
    // Without policies the result is the update itself: remembering it would cost more than looking again.
    if (end.taken === undefined) return imported(destination, attributes, end);
    let result = end.taken.get(attributes);
    if (result === undefined) {
      result = imported(destination, attributes, end);
      end.taken.set(attributes, result);
    }
    return result;
  }

  /** Collects a speaker's paths to a destination and puts them in order. */
  #decide(speaker: Speaker, index: number, ends: readonly End[] = speaker.ends): Entry {
    const destination = this.destinations[index]!;
    const paths: Path[] = [];
    const own = this.#own[speaker.index]!.get(index);
    if (own !== undefined && own.preference > 0) paths.push(own);
    for (const end of ends) {
      const sent = this.#sent(end.reverse.exportClass, index);
      if (sent.length === 0) continue;
      const lonely = !end.peer.frr || end.reverse.exportClass.group.size === 1;
      for (const { attributes, from } of sent) {
        if (lonely && from === end.reverse) continue;
        const taken = this.#import(destination, attributes, end);
        if (typeof taken !== 'string') paths.push(this.#path(speaker, index, taken, end));
      }
    }
    const entry = ordered(paths);
    this.#entries[speaker.index]![index] = entry;
    return entry;
  }

  #path(speaker: Speaker, index: number, attributes: Attributes, end: End): Path {
    const { nextHop } = attributes;
    if (this.#covers(nextHop).length > 0 && !speaker.stub) {
      const users = this.#users[speaker.index]!;
      const known = users.get(nextHop);
      if (known === undefined) users.set(nextHop, new Set([index]));
      else known.add(index);
    }
    const resolution = this.#resolve(speaker, nextHop);
    const { router } = speaker;
    // A single-hop eBGP session promises a next hop on the link.
    const needsLink =
      speaker.frr && !end.internal && (end.neighbour.multihop ?? 1) <= 1 && !end.neighbour.noConnectedCheck;
    const isRecursive = router.kind === 'bird' && (end.internal || end.neighbour.multihop !== undefined);
    const usable =
      resolution.usable &&
      (!needsLink || resolution.connected || !router.interfacesComplete) &&
      (!isRecursive || this.#isInTable(router, nextHop));
    return { attributes, end, preference: 100, usable, distance: resolution.distance };
  }

  /**
   * Whether BIRD 2's own table leads to a next hop: on sessions that are not single-hop, a connected one resolves only
   * where `protocol direct` takes its network in (lab bird/reflector).
   */
  #isInTable(router: Router, nextHop: string): boolean {
    const address = parseAddress(nextHop);
    if (address === undefined || router.learnsRoutes || router.hasVrfs || !router.interfacesComplete) return true;
    const holds = (text: string): boolean => {
      const prefix = parsePrefix(text.split('#')[0]!);
      return prefix !== undefined && containsAddress(prefix, address);
    };
    return (
      this.#topology
        .attachments(router)
        .some(
          (entry) => takesIn(router, this.family, 'connected', entry.interface.name) && holds(networkText(entry)),
        ) ||
      router.announcements.some(({ prefix }) => holds(prefix)) ||
      (takesIn(router, this.family, 'kernel') && router.routes.some(({ prefix }) => holds(prefix)))
    );
  }

  #resolve(speaker: Speaker, nextHop: string): Resolution {
    const known = this.#resolved[speaker.index]!.get(nextHop);
    if (known !== undefined) return known;
    const found = this.#resolution(speaker, nextHop);
    // FRR's metric to a next hop by a static or BGP route is 0, as to a connected one.
    const resolution = speaker.frr ? { ...found, distance: 0 } : found;
    this.#resolved[speaker.index]!.set(nextHop, resolution);
    return resolution;
  }

  #resolution(speaker: Speaker, nextHop: string): Resolution {
    const unreachable = { usable: false, distance: FAR, connected: false };
    const address = parseAddress(nextHop);
    if (address === undefined) return { usable: true, distance: 0, connected: true };
    if (speaker.own.has(nextHop)) return unreachable;
    const { router } = speaker;
    const hop = this.#topology.lookup(router, address);
    const bgp = this.#covers(nextHop).find((index) => {
      const { selected } = this.#entries[speaker.index]![index] ?? NOTHING;
      return selected?.end !== undefined && selected.attributes.nextHop !== nextHop;
    });
    const learnedLength = bgp === undefined ? -1 : this.destinations[bgp]!.prefix.length;
    const connected = this.#topology.connected(router, address);
    if (connected !== undefined && connected.subnet.length >= learnedLength)
      return { usable: true, distance: 0, connected: true };
    const staticLength = hop.kind === 'none' ? -1 : routeLength(router, address);
    if (learnedLength >= 0 && (learnedLength > staticLength || (!speaker.frr && learnedLength === staticLength))) {
      // BIRD does not resolve a next hop by another route whose own next hop had to be resolved (lab B5);
      // FRR does (B5d), though not by a default route unless told to.
      const { selected } = this.#entries[speaker.index]![bgp!]!;
      const usable = speaker.frr && selected!.usable && (learnedLength > 0 || resolvesByDefault(router) !== false);
      return { usable, distance: FAR, connected: false };
    }
    if (hop.kind === 'none') return router.interfacesComplete ? unreachable : { ...unreachable, usable: true };
    if (hop.kind === 'blackhole') return unreachable;
    if (hop.kind === 'routed' && hop.isDefault && resolvesByDefault(router) === false) return unreachable;
    return { usable: true, distance: FAR, connected: speaker.frr && this.#topology.hasStatic(router, address) };
  }

  /** Brings the routes that next hops depend on to rest at a stub, whose tables are made on demand. */
  #settle(speaker: Speaker): void {
    this.#done[speaker.index] = true;
    const covers = [...this.#isCover].sort(
      (a, b) => this.destinations[a]!.prefix.length - this.destinations[b]!.prefix.length || a - b,
    );
    for (let round = 0; round < 8; round++) {
      let changed = false;
      for (const index of covers) {
        const before = this.#entries[speaker.index]![index]?.selected;
        const after = this.#decide(speaker, index).selected;
        changed ||= before?.attributes !== after?.attributes || before?.usable !== after?.usable;
      }
      this.#resolved[speaker.index]!.clear();
      if (!changed) break;
    }
    for (const index of covers) this.#decide(speaker, index);
  }
}

/** The AS numbers of an aggregate's parts: one path where they agree, else all numbers, once each. */
function mergedPath(parts: readonly Path[]): readonly number[] {
  const [first, ...others] = parts.map(({ attributes }) => attributes.asPath);
  if (others.every((path) => path.join() === first!.join())) return first!;
  return [...new Set([first!, ...others].flat())];
}

/** What a router has that nobody sent anything. */
function alone(own: Path | undefined): Entry {
  return own === undefined || own.preference <= 0 ? NOTHING : ordered([own]);
}

/** The best path first; `equal` counts those that nothing but ids and age tells apart. */
function ordered(paths: Path[]): Entry {
  if (paths.length === 0) return NOTHING;
  if (paths.length > 1) paths.sort((a, b) => comparePaths(a, b) || breakTie(a, b));
  const first = paths[0]!;
  let equal = 1;
  while (equal < paths.length && comparePaths(first, paths[equal]!) === 0) equal++;
  // FRR has no best path when none is usable; BIRD installs an unreachable route.
  const selected = first.usable || first.end?.speaker.frr === false ? first : undefined;
  return { paths, equal, selected };
}

/** Keeps the order of the configuration. An end that was withdrawn from stays: it has nothing to offer. */
function arrive(arrivals: Arrivals, key: number, end: End): void {
  const ends = arrivals.get(key);
  if (ends === undefined) {
    arrivals.set(key, [end]);
    return;
  }
  let at = ends.length;
  while (at > 0 && ends[at - 1]!.place > end.place) at--;
  if (ends[at - 1] !== end) ends.splice(at, 0, end);
}

function same(a: readonly Sent[], b: readonly Sent[]): boolean {
  return (
    a.length === b.length && a.every((sent, i) => sent.attributes === b[i]!.attributes && sent.from === b[i]!.from)
  );
}

function isDefault({ prefix }: Destination): boolean {
  return prefix.length === 0 && firstOf(prefix) === 0n;
}

function canonicalNetwork(text: string): string {
  const prefix = parsePrefix(text);
  return prefix === undefined ? text : formatPrefix(networkOf(prefix));
}

/** The length of the longest static route to an address, -1 without one. */
function routeLength(router: Router, address: Address): number {
  let length = -1;
  for (const route of router.routes) {
    const prefix = parsePrefix(route.prefix);
    if (prefix !== undefined && prefix.length > length && containsAddress(prefix, address)) length = prefix.length;
  }
  return length;
}

/** Whether BIRD has the networks of an interface, or the kernel's routes, in its table. Calico's takes in all but `lo`. */
function takesIn({ kind, redistribute = [] }: Router, family: AddressFamily, protocol: string, name?: string): boolean {
  if (kind !== 'bird') return name !== 'lo';
  return redistribute.some((one) => {
    if (one.protocol !== protocol || one.family !== family) return false;
    if (one.interfaces === undefined || name === undefined) return true;
    const first = one.interfaces.find((pattern) => fits(pattern.replace(/^-/, ''), name));
    return first !== undefined && !first.startsWith('-');
  });
}

function fits(pattern: string, name: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(name);
}
