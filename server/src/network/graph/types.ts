import type { Text } from '../../text.ts';

/** What of a network a picture shows: cables, BGP sessions, or the address plan. */
export type GraphView = 'physical' | 'bgp' | 'addresses';

export const GRAPH_VIEWS: readonly GraphView[] = ['physical', 'bgp', 'addresses'];

export type NodeRole =
  /** Machines: what forwards, a Kubernetes node, any other. */
  | 'router'
  | 'reflector'
  | 'node'
  | 'machine'
  | 'bridge'
  /** A subnet that machines share without a cable that is written anywhere. */
  | 'network'
  /** An end outside of the lab: the host, the management network, a tunnel's far end. */
  | 'outside'
  /** Named by a link or a neighbour statement, and nowhere defined. */
  | 'missing'
  /** Stands for a full mesh of sessions that would hide everything else. */
  | 'mesh'
  /** Ranges of addresses by what they are for. */
  | 'pool'
  | 'block'
  | 'services'
  | 'subnet'
  | 'management'
  | 'docker'
  | 'named';

export type EdgeRole = 'link' | 'attachment' | 'ebgp' | 'ibgp' | 'mesh' | 'holds' | 'overlap';
export type EdgeState = 'up' | 'down' | 'unknown';
export type GroupRole = 'lab' | 'as' | 'rack' | 'family';

/** One line of what there is to know about an element. */
export interface Fact {
  readonly name: Text;
  readonly value: Text;
}

interface Element<O> {
  /** The same for the same thing while its file is edited; unique in a graph. */
  readonly id: string;
  readonly label: string;
  readonly facts: readonly Fact[];
  /** Where it is written; the first is where a click leads. Opaque here. */
  readonly origins: readonly O[];
}

export interface GraphNode<O> extends Element<O> {
  readonly role: NodeRole;
  /** A second, smaller line. */
  readonly note?: string | Text;
  readonly group?: string;
  /** Row from the top, 0 first; absent where nothing tells. */
  readonly tier?: number;
  /** How much of a range is given to something, 0 to 1. */
  readonly used?: number;
}

export interface GraphEdge<O> extends Element<O> {
  readonly from: string;
  readonly to: string;
  readonly role: EdgeRole;
  readonly state: EdgeState;
  /** What stands at each end: an interface and its addresses. */
  readonly fromLabel?: string;
  readonly toLabel?: string;
  /** A route reflector's session with its client: from the reflector to the client. */
  readonly reflects?: true;
}

export interface GraphGroup<O> extends Element<O> {
  readonly role: GroupRole;
  readonly parent?: string;
}

/** A picture of one network. `O` says where things are written. */
export interface Graph<O> {
  readonly view: GraphView;
  readonly nodes: readonly GraphNode<O>[];
  readonly edges: readonly GraphEdge<O>[];
  readonly groups: readonly GraphGroup<O>[];
  /** What could not be drawn, and why. */
  readonly unknown: readonly Text[];
}
