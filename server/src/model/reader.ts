import type { Doc, Field, Place } from '../syntax/document.ts';
import { type Node, nodeAt, type Path, resolved, type Scalar, type Step } from '../syntax/tree.ts';

/**
 * Reads typed fields out of a YAML node without ever failing: what is absent is `undefined`, what is there but templated
 * or of another type is a field without a value.
 */
export class Reader {
  readonly doc: Doc;
  readonly path: Path;
  readonly node: Exclude<Node, { kind: 'alias' }> | undefined;

  constructor(doc: Doc, path: Path, node: Node | undefined) {
    this.doc = doc;
    this.path = path;
    this.node = resolved(node);
  }

  get exists(): boolean {
    return this.node !== undefined;
  }

  /** Where the value stands; for an absent one, where its nearest ancestor does. */
  get place(): Place {
    return { doc: this.doc, path: this.path };
  }

  get keyPlace(): Place {
    return { doc: this.doc, path: this.path, part: 'key' };
  }

  at(...steps: readonly Step[]): Reader {
    return new Reader(this.doc, [...this.path, ...steps], nodeAt(this.node, steps));
  }

  /** A scalar's text, whatever its type: Kubernetes' own type errors are the schema's to report. */
  string(...steps: readonly Step[]): Field<string> | undefined {
    return this.#scalar(steps, (scalar) => scalar.text);
  }

  /** A number, also when it is written as a string of digits. */
  number(...steps: readonly Step[]): Field<number> | undefined {
    return this.#scalar(steps, (scalar) => {
      if (typeof scalar.value === 'number') return scalar.value;
      return typeof scalar.value === 'string' && /^\d+$/.test(scalar.value) ? Number(scalar.value) : undefined;
    });
  }

  boolean(...steps: readonly Step[]): Field<boolean> | undefined {
    return this.#scalar(steps, (scalar) => (typeof scalar.value === 'boolean' ? scalar.value : undefined));
  }

  strings(...steps: readonly Step[]): readonly Field<string>[] {
    return this.items(...steps).flatMap((item) => item.string() ?? []);
  }

  items(...steps: readonly Step[]): readonly Reader[] {
    const list = resolved(nodeAt(this.node, steps));
    if (list?.kind !== 'sequence') return [];
    const path = this.#pathTo(steps);
    return list.items.map((item, index) => new Reader(this.doc, [...path, index], item));
  }

  entries(...steps: readonly Step[]): readonly Entry[] {
    const map = resolved(nodeAt(this.node, steps));
    if (map?.kind !== 'mapping') return [];
    const path = this.#pathTo(steps);
    return map.pairs.map((pair) => {
      const reader = new Reader(this.doc, [...path, pair.key.text], pair.value);
      const known = pair.key.templated ? undefined : pair.key.text;
      return { key: { value: known, place: reader.keyPlace }, value: reader };
    });
  }

  /** A mapping of texts such as labels: each with the place of its value; templated values are kept as unknown. */
  texts(...steps: readonly Step[]): ReadonlyMap<string, Field<string>> {
    const texts = new Map<string, Field<string>>();
    for (const { key, value } of this.entries(...steps)) {
      if (key.value !== undefined) texts.set(key.value, value.string() ?? { value: '', place: value.place });
    }
    return texts;
  }

  /**
   * Labels or annotations: texts, and of a boolean the text that Go makes of it. calicoctl turns `yes` into `true`
   * (sigs.k8s.io/yaml; Calico's own confd tests rely on it); through kubectl the API server refuses it.
   */
  labels(...steps: readonly Step[]): ReadonlyMap<string, Field<string>> {
    const labels = new Map<string, Field<string>>();
    for (const { key, value } of this.entries(...steps)) {
      if (key.value === undefined) continue;
      const { place } = value;
      const switched = value.boolean()?.value;
      const text = value.string() ?? { value: '', place };
      labels.set(key.value, switched === undefined ? text : { value: String(switched), place });
    }
    return labels;
  }

  #scalar<T>(steps: readonly Step[], read: (scalar: Scalar) => T | undefined): Field<T> | undefined {
    const node = resolved(nodeAt(this.node, steps));
    // Most fields that are asked for are absent: nothing is made for those.
    if (node === undefined) return undefined;
    if (node.kind === 'scalar' && node.value === null && node.style === 'plain') return undefined;
    const value = node.kind !== 'scalar' || node.templated ? undefined : read(node);
    return { value, place: { doc: this.doc, path: this.#pathTo(steps) } };
  }

  #pathTo(steps: readonly Step[]): Path {
    return steps.length === 0 ? this.path : [...this.path, ...steps];
  }
}

export interface Entry {
  readonly key: Field<string>;
  readonly value: Reader;
}

/** Applies `read` to each value and keeps the keys, e.g. for containerlab's `nodes:`. */
export function mapEntries<T>(entries: readonly Entry[], read: (value: Reader, key: Field<string>) => T): readonly T[] {
  return entries.map(({ key, value }) => read(value, key));
}
