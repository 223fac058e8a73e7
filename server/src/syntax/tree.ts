import type { Problem, Span } from './span.ts';

/** A step into a tree: a mapping key or a sequence index. */
export type Step = string | number;
export type Path = readonly Step[];

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';
export type ScalarValue = string | number | boolean | null;

/** A YAML or JSON scalar. `value` is what Kubernetes' YAML 1.1 reader makes of it. */
export interface Scalar {
  readonly kind: 'scalar';
  /** The token with its quotes or block indicator, without anchor and tag. Empty where the value is absent. */
  readonly span: Span;
  readonly style: ScalarStyle;
  /** The decoded text, quotes and escapes resolved. */
  readonly text: string;
  readonly value: ScalarValue;
  /** Holds `{{ … }}`, `${…}` or `$VAR`: its real value is not known here. */
  readonly templated: boolean;
  readonly tag?: string;
}

export interface Pair {
  readonly key: Scalar;
  readonly value: Node;
  /** Came in through a merge key (`<<`): it stands elsewhere in the text. */
  readonly merged: boolean;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly span: Span;
  readonly flow: boolean;
  readonly pairs: readonly Pair[];
  readonly tag?: string;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly Node[];
  readonly tag?: string;
}

/** A node used again by `*name`. `target` is absent when the anchor is unknown or contains the alias itself. */
export interface Alias {
  readonly kind: 'alias';
  readonly span: Span;
  readonly name: string;
  readonly target?: Exclude<Node, Alias>;
}

export type Node = Scalar | Mapping | Sequence | Alias;

/** One YAML or JSON document. All spans are relative to `text`. */
export interface YamlTree {
  readonly text: string;
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** The node itself, or what an alias stands for. */
export function resolved(node: Node | undefined): Exclude<Node, Alias> | undefined {
  return node?.kind === 'alias' ? node.target : node;
}

/** The pair with this key in a mapping (through an alias); the last one when the key stands twice. */
export function pairOf(node: Node | undefined, key: string): Pair | undefined {
  const mapping = resolved(node);
  if (mapping?.kind !== 'mapping') return undefined;
  if (mapping.pairs.length > FEW) return indexOf(mapping).get(key);
  for (let i = mapping.pairs.length - 1; i >= 0; i--) {
    const pair = mapping.pairs[i]!;
    if (pair.key.text === key) return pair;
  }
  return undefined;
}

/** More pairs than this are looked up by an index: a generated file may hold thousands in one mapping. */
const FEW = 24;
const indexes = new WeakMap<Mapping, ReadonlyMap<string, Pair>>();

function indexOf(mapping: Mapping): ReadonlyMap<string, Pair> {
  const known = indexes.get(mapping);
  if (known !== undefined) return known;
  const index = new Map(mapping.pairs.map((pair) => [pair.key.text, pair]));
  indexes.set(mapping, index);
  return index;
}

/** The node at a path, or undefined when the path leaves the tree. */
export function nodeAt(root: Node | undefined, path: Path): Node | undefined {
  let node = root;
  for (const step of path) {
    if (typeof step === 'number') {
      const sequence = resolved(node);
      node = sequence?.kind === 'sequence' ? sequence.items[step] : undefined;
    } else node = pairOf(node, step)?.value;
    if (node === undefined) return undefined;
  }
  return node;
}
