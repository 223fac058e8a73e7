import type { Field } from '../../syntax/document.ts';
import { rawText } from '../part.ts';
import type { Reader } from '../reader.ts';
import { present, type Resource } from '../resource.ts';
import { readLink, type TopologyLink } from './link.ts';
import { type Management, readManagement } from './management.ts';
import { type NamedSettings, type NodeSettings, readNode, readSettings, type TopologyNode } from './node-settings.ts';

/** A containerlab topology file. */
export interface Topology extends Resource {
  readonly kind: 'containerlab/Topology';
  readonly prefix?: Field<string>;
  readonly mgmt: Management;
  readonly defaults?: NodeSettings;
  readonly kinds: ReadonlyMap<string, NamedSettings>;
  readonly groups: ReadonlyMap<string, NamedSettings>;
  /** Nodes by name, in the order of the file. */
  readonly nodes: ReadonlyMap<string, TopologyNode>;
  /** False when a template may add nodes: a name that is not in `nodes` may then exist all the same. */
  readonly nodesComplete: boolean;
  readonly links: readonly TopologyLink[];
}

export function readTopology(object: Reader): Topology {
  const topology = object.at('topology');
  const nodes = topology.entries('nodes');
  return present<Topology>({
    kind: 'containerlab/Topology',
    doc: object.doc,
    path: object.path,
    name: object.string('name'),
    namespace: undefined,
    prefix: prefixOf(object.at('prefix')),
    mgmt: readManagement(object.at('mgmt')),
    defaults: topology.at('defaults').exists ? readSettings(topology.at('defaults')) : undefined,
    kinds: namedSettings(topology.at('kinds')),
    groups: namedSettings(topology.at('groups')),
    nodes: new Map(
      nodes.flatMap(({ key, value }) => (key.value === undefined ? [] : [[key.value, readNode(value, key)]])),
    ),
    nodesComplete: nodes.every(({ key }) => key.value !== undefined) && !object.doc.text.includes('{{'),
    links: topology.items('links').map(readLink),
  });
}

/** `__lab-name` looks like one of containerlab's variables, and is a word of its own here. */
function prefixOf(prefix: Reader): Field<string> | undefined {
  return rawText(prefix) === '__lab-name' ? { value: '__lab-name', place: prefix.place } : prefix.string();
}

function namedSettings(levels: Reader): ReadonlyMap<string, NamedSettings> {
  return new Map(
    levels
      .entries()
      .flatMap(({ key, value }) =>
        key.value === undefined ? [] : [[key.value, { ...readSettings(value), name: key }]],
      ),
  );
}
