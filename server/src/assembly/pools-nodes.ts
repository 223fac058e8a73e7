import type { Family } from '../network/address.ts';
import { type Labels, matches, type SelectorNode } from '../network/selector.ts';
import { commandsOf } from '../syntax/shell.ts';
import { defineDerivation } from '../workspace/site.ts';
import { isImplicitLabel, type KnownNode, NODE_LABELS } from './node-labels.ts';
import { POOLS, type Pool } from './pools.ts';
import { selectorOf } from './selectors.ts';

/** Which of the enabled pools of one family serve a node. */
export interface NodeService {
  readonly node: KnownNode;
  /** How many surely do. */
  readonly pools: number;
  /** One of them. */
  readonly pool?: Pool;
  /** Whether others may. */
  readonly undecided: boolean;
}

/** Every known node with the pools that serve it, by family; a family without pools has no entry. */
export const NODE_SERVICE = defineDerivation('pools of nodes', (site): ReadonlyMap<Family, readonly NodeService[]> => {
  const nodes = [...site.derive(NODE_LABELS).values()];
  const { enabled } = site.derive(POOLS);
  const services = new Map<Family, readonly NodeService[]>();
  for (const family of [4, 6] as const) {
    const pools = enabled.filter(({ network }) => network.family === family);
    if (pools.length === 0) continue;
    const find = finderOf(pools);
    services.set(
      family,
      nodes.map((node) => ({ node, ...find(node.labels) })),
    );
  }
  return services;
});

type Service = Omit<NodeService, 'node'>;

/** Hundreds of pools mostly ask for one value of one label: these are looked up, the others are tried one by one. */
function finderOf(pools: readonly Pool[]): (labels: Labels) => Service {
  const byValue = new Map<string, Map<string, Pool[]>>();
  const others: { readonly pool: Pool; readonly tree: SelectorNode | undefined }[] = [];
  for (const pool of pools) {
    const tree = treeOf(pool);
    if (tree?.op !== 'equals') {
      others.push({ pool, tree });
      continue;
    }
    const values = byValue.get(tree.label) ?? new Map<string, Pool[]>();
    byValue.set(tree.label, values);
    const same = values.get(tree.value);
    if (same === undefined) values.set(tree.value, [pool]);
    else same.push(pool);
  }
  return (labels) => {
    let found = 0;
    let pool: Pool | undefined;
    let undecided = false;
    for (const [label, values] of byValue) {
      if (!labels.has(label)) continue;
      const value = labels.get(label);
      const serving = value === undefined ? undefined : values.get(value);
      if (value === undefined) undecided = true;
      if (serving === undefined) continue;
      found += serving.length;
      pool ??= serving[0];
    }
    for (const { pool: other, tree } of others) {
      const verdict = tree === undefined ? 'unknown' : matches(tree, labels);
      if (verdict === 'unknown') undecided = true;
      if (verdict !== true) continue;
      found += 1;
      pool ??= other;
    }
    return { pools: found, ...(pool && { pool }), undecided };
  };
}

const EVERY_NODE: SelectorNode = { op: 'all' };

function treeOf({ nodeSelector }: Pool): SelectorNode | undefined {
  if (nodeSelector === undefined) return EVERY_NODE;
  return nodeSelector.value === undefined ? undefined : selectorOf(nodeSelector.value).tree;
}

/**
 * Whether the files tell what the pools' selectors ask for: each label stands on some known node, none is of those that
 * Kubernetes sets by itself, and no script of the site labels nodes.
 */
export const POOL_LABELS_ARE_WRITTEN = defineDerivation('pool labels are written', (site): boolean => {
  const keys = new Set<string>();
  for (const text of new Set(site.derive(POOLS).enabled.map(({ nodeSelector }) => nodeSelector?.value))) {
    const tree = text === undefined ? undefined : selectorOf(text).tree;
    if (tree !== undefined) for (const key of labelsIn(tree)) keys.add(key);
  }
  const nodes = [...site.derive(NODE_LABELS).values()];
  for (const key of keys) if (isImplicitLabel(key) || !nodes.some(({ labels }) => labels.has(key))) return false;
  return !site
    .documents('shell')
    .some(({ tree }) => tree.format === 'shell' && commandsOf(tree.shell).some(({ words }) => labelsNodes(words)));
});

function* labelsIn(node: SelectorNode): Generator<string> {
  if (node.op === 'not') yield* labelsIn(node.operand);
  else if (node.op === 'and' || node.op === 'or') for (const operand of node.operands) yield* labelsIn(operand);
  else if ('label' in node) yield node.label;
}

function labelsNodes(words: readonly { readonly text: string }[]): boolean {
  return words.some(({ text }) => text === 'label') && words.some(({ text }) => /^(no|nodes?)(\/|$)/.test(text));
}
