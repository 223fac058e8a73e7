import { matches, type SelectorNode, type Verdict } from '../selector.ts';
import type { Identity } from './calico.ts';

/** The nodes that a selector selects, in order, and whether that could be told of every node. */
export interface Selection {
  readonly nodes: readonly Identity[];
  readonly decided: boolean;
}

interface Known extends Selection {
  readonly verdicts: readonly Verdict[];
}

/** Which nodes selectors select. A selection that is still right stays the same object. */
export class Selections {
  readonly #identities: readonly Identity[];
  readonly #known = new Map<SelectorNode, Known>();
  readonly #before: ReadonlyMap<SelectorNode, Known> | undefined;
  /** Places at which another node stands than before; the list must otherwise be the same. */
  readonly #changed: readonly number[];

  constructor(identities: readonly Identity[], before?: Selections) {
    const comparable = before !== undefined && before.#identities.length === identities.length;
    this.#identities = identities;
    this.#before = comparable ? before.#known : undefined;
    this.#changed = comparable ? identities.flatMap((one, i) => (one === before.#identities[i] ? [] : [i])) : [];
  }

  of(selector: SelectorNode): Selection {
    const known = this.#known.get(selector);
    if (known !== undefined) return known;
    const selection = this.#selection(selector);
    this.#known.set(selector, selection);
    return selection;
  }

  #selection(selector: SelectorNode): Known {
    const verdictOf = (index: number): Verdict => matches(selector, this.#identities[index]!.node.labels);
    const before = this.#before?.get(selector);
    if (before !== undefined && this.#changed.every((at) => before.verdicts[at] === false && verdictOf(at) === false))
      return before;
    const verdicts = before === undefined ? this.#identities.map((_, index) => verdictOf(index)) : [...before.verdicts];
    if (before !== undefined) for (const index of this.#changed) verdicts[index] = verdictOf(index);
    return {
      nodes: this.#identities.filter((_, index) => verdicts[index] === true),
      decided: !verdicts.includes('unknown'),
      verdicts,
    };
  }
}
