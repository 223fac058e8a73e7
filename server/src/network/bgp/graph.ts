import { parseAddress } from '../address.ts';
import { type Prefix, parsePrefix } from '../prefix.ts';
import type { Attachment, Topology } from './fabric.ts';
import { familyOf, isFrr, isInternal, routerIdOf } from './identity.ts';
import type { Attributes, Rejection } from './path.ts';
import type { AddressFamily, Neighbour, NeighbourFamily, Router, Session } from './types.ts';

/** A router as a speaker of one address family, with its established sessions. */
export interface Speaker {
  readonly index: number;
  readonly router: Router;
  readonly frr: boolean;
  readonly asn: number;
  readonly routerId: string;
  /** The id that FRR puts into and looks for in cluster lists. */
  readonly clusterId: string;
  /** Its addresses, canonical. */
  readonly own: ReadonlySet<string>;
  /** Calico: the blocks it announces, where they are known. */
  readonly blocks: readonly Prefix[];
  /** FRR: what its aggregates keep back. */
  readonly summaries: readonly Prefix[];
  readonly ends: End[];
  readonly classes: ExportClass[];
  /** Nothing it learns can go any further, so it is looked at only when somebody asks. */
  stub: boolean;
}

/** This router's side of an established session in which the family is active. */
export interface End {
  readonly speaker: Speaker;
  readonly peer: Speaker;
  readonly session: Session;
  readonly neighbour: Neighbour;
  readonly family: NeighbourFamily;
  readonly internal: boolean;
  readonly asn: number;
  readonly peerAs: number;
  /** The next hop that "self" means here. */
  readonly self: string;
  readonly link: Attachment | undefined;
  readonly peerAddress: string;
  /** Results of import where they are not the received attributes themselves. */
  readonly taken: Map<Attributes, Attributes | Rejection> | undefined;
  reverse: End;
  exportClass: ExportClass;
  /** Among the ends of its speaker. */
  place: number;
}

/** Ends that are sent the same, attribute for attribute. */
export interface ExportClass {
  readonly end: End;
  readonly members: End[];
  /** Those whose peer may pass on what it is sent. */
  readonly onward: End[];
  /** FRR: the number of peers in the update group. A lone peer is not sent its own routes back, others are. */
  readonly group: UpdateGroup;
  /** What was last sent, by destination. */
  readonly sent: (readonly Sent[] | undefined)[];
  /** What became of each path that was to be sent, as long as its destination is under way. */
  readonly made: Map<Attributes, { readonly from: End | undefined; readonly result: Attributes | Rejection }>;
}

/** FRR's unit of sending: what goes to one of its peers goes to all, also back to where it came from. */
export interface UpdateGroup {
  size: number;
  /** The links to its peers, and how many peers are on each. */
  readonly links: Map<Attachment, number>;
}

/** An update as it left, and the end by which the sender itself had learned the route. */
export interface Sent {
  readonly attributes: Attributes;
  readonly from: End | undefined;
}

/** The speakers of one family and how they hang together. */
export function graphOf(topology: Topology, sessions: readonly Session[], af: AddressFamily): Speaker[] {
  const speakers = new Map<Router, Speaker>();
  for (const router of topology.fabric.routers) {
    if (typeof router.asn !== 'number') continue;
    const routerId = routerIdOf(router) ?? `?${speakers.size}`;
    speakers.set(router, {
      index: speakers.size,
      router,
      frr: isFrr(router),
      asn: router.asn,
      routerId,
      clusterId: router.clusterId ?? routerId,
      own: new Set(topology.attachments(router).map((entry) => entry.address)),
      blocks: router.announcements.flatMap((entry) => parsePrefix(entry.prefix) ?? []),
      summaries: router.announcements.flatMap(({ summaryOnly, prefix }) =>
        summaryOnly ? (parsePrefix(prefix) ?? []) : [],
      ),
      ends: [],
      classes: [],
      stub: false,
    });
  }
  connect(topology, sessions, af, speakers);
  for (const speaker of speakers.values()) {
    classify(speaker);
    const reflects = speaker.ends.some((end) => end.family.reflectorClient);
    speaker.stub = speaker.ends.length <= 1 || (!reflects && speaker.ends.every((end) => end.internal));
  }
  for (const { classes } of speakers.values())
    for (const { members, onward } of classes) onward.push(...members.filter(({ peer }) => !peer.stub));
  return [...speakers.values()];
}

function connect(
  topology: Topology,
  sessions: readonly Session[],
  af: AddressFamily,
  speakers: ReadonlyMap<Router, Speaker>,
): void {
  const waiting = new Map<Router, Map<Router, End[]>>();
  for (const session of sessions) {
    if (session.state !== 'established' || !session.families.includes(af) || session.peer === undefined) continue;
    const speaker = speakers.get(session.router);
    const peer = speakers.get(session.peer);
    const family = session.neighbour.families[af];
    if (speaker === undefined || peer === undefined || family === undefined) continue;
    const end = {
      speaker,
      peer,
      session,
      neighbour: session.neighbour,
      family,
      internal: isInternal(session.router, session.neighbour) ?? session.localAs === session.peerAs,
      asn: session.localAs ?? speaker.asn,
      peerAs: session.peerAs ?? peer.asn,
      ...selfOf(topology, session, af),
      peerAddress: session.peerAddress,
      taken: family.import === undefined && session.neighbour.localAs === undefined ? undefined : new Map(),
    } as End;
    // The two ends of a session find each other by their statements.
    const others = waiting.get(session.peer)?.get(session.router) ?? [];
    const at = others.findIndex(
      (other) => other.session.peerNeighbour === session.neighbour && session.peerNeighbour === other.neighbour,
    );
    if (at < 0) {
      const mine = waiting.get(session.router) ?? new Map<Router, End[]>();
      waiting.set(session.router, mine);
      mine.set(session.peer, [...(mine.get(session.peer) ?? []), end]);
      continue;
    }
    const [other] = others.splice(at, 1);
    end.reverse = other!;
    other!.reverse = end;
    speaker.ends.push(end);
    peer.ends.push(other!);
  }
  for (const speaker of speakers.values()) {
    const statements = [...topology.meshOf(speaker.router), ...speaker.router.neighbours];
    const order = new Map(statements.map((neighbour, index) => [neighbour, index]));
    speaker.ends.sort((a, b) => order.get(a.neighbour)! - order.get(b.neighbour)!);
    for (const [place, end] of speaker.ends.entries()) end.place = place;
  }
}

function selfOf(topology: Topology, session: Session, af: AddressFamily): Pick<End, 'self' | 'link'> {
  const { router, localAddress } = session;
  if (localAddress === undefined)
    return { self: session.neighbour.interface === undefined ? '' : `%${router.name}`, link: undefined };
  const own = topology.attachments(router).find((entry) => entry.address === localAddress);
  const peer = parseAddress(session.peerAddress);
  const link = peer === undefined ? own : (topology.connected(router, peer) ?? own);
  if (familyOf(localAddress) === af) return { self: localAddress, link };
  // A session of the other family: the next hop is the interface's address in this one (lab D3c).
  const other = topology
    .attachments(router)
    .find((entry) => entry.interface === own?.interface && familyOf(entry.address) === af);
  return { self: other?.address ?? '', link: other };
}

function classify(speaker: Speaker): void {
  const groups = new Map<string, UpdateGroup>();
  const classes = new Map<string, ExportClass>();
  const numbers = new Map<object, number>();
  const number = (thing: object) => {
    if (!numbers.has(thing)) numbers.set(thing, numbers.size);
    return numbers.get(thing)!;
  };
  for (const end of speaker.ends) {
    const { family, neighbour } = end;
    const outgoing = (family.export ?? []).map((policy) => policy.name).join();
    // What FRR's update groups are told apart by (bgpd/bgp_updgrp.c): peers of any AS may share one.
    const groupKey = [
      end.internal,
      neighbour.localAs,
      neighbour.group,
      family.reflectorClient,
      family.nextHop,
      family.asOverride,
      family.removePrivateAs,
      family.defaultOriginate,
      family.allowOwnAs !== undefined,
      outgoing,
    ].join('|');
    let group = groups.get(groupKey);
    if (group === undefined) {
      group = { size: 0, links: new Map() };
      groups.set(groupKey, group);
    }
    group.size++;
    if (end.link !== undefined) group.links.set(end.link, (group.links.get(end.link) ?? 0) + 1);
    const key = [
      groupKey,
      end.self,
      end.link === undefined ? '' : number(end.link),
      family.asOverride ? end.peerAs : '',
      neighbour.reflectorClusterId,
      neighbour.filters === undefined || neighbour.filters.length === 0 ? '' : number(neighbour.filters),
    ].join('|');
    let exportClass = classes.get(key);
    if (exportClass === undefined) {
      exportClass = { end, members: [], onward: [], group, sent: [], made: new Map() };
      classes.set(key, exportClass);
      speaker.classes.push(exportClass);
    }
    exportClass.members.push(end);
    end.exportClass = exportClass;
  }
}
