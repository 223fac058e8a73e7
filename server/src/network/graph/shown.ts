import type { EdgeRole, EdgeState, GraphView, GroupRole, NodeRole } from './types.ts';

export type ShownSeverity = 'error' | 'warning' | 'information' | 'hint';

/** Where an element is written. Zero-based lines and UTF-16 columns, as in LSP. */
export interface ShownSource {
  /** URI. */
  readonly file: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface ShownFinding {
  readonly code: string;
  readonly severity: ShownSeverity;
  readonly message: string;
}

interface ShownElement {
  readonly id: string;
  readonly label: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly findings: readonly ShownFinding[];
  readonly source?: ShownSource;
}

/** A node with its place: the centre of its box. */
export interface ShownNode extends ShownElement {
  readonly role: NodeRole;
  readonly note?: string;
  readonly group?: string;
  readonly tier?: number;
  readonly used?: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ShownEdge extends ShownElement {
  readonly from: string;
  readonly to: string;
  readonly role: EdgeRole;
  readonly state: EdgeState;
  readonly fromLabel?: string;
  readonly toLabel?: string;
  readonly reflects?: true;
}

export interface ShownGroup extends ShownElement {
  readonly role: GroupRole;
  readonly parent?: string;
}

/** A graph as it goes over a wire or into a file: in one language, with places in files and on the picture. */
export interface ShownGraph {
  readonly site: string;
  readonly view: GraphView;
  readonly nodes: readonly ShownNode[];
  readonly edges: readonly ShownEdge[];
  readonly groups: readonly ShownGroup[];
  /** What could not be drawn, and why. */
  readonly unknown: readonly string[];
  /** Findings of the network that are about nothing on this picture. */
  readonly elsewhere: number;
  /** What a path can be asked for. */
  readonly prefixes: readonly string[];
}

/** The box that a label fits into, in units of the picture; Chinese characters are twice as wide. */
export function sizeFor(role: NodeRole, label: string, note: string | undefined): { width: number; height: number } {
  const text = Math.max(wide(label) * 7.3, wide(note ?? '') * 6.2);
  const width = Math.round(Math.min(340, Math.max(role === 'bridge' ? 70 : 92, text + 30)));
  return { width, height: note === undefined ? (role === 'bridge' || role === 'network' ? 28 : 36) : 46 };
}

function wide(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! > 0x2e80 ? 2 : 1;
  return width;
}

const RANK: Readonly<Record<ShownSeverity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

/** The worst of some findings. */
export function severityOf(findings: readonly ShownFinding[]): ShownSeverity | undefined {
  return findings.reduce<ShownSeverity | undefined>(
    (worst, { severity }) => (worst === undefined || RANK[severity] > RANK[worst] ? severity : worst),
    undefined,
  );
}
