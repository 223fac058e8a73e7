import type { Register } from '../command.ts';
import { apply } from './apply.ts';
import { bgp } from './bgp.ts';
import { check } from './check.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { graph } from './graph.ts';
import { lsp } from './lsp.ts';
import { mcp } from './mcp.ts';
import { plan } from './plan.ts';
import { rollback } from './rollback.ts';
import { rules } from './rules.ts';
import { status } from './status.ts';

/** Every command, in the order of `selvage --help`. */
export const COMMANDS: readonly Register[] = [
  check, //
  bgp,
  graph,
  diff,
  plan,
  apply,
  rollback,
  status,
  explain,
  rules,
  lsp,
  mcp,
];
