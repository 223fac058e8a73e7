import type { Topology } from './topology.ts';

/**
 * The name of a node's container: `<prefix>-<lab>-<node>` with `clab` as default prefix, or less where the prefix says so.
 * Undefined when the lab's name or prefix is unknown. Kinds `ext-container`, `bridge` and the like use the bare node name.
 */
export function containerName(topology: Topology, node: string): string | undefined {
  const prefix = topology.prefix === undefined ? 'clab' : topology.prefix.value;
  if (prefix === undefined) return undefined;
  if (prefix === '') return node;
  const lab = topology.name?.value;
  // `__gitBranch__` and `__gitHash__` are filled in at run time.
  if (lab === undefined || /__git(Branch|Hash)__/.test(lab)) return undefined;
  return prefix === '__lab-name' ? `${lab}-${node}` : `${prefix}-${lab}-${node}`;
}
