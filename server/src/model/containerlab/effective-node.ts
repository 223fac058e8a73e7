import type { Field } from '../../syntax/document.ts';
import { present } from '../resource.ts';
import type { Bind } from './bind.ts';
import { type NetworkMode, networkModeOf } from './network-mode.ts';
import {
  each,
  FLAGS,
  MERGED_LISTS,
  MERGED_MAPS,
  type NodeSettings,
  NUMBERS,
  TEXTS,
  type TopologyNode,
} from './node-settings.ts';
import type { Topology } from './topology.ts';

/** A node as containerlab deploys it. Each field's place tells from which level it came. */
export interface EffectiveNode extends TopologyNode {
  /** The kind in lower case, as the registry is asked; absent when no level gives one or it is templated. */
  readonly kindName?: string;
  /** Undefined when it is templated. */
  readonly network?: NetworkMode;
}

/**
 * Own and inherited values of a node: nodes before groups before kinds before defaults. Scalars are taken from the first
 * level that has them (an empty one counts as absent), most lists and maps are merged (containerlab types/topology.go).
 */
export function effectiveNode(topology: Topology, node: TopologyNode): EffectiveNode {
  const levels = levelsOf(topology, node);
  const kind = kindOf(topology, node);
  const group = groupOf(topology, node);
  const networkMode = first(levels, (level) => level.networkMode);
  const kindName = kind?.value?.toLowerCase();
  return present<EffectiveNode>({
    ...each(TEXTS, () => undefined),
    ...node,
    ...fromLevels(TEXTS, (name) => first(levels, (level) => level[name])),
    ...fromLevels(
      NUMBERS,
      (name) => levels.find((level) => level[name] !== undefined && level[name].value !== 0)?.[name],
    ),
    ...fromLevels(FLAGS, (name) => levels.find((level) => level[name] !== undefined)?.[name]),
    ...fromLevels(MERGED_LISTS, (name) =>
      distinct(
        levels.toReversed().flatMap((level) => level[name]),
        (item) => item.value,
      ),
    ),
    ...fromLevels(MERGED_MAPS, (name) => new Map(levels.toReversed().flatMap((level) => [...level[name]]))),
    exec: distinct(
      levels.toReversed().flatMap((level) => level.exec),
      (line) => line.text.value,
    ),
    binds: mergedBinds(levels),
    stages: levels.toReversed().flatMap((level) => level.stages),
    ports: levels.find((level) => level.ports.length > 0)?.ports ?? [],
    dnsServers: levels.find((level) => level.dnsServers.length > 0)?.dnsServers ?? [],
    hasHealthcheck: levels.some((level) => level.hasHealthcheck),
    hasComponents: levels.some((level) => level.hasComponents),
    kind,
    group,
    networkMode,
    kindName,
    network: networkModeOf(networkMode),
  });
}

/** The levels that a node inherits from, the most specific first. */
function levelsOf(topology: Topology, node: TopologyNode): readonly NodeSettings[] {
  const group = named(topology.groups, groupOf(topology, node));
  const kind = named(topology.kinds, kindOf(topology, node));
  return [node, group, kind, topology.defaults].filter((level) => level !== undefined);
}

/** containerlab looks `kinds:` up by the kind as it is written: neither case nor aliases are smoothed over. */
function kindOf(topology: Topology, node: TopologyNode): Field<string> | undefined {
  return (
    set(node.kind) ??
    set(named(topology.groups, node.group)?.kind) ??
    set(named(topology.groups, topology.defaults?.group)?.kind) ??
    set(topology.defaults?.kind)
  );
}

function groupOf(topology: Topology, node: TopologyNode): Field<string> | undefined {
  return set(node.group) ?? set(named(topology.kinds, kindOf(topology, node))?.group) ?? set(topology.defaults?.group);
}

function named<T>(entries: ReadonlyMap<string, T>, name: Field<string> | undefined): T | undefined {
  return name?.value === undefined ? undefined : entries.get(name.value);
}

function set(field: Field<string> | undefined): Field<string> | undefined {
  return field?.value === '' ? undefined : field;
}

function first(
  levels: readonly NodeSettings[],
  read: (level: NodeSettings) => Field<string> | undefined,
): Field<string> | undefined {
  for (const level of levels) {
    const field = set(read(level));
    if (field !== undefined) return field;
  }
  return undefined;
}

function fromLevels<Table extends object, T>(
  table: Table,
  read: (name: keyof Table) => T,
): { readonly [K in keyof Table]: T } {
  return Object.fromEntries(Object.keys(table).map((name) => [name, read(name as keyof Table)])) as {
    [K in keyof Table]: T;
  };
}

function distinct<T>(items: readonly T[], text: (item: T) => string | undefined): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = text(item);
    if (key === undefined) return true;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/** One bind a container path, from the most specific level; what has no readable destination is kept. */
function mergedBinds(levels: readonly NodeSettings[]): readonly Bind[] {
  const taken = new Set<string>();
  const kept: Bind[] = [];
  for (const level of levels) {
    const own = level.binds.filter(
      ({ destination }) => destination?.value === undefined || !taken.has(destination.value),
    );
    for (const { destination } of own) if (destination?.value !== undefined) taken.add(destination.value);
    kept.unshift(...own);
  }
  return kept;
}
