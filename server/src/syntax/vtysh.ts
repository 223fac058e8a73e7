import { type FrrTree, parseFrr } from './frr.ts';

export function looksLikeVtysh(_text: string): boolean {
  return false;
}

export function parseVtysh(text: string): FrrTree {
  return parseFrr(text);
}
