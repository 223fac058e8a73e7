import type { PlainMapping } from '../../syntax/plain.ts';
import type { Node } from '../../syntax/tree.ts';
import type { Report } from '../problem.ts';

export interface ConstraintContext {
  /** The object's own mapping, for what plain values do not tell. */
  readonly root: Node;
}

/** A rule over one object that JSON Schema cannot say. It is silent wherever a value that it needs is not known. */
export interface Constraint {
  /** Kinds of the family that it applies to; absent: all of them. */
  readonly kinds?: readonly string[];
  /** Fingerprints of the CEL rules of upstream's CRDs that it answers (see scripts/schemas/digest.ts). */
  readonly answers?: readonly string[];
  check(object: PlainMapping, report: Report, context: ConstraintContext): void;
}
