import type { Problem, Span } from './span.ts';

export interface Cell {
  readonly text: string;
  readonly span: Span;
}

/** A row of the table that `calicoctl node status` prints. */
export interface StatusRow {
  readonly peer: Cell;
  /** `node-to-node mesh`, `node specific` or `global`. */
  readonly type: Cell;
  /** `up`, `start`, `down`. */
  readonly state: Cell;
  /** `Established`, or what BIRD says instead. */
  readonly info: Cell;
}

/** The tables of one run of the command on one node, IPv4 and IPv6 together. */
export interface NodeStatus {
  readonly heading: Span;
  readonly rows: readonly StatusRow[];
}

export interface NodeStatusTree {
  readonly text: string;
  /** Always empty: it is output, not input. */
  readonly problems: readonly Problem[];
  readonly runs: readonly NodeStatus[];
}

export function looksLikeNodeStatus(text: string): boolean {
  return /^IPv[46] BGP status/m.test(text) && /^\|\s*PEER ADDRESS\s*\|/m.test(text);
}

/** Reads what `calicoctl node status` printed, one or several times over, also with other text around it. */
export function parseNodeStatus(text: string): NodeStatusTree {
  const runs: { heading: Span; rows: StatusRow[] }[] = [];
  for (const match of text.matchAll(/^[^\n]*/gm)) {
    const line = match[0];
    const start = match.index;
    const heading = /Calico process is running|^IPv[46] BGP status/.exec(line);
    if (heading !== null) {
      // The IPv6 table belongs to the same run as the IPv4 table before it.
      const continues =
        line.startsWith('IPv') && runs.length > 0 && (line.startsWith('IPv6') || runs.at(-1)!.rows.length === 0);
      const at = start + heading.index;
      if (!continues) runs.push({ heading: [at, at + heading[0].trimEnd().length], rows: [] });
      continue;
    }
    const cells = cellsOf(line, start);
    const [peer, type, state, , info] = cells;
    if (cells.length !== 5 || peer?.text === 'PEER ADDRESS') continue;
    if (peer && type && state && info) runs.at(-1)?.rows.push({ peer, type, state, info });
  }
  return { text, problems: [], runs: runs.filter(({ rows }) => rows.length > 0) };
}

function cellsOf(line: string, start: number): readonly Cell[] {
  if (!line.startsWith('|')) return [];
  return [...line.matchAll(/\|\s*([^|\r]*?)\s*(?=\|)/g)].map((match) => {
    const text = match[1]!;
    const at = start + match.index + match[0].indexOf(text, 1);
    return { text, span: [at, at + text.length] };
  });
}
