import type { Plain } from '../syntax/plain.ts';
import { validators as calico } from './generated/calico.js';
import { validators as containerlab } from './generated/containerlab.js';
import { validators as kind } from './generated/kind.js';
import { validators as multus } from './generated/multus.js';
import { validators as selvage } from './generated/selvage.js';
import { validators as spiderpool } from './generated/spiderpool.js';
import type { Family } from './keys.ts';
import type { Violation } from './violation.ts';

/** A generated validator: false when the value breaks its schema, with what it breaks left in `errors`. */
export interface GeneratedValidator {
  (value: Plain): boolean;
  errors: Violation[] | null;
}

const FAMILIES: Readonly<Record<Family, Readonly<Record<string, GeneratedValidator>>>> = {
  calico,
  containerlab,
  kind,
  multus,
  selvage,
  spiderpool,
};

/** The validators of a family, by kind: each gives the violations that it finds in a plain value. */
export function validatorsOf(family: Family): Readonly<Record<string, (value: Plain) => readonly Violation[]>> {
  let ready = wrapped.get(family);
  if (ready === undefined) {
    ready = Object.fromEntries(
      Object.entries(FAMILIES[family]).map(([name, check]) => [
        name,
        (value: Plain) => (check(value) ? [] : (check.errors ?? [])),
      ]),
    );
    wrapped.set(family, ready);
  }
  return ready;
}

const wrapped = new Map<Family, Readonly<Record<string, (value: Plain) => readonly Violation[]>>>();
