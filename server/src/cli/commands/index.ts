import type { Register } from '../command.ts';
import { bgp } from './bgp.ts';
import { check } from './check.ts';
import { explain } from './explain.ts';
import { graph } from './graph.ts';
import { lsp } from './lsp.ts';
import { rules } from './rules.ts';

/** Every command, in the order of `selvage --help`. */
export const COMMANDS: readonly Register[] = [
  check, //
  bgp,
  graph,
  explain,
  rules,
  lsp,
];
