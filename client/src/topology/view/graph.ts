// What the server sends; see `selvage/graph`.

export type View = 'physical' | 'bgp' | 'addresses';
export const VIEWS: readonly View[] = ['physical', 'bgp', 'addresses'];
export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Source {
  readonly file: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

export interface Element {
  readonly id: string;
  readonly role: string;
  readonly label: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly findings: readonly Finding[];
  readonly source?: Source;
}

export interface Node extends Element {
  readonly note?: string;
  readonly group?: string;
  readonly tier?: number;
  readonly used?: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Edge extends Element {
  readonly from: string;
  readonly to: string;
  readonly state: 'up' | 'down' | 'unknown';
  readonly fromLabel?: string;
  readonly toLabel?: string;
  readonly reflects?: true;
}

export interface Group extends Element {
  readonly parent?: string;
}

export interface Graph {
  readonly site: string;
  readonly view: View;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly groups: readonly Group[];
  readonly unknown: readonly string[];
  readonly elsewhere: number;
  readonly prefixes: readonly string[];
}

export interface Changed<E> {
  readonly put: readonly E[];
  readonly gone: readonly string[];
}

export interface Changes {
  readonly nodes: Changed<Node>;
  readonly edges: Changed<Edge>;
  readonly groups: Changed<Group>;
  readonly rest?: Omit<Graph, 'nodes' | 'edges' | 'groups'>;
}

export interface Snapshot {
  readonly revision: number;
  readonly sites: readonly string[];
  readonly graph: Graph | null;
}

export interface Path {
  readonly verdict: string;
  readonly summary: string;
  readonly hops: readonly { readonly node: string; readonly edge?: string; readonly text: string }[];
  readonly stops: readonly {
    readonly from: string;
    readonly to: string;
    readonly edge?: string;
    readonly text: string;
  }[];
}

/** The graph after changes; what stays keeps its order. */
export function withChanges(before: Graph, { nodes, edges, groups, rest }: Changes): Graph {
  return {
    ...before,
    ...rest,
    nodes: applied(before.nodes, nodes),
    edges: applied(before.edges, edges),
    groups: applied(before.groups, groups),
  };
}

function applied<E extends { readonly id: string }>(before: readonly E[], { put, gone }: Changed<E>): readonly E[] {
  const byId = new Map(before.map((element) => [element.id, element]));
  for (const id of gone) byId.delete(id);
  for (const element of put) byId.set(element.id, element);
  return [...byId.values()];
}

const RANK: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

export function worst(findings: readonly Finding[]): Severity | undefined {
  return findings.reduce<Severity | undefined>(
    (so, { severity }) => (so === undefined || RANK[severity] > RANK[so] ? severity : so),
    undefined,
  );
}
