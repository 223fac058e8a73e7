import { canonicalAddress, parseAddress } from '../address.ts';
import { containsAddress, parsePrefix } from '../prefix.ts';
import type { Attachment, LearnedRoutes, Reach, Topology } from './fabric.ts';
import { familyOf, isFrr, isInternal, localAsOf, mayMeet, routerIdOf, speaksBgp, takesAs } from './identity.ts';
import type { AddressFamily, Neighbour, Reason, Router, Session, SessionState } from './types.ts';

/** One end of a possible session. */
interface End {
  readonly router: Router;
  readonly neighbour: Neighbour;
  /** The peer's address as this end sees it. */
  readonly towards: string;
}

/** What becomes of a session, and which end has to change when it fails. */
interface Outcome {
  readonly state: SessionState;
  readonly reason: Reason | null;
  readonly blame: 'self' | 'peer' | 'both';
}

const UP: Outcome = { state: 'established', reason: null, blame: 'both' };

/** What becomes of a router's own statements. */
export interface Verdicts {
  /** One for each statement, in order. */
  readonly sessions: readonly Session[];
  /** The other ends of sessions that a listen range of the peer accepted. */
  readonly accepted: readonly Session[];
  /** The addresses whose owners were looked up: with the router and these owners unchanged, so are the verdicts. */
  readonly asked: ReadonlySet<string>;
}

/** Judges sessions. With `learned`, peers behind routes that came by BGP itself are reached too. */
export class Judge {
  readonly #topology: Topology;
  readonly #learned: LearnedRoutes | undefined;
  /** Statements whose peers were found to send more than `maximum-prefix`. */
  readonly #flooded: ReadonlySet<Neighbour>;
  readonly #reach = new Map<Router, Map<string, Reach>>();
  #asked = new Set<string>();

  constructor(topology: Topology, learned: LearnedRoutes | undefined, flooded: ReadonlySet<Neighbour> = new Set()) {
    this.#topology = topology;
    this.#learned = learned;
    this.#flooded = flooded;
  }

  verdicts(router: Router): Verdicts {
    this.#asked = new Set();
    const sessions = router.neighbours
      .filter(({ range }) => range === undefined)
      .map((neighbour) => this.session(router, neighbour));
    const accepted = sessions
      .filter(({ state, peerNeighbour }) => state === 'established' && peerNeighbour?.range !== undefined)
      .map((session) => this.#mirrored(session));
    return { sessions, accepted, asked: this.#asked };
  }

  session(router: Router, neighbour: Neighbour): Session {
    if (neighbour.address === undefined) return this.#unnumbered(router, neighbour);
    const end: End = { router, neighbour, towards: canonicalAddress(neighbour.address) };
    const early = this.#alone(end);
    if (early !== undefined) return this.#answer(end, early, undefined, undefined);
    const found = this.#owner(end);
    if ('outcome' in found) return this.#answer(end, found.outcome, found.peer, undefined);
    const peer = found.attachment.router;
    if (peer.asn === 'unknown') return this.#answer(end, unknown('not-readable'), peer, undefined);
    const statement = speaksBgp(peer) ? this.#statementBack(end, peer) : undefined;
    if (statement === undefined) return this.#answer(end, this.#withoutStatement(end, peer), peer, undefined);
    return this.#answer(end, this.#pair(end, { router: peer, ...statement }), peer, statement.neighbour);
  }

  /** The end of a session that a listen range accepted. */
  #mirrored(session: Session): Session {
    const { peer, peerNeighbour, router, neighbour } = session;
    return {
      router: peer!,
      neighbour: peerNeighbour!,
      peer: router,
      peerNeighbour: neighbour,
      localAddress: session.peerAddress,
      peerAddress: session.localAddress ?? '',
      ...(session.peerAs === undefined ? {} : { localAs: session.peerAs }),
      ...(session.localAs === undefined ? {} : { peerAs: session.localAs }),
      state: 'established',
      reason: null,
      blamed: false,
      families: session.families,
    };
  }

  /** What can be said without looking at anybody else. */
  #alone({ router, neighbour, towards }: End): Outcome | undefined {
    if (neighbour.shutdown) return down('shutdown', 'self');
    // FRR neither connects nor accepts while no family is active (lab A16, B11).
    if (Object.keys(neighbour.families).length === 0) return down('family-not-active', 'self');
    if (neighbour.remoteAs === undefined) return down('remote-as-missing', 'self');
    if (this.#topology.owns(router, towards)) return down('own-address', 'self');
    return parseAddress(towards) === undefined ? unknown('not-readable') : undefined;
  }

  #owner(end: End): { readonly attachment: Attachment } | { readonly outcome: Outcome; readonly peer?: Router } {
    let owners = this.#topology.ownersOf(end.towards, end.router);
    this.#asked.add(end.towards);
    if (owners.length === 0) {
      // A node that believes in an address which no interface of it has (lab B6).
      const claims = this.#topology.claimantOf(end.towards, end.router);
      if (claims !== undefined && claims !== end.router) return { outcome: down('wrong-source', 'peer'), peer: claims };
      if (this.#topology.isElsewhere(end.towards, end.router)) return { outcome: unknown('unknown-peer') };
      return { outcome: this.#topology.fabric.complete ? down('unknown-peer', 'self') : unknown('unknown-peer') };
    }
    const link = this.#topology.connected(end.router, parseAddress(end.towards)!);
    const onLink =
      link === undefined ? [] : owners.filter((owner) => this.#topology.shareLink(link.interface, owner.interface));
    if (onLink.length > 0) owners = onLink;
    const [first] = owners;
    const others = owners.filter(({ router }) => router !== first!.router);
    // Two owners of one address: which one answers is a race (lab D5). In two labs, it is the one that is deployed.
    if (others.length > 0)
      return {
        outcome: unknown(
          others.some(({ router }) => mayMeet(first!.router, router)) ? 'duplicate-address' : 'not-readable',
        ),
      };
    return { attachment: first! };
  }

  /** The statement of `peer` that a connection between the two would run on, and the address it sees us at. */
  #statementBack(end: End, peer: Router): { readonly neighbour: Neighbour; readonly towards: string } | undefined {
    const source = this.#source(end);
    const candidates = this.#topology.attachments(end.router).map((attachment) => attachment.address);
    if (source !== undefined && this.#topology.owns(end.router, source)) candidates.unshift(source);
    for (const address of candidates) {
      const [neighbour] = this.#topology.neighboursAt(peer, address);
      if (neighbour !== undefined) return { neighbour, towards: address };
    }
    const from = source === undefined ? undefined : parseAddress(source);
    if (from === undefined || !this.#topology.owns(end.router, source!)) return undefined;
    const range = peer.neighbours.find((neighbour) => {
      const prefix = neighbour.range === undefined ? undefined : parsePrefix(neighbour.range);
      return prefix !== undefined && containsAddress(prefix, from);
    });
    return range === undefined ? undefined : { neighbour: range, towards: source! };
  }

  #withoutStatement(end: End, peer: Router): Outcome {
    const source = this.#source(end);
    // Calico sources from the node's address; if no interface has it, nothing can leave (lab B6).
    if (source !== undefined && end.neighbour.sourceIsNode && !this.#topology.owns(end.router, source))
      return down('wrong-source', 'self');
    // Without an address to connect from, nobody can say what the peer would have to know.
    return source === undefined || peer.hasVrfs ? unknown('not-readable') : down('half-open', 'self');
  }

  #pair(a: End, b: End): Outcome {
    if (b.neighbour.shutdown) return down('shutdown', 'peer');
    if (Object.keys(b.neighbour.families).length === 0) return down('family-not-active', 'peer');
    if (b.neighbour.remoteAs === undefined) return down('remote-as-missing', 'peer');
    return (
      this.#asNumbers(a, b) ??
      this.#routerIds(a, b) ??
      passwords(a.neighbour, b.neighbour) ??
      this.#families(a, b) ??
      this.#nearEnough(a, b) ??
      this.#connection(a, b) ??
      this.#flood(a, b) ??
      UP
    );
  }

  #asNumbers(a: End, b: End): Outcome | undefined {
    const mine = takesAs(a.router, a.neighbour, localAsOf(b.router, b.neighbour));
    const theirs = takesAs(b.router, b.neighbour, localAsOf(a.router, a.neighbour));
    if (mine === false) return down('as-mismatch', theirs === false ? 'both' : 'self');
    if (theirs === false) return down('as-mismatch', 'peer');
    return mine === undefined || theirs === undefined ? unknown('not-readable') : undefined;
  }

  #routerIds(a: End, b: End): Outcome | undefined {
    // Only iBGP refuses an equal identifier; eBGP works (lab D4).
    if (isInternal(a.router, a.neighbour) !== true) return undefined;
    const mine = routerIdOf(a.router);
    return mine !== undefined && mine === routerIdOf(b.router) ? down('duplicate-router-id', 'both') : undefined;
  }

  /**
   * Two daemons that announce what families they speak and have none in common refuse each other. BIRD 1.6 announces
   * nothing on an IPv4 session: that one comes up and moves no route (lab B11b).
   */
  #families(a: End, b: End): Outcome | undefined {
    if (shared(a.neighbour, b.neighbour).length > 0) return undefined;
    // BIRD 2 was not seen with another family than its peer's.
    if (a.router.kind === 'bird' || b.router.kind === 'bird') return unknown('not-readable');
    const silent = (end: End) => !isFrr(end.router) && familyOf(end.towards) === 'ipv4';
    if (silent(a) || silent(b)) return undefined;
    return down('family-not-active', !isFrr(a.router) ? 'peer' : !isFrr(b.router) ? 'self' : 'both');
  }

  /** What FRR and BIRD demand before they start: a connected peer for single-hop eBGP, a resolvable one otherwise. */
  #nearEnough(a: End, b: End): Outcome | undefined {
    const mine = this.#startsTowards(a);
    const theirs = b.neighbour.range === undefined ? this.#startsTowards(b) : true;
    if (mine === false || theirs === false)
      return down('not-connected', mine !== false ? 'peer' : theirs !== false ? 'self' : 'both');
    const secured = [
      [a, b, 'peer'],
      [b, a, 'self'],
    ] as const;
    for (const [strict, sender, blame] of secured) {
      const { ttlSecurity } = strict.neighbour;
      if (ttlSecurity !== undefined && sentTtl(sender) - this.#hops(sender) < 256 - ttlSecurity)
        return down('ttl-mismatch', blame);
    }
    return undefined;
  }

  #startsTowards({ router, neighbour, towards }: End): boolean {
    // Calico's sessions are all multihop.
    if (router.kind === 'calico') return true;
    const address = parseAddress(towards)!;
    const connected = this.#topology.connected(router, address) !== undefined;
    if (connected || !router.interfacesComplete) return true;
    const singleHop =
      isInternal(router, neighbour) === false &&
      // BIRD's `multihop 1` asks for no connected subnet either.
      (isFrr(router) ? (neighbour.multihop ?? 1) <= 1 : neighbour.multihop === undefined) &&
      (neighbour.ttlSecurity ?? 1) <= 1 &&
      !neighbour.noConnectedCheck;
    // To zebra the peer is connected where a static route of its own leads to it (zebra_rnh.c, rnh_check_re_nexthops).
    if (singleHop) return isFrr(router) && this.#topology.hasStatic(router, address);
    // BIRD connects wherever the kernel finds a way.
    if (!isFrr(router)) return true;
    const hop = this.#topology.lookup(router, address, this.#learned);
    // A default route will do for the session itself, also where it does not resolve the next hop of a route.
    return hop.kind !== 'none' && hop.kind !== 'blackhole';
  }

  /** Whether one of the two can open the connection and the other accepts it. */
  #connection(a: End, b: End): Outcome | undefined {
    const ways = [this.#opens(a, b), this.#opens(b, a)];
    if (ways.includes('yes')) return undefined;
    if (ways[0] === 'passive' && ways[1] === 'passive') return down('passive-both', 'both');
    if (ways.includes('unreachable')) return down('not-connected', ways[0] === 'unreachable' ? 'self' : 'peer');
    return down('wrong-source', ways[0] === 'source' ? 'self' : 'peer');
  }

  /** Where the topology does not say enough, packets are taken to arrive: what is unknown is not wrong. */
  #opens(from: End, to: End): 'yes' | 'passive' | 'source' | 'unreachable' {
    if (from.neighbour.range !== undefined || this.#isPassive(from, to)) return 'passive';
    const forth = this.#reaches(from.router, from.towards);
    const source = this.#source(from);
    if (source !== undefined && !this.#topology.owns(from.router, source)) return 'source';
    if (forth.verdict === false) return 'unreachable';
    if (source === undefined) return 'yes';
    const back = this.#reaches(to.router, source);
    if (back.verdict === false) return 'unreachable';
    const hops = Math.max(forth.hops, 1);
    const crosses = (end: End) => sentTtl(end) < hops;
    if (forth.verdict === true && (crosses(from) || crosses(to))) return 'unreachable';
    if (!accepts(to, source)) return 'source';
    return 'yes';
  }

  #flood(a: End, b: End): Outcome | undefined {
    if (this.#flooded.has(a.neighbour)) return down('too-many-prefixes', 'self');
    return this.#flooded.has(b.neighbour) ? down('too-many-prefixes', 'peer') : undefined;
  }

  #isPassive(end: End, other: End): boolean {
    if (end.neighbour.passive !== 'by-address') return end.neighbour.passive === true;
    // confd compares the two addresses as text: the end with the smaller one waits.
    return end.towards > other.towards;
  }

  /** The address this end's packets carry; undefined when it cannot be known. */
  #source({ router, neighbour, towards }: End): string | undefined {
    const family = familyOf(towards);
    if (neighbour.sourceIsNode) return router.nodeAddress?.[family];
    if (neighbour.source !== undefined) {
      if (parseAddress(neighbour.source) !== undefined) return canonicalAddress(neighbour.source);
      return this.#topology
        .attachments(router)
        .find((entry) => entry.interface.name === neighbour.source && familyOf(entry.address) === family)?.address;
    }
    const address = parseAddress(towards)!;
    return this.#topology.connected(router, address)?.address ?? this.#reaches(router, towards).source;
  }

  #hops(end: End): number {
    return Math.max(0, this.#reaches(end.router, end.towards).hops - 1);
  }

  #reaches(router: Router, address: string) {
    let known = this.#reach.get(router);
    if (known === undefined) {
      known = new Map();
      this.#reach.set(router, known);
    }
    let result = known.get(address);
    if (result === undefined) {
      result = this.#topology.reaches(router, address, this.#learned);
      known.set(address, result);
    }
    for (const address of result.asked) this.#asked.add(address);
    return result;
  }

  /** `neighbor eth1 interface`: the peer is whoever says the same on the other end of the link. */
  #unnumbered(router: Router, neighbour: Neighbour): Session {
    const end: End = { router, neighbour, towards: neighbour.interface ?? '' };
    if (neighbour.shutdown) return this.#answer(end, down('shutdown', 'self'), undefined, undefined);
    if (Object.keys(neighbour.families).length === 0)
      return this.#answer(end, down('family-not-active', 'self'), undefined, undefined);
    if (neighbour.remoteAs === undefined)
      return this.#answer(end, down('remote-as-missing', 'self'), undefined, undefined);
    const own = router.interfaces.find((entry) => entry.name === neighbour.interface);
    const segment = own?.segment;
    if (segment === undefined) return this.#answer(end, unknown('unknown-peer'), undefined, undefined);
    const others =
      segment === null
        ? []
        : this.#topology.fabric.routers.flatMap((other) =>
            other === router
              ? []
              : other.interfaces.filter((entry) => entry.segment === segment).map((entry) => ({ other, entry })),
          );
    const [first] = others;
    if (first === undefined)
      return this.#answer(
        end,
        this.#topology.fabric.complete ? down('not-connected', 'self') : unknown('unknown-peer'),
        undefined,
        undefined,
      );
    const back = first.other.neighbours.find((entry) => entry.interface === first.entry.name);
    if (back === undefined) {
      const mayAnswer = others.some(({ other }) => other.asn === 'unknown' || other.hasVrfs === true);
      return this.#answer(end, mayAnswer ? unknown('not-readable') : down('half-open', 'self'), first.other, undefined);
    }
    const peerEnd: End = { router: first.other, neighbour: back, towards: back.interface! };
    const outcome =
      this.#asNumbers(end, peerEnd) ??
      this.#routerIds(end, peerEnd) ??
      passwords(neighbour, back) ??
      (neighbour.passive === true && back.passive === true ? down('passive-both', 'both') : UP);
    return this.#answer(end, outcome, first.other, back);
  }

  #answer(end: End, outcome: Outcome, peer: Router | undefined, statement: Neighbour | undefined): Session {
    const { router, neighbour, towards } = end;
    const localAs = localAsOf(router, neighbour);
    const peerAs = peer === undefined || statement === undefined ? neighbour.remoteAs : localAsOf(peer, statement);
    const localAddress = parseAddress(towards) === undefined ? undefined : this.#source(end);
    return {
      router,
      neighbour,
      ...(peer === undefined ? {} : { peer }),
      ...(statement === undefined ? {} : { peerNeighbour: statement }),
      ...(localAddress === undefined ? {} : { localAddress }),
      peerAddress: towards,
      ...(typeof localAs === 'number' ? { localAs } : {}),
      ...(typeof peerAs === 'number' ? { peerAs } : {}),
      state: outcome.state,
      reason: outcome.reason,
      blamed: outcome.state !== 'established' && outcome.blame !== 'peer',
      families: outcome.state === 'established' && statement !== undefined ? shared(neighbour, statement) : [],
    };
  }
}

/** Families that both ends activated; a session without one is up and moves nothing (lab B11b). */
function shared(a: Neighbour, b: Neighbour): AddressFamily[] {
  return (['ipv4', 'ipv6'] as const).filter((family) => a.families[family] && b.families[family]);
}

function accepts({ neighbour, towards }: End, source: string): boolean {
  if (neighbour.range === undefined) return towards === source;
  const prefix = parsePrefix(neighbour.range);
  const address = parseAddress(source);
  return prefix !== undefined && address !== undefined && containsAddress(prefix, address);
}

/** The TTL of the packets this end sends. BIRD's plain `multihop` is 64; FRR's iBGP is 255 and single-hop eBGP 1. */
function sentTtl({ router, neighbour }: End): number {
  if (neighbour.ttlSecurity !== undefined) return 255;
  if (router.kind === 'calico') return 64;
  if (router.kind === 'bird') return neighbour.multihop ?? (isInternal(router, neighbour) === false ? 1 : 64);
  return isInternal(router, neighbour) === true ? 255 : (neighbour.multihop ?? 1);
}

function passwords(a: Neighbour, b: Neighbour): Outcome | undefined {
  if ((a.password === undefined) !== (b.password === undefined))
    return down('password-mismatch', a.password === undefined ? 'self' : 'peer');
  if (a.password === b.password || a.password === 'unknown' || b.password === 'unknown') return undefined;
  return down('password-mismatch', 'both');
}

function down(reason: Reason, blame: Outcome['blame']): Outcome {
  return { state: 'down', reason, blame };
}

function unknown(reason: Reason): Outcome {
  return { state: 'unknown', reason, blame: 'both' };
}
