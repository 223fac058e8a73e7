import { keepPlaces } from './steady.ts';
import { layTiers } from './tiers.ts';
import { layTree } from './tree.ts';
import type { LayoutInput, Positions } from './types.ts';

export type { Box, Frame, LayoutInput, Point, Positions, Wire } from './types.ts';

export interface LayoutOptions {
  /** `tiers`: rows from the top; `tree`: from left to right. */
  readonly shape: 'tiers' | 'tree';
  /** Where things were in the picture before: what stays keeps its place. */
  readonly before?: Positions;
  /** Where a person put things. */
  readonly pinned?: Positions;
}

/** Centres of all boxes. Deterministic; never refuses: wires to nowhere and frames in a circle are left out of account. */
export function layOut(input: LayoutInput, { shape, before, pinned }: LayoutOptions): Positions {
  if (input.boxes.length === 0) return new Map();
  const fresh = shape === 'tree' ? layTree(input) : layTiers(input);
  return before === undefined && pinned === undefined ? fresh : keepPlaces(input, fresh, before ?? new Map(), pinned);
}
