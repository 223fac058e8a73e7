import { linkEndsOf } from '../../assembly/interfaces.ts';
import { isBridge, LABS, type Lab, type LabNode, labOf } from '../../assembly/labs.ts';
import { NODE_LABELS } from '../../assembly/node-labels.ts';
import { isManagementInterface, nextFreeInterface } from '../../model/containerlab/interface-names.ts';
import type { Topology } from '../../model/containerlab/topology.ts';
import { fileOffset } from '../../syntax/place.ts';
import { type Text, verbatim } from '../../text.ts';
import type { Site } from '../../workspace/site.ts';
import { covers } from '../hover.ts';
import type { Asked, NetworkValue, ValueTopic } from './network-values.ts';

/** What a topology says of its own nodes: ends of links, and places where one node names another. */
export const ENDPOINT_VALUES: readonly ValueTopic[] = [
  { at: /^containerlab\/Topology topology\.links\.\[\]\.endpoints\.\[\]$/, values: linkEnds },
  { at: /^containerlab\/Topology topology\.links\.\[\]\.(endpoints\.\[\]|endpoint)\.node$/, values: nodeNames },
  {
    at: /^containerlab\/Topology topology\.links\.\[\]\.(endpoints\.\[\]|endpoint)\.interface$/,
    values: freeInterface,
  },
  { at: /^containerlab\/Topology topology\..*\.wait-for\.\[\]\.node$/, values: nodeNames },
  { at: /^containerlab\/Topology topology\..*\.network-mode$/, values: networkModes },
  { at: /^containerlab\/Topology topology\.nodes\.[^.]+\.group$/, values: groupNames },
];

/** The topology that is being written, as far as it can be read; of other documents of the same lab when it cannot. */
function topologyOf(site: Site, { spot }: Asked): Topology | undefined {
  return site.all('containerlab/Topology').find(({ doc }) => doc === spot.doc);
}

function labHere(site: Site, asked: Asked): Lab | undefined {
  const topology = topologyOf(site, asked);
  if (topology === undefined) return undefined;
  return site.derive(LABS).find((lab) => lab.topology === topology) ?? labOf(topology);
}

/** `node:interface` for every node with the next interface that is free on it. */
function linkEnds(site: Site, asked: Asked): readonly NetworkValue[] {
  const lab = labHere(site, asked);
  if (lab === undefined) return [];
  const typedNode = asked.typed.includes(':') ? asked.typed.slice(0, asked.typed.indexOf(':')) : undefined;
  const nodes = [...lab.nodes.values()];
  return nodes
    .filter(
      ({ name }) => typedNode === undefined || name === typedNode || nodes.every((node) => node.name !== typedNode),
    )
    .flatMap((node, index): NetworkValue[] => {
      const port = nextPort(node, asked);
      return port === undefined
        ? []
        : [{ value: `${node.name}:${port}`, kind: 'name', detail: portText(node, asked), rank: index / 1000 }];
    });
}

/** A bridge's ports are named for what is plugged in; any free name does. */
function nextPort(node: LabNode, asked: Asked): string | undefined {
  const used = usedPorts(node, asked);
  if (node.kind !== undefined && !isBridge(node)) return nextFreeInterface(node.kind, used);
  for (let number = 1; number < 1000; number++) if (!used.includes(`eth${number}`)) return `eth${number}`;
  return undefined;
}

/** Interfaces of a node that links name, the one under the cursor left out. */
function usedPorts(node: LabNode, { spot }: Asked): readonly string[] {
  const inFile = fileOffset(spot.doc, spot.offset);
  const ends = linkEndsOf(node).filter(({ endpoint }) => !covers(endpoint.place, inFile));
  return ends.flatMap(({ endpoint }) => endpoint.interface?.value ?? []);
}

function portText(node: LabNode, asked: Asked): Text {
  const used = usedPorts(node, asked).filter(
    (name) => node.kind === undefined || !isManagementInterface(node.kind, name, 'with management'),
  );
  const kind = node.settings.kindName ?? '';
  return { en: `${kind}, ${used.length} links`, 'zh-cn': `${kind}，${used.length} 条链路` };
}

function nodeNames(site: Site, asked: Asked): readonly NetworkValue[] {
  const own = asked.path[0] === 'topology' && asked.path[1] === 'nodes' ? asked.path[2] : undefined;
  return [...(labHere(site, asked)?.nodes.values() ?? [])]
    .filter(({ name }) => name !== own)
    .map(({ name, settings }) => ({ value: name, kind: 'name', detail: verbatim(settings.kindName ?? '') }));
}

function freeInterface(site: Site, asked: Asked): readonly NetworkValue[] {
  const node = labHere(site, asked)?.nodes.get(asked.beside('node') ?? '');
  const port = node && nextPort(node, asked);
  return node === undefined || port === undefined ? [] : [{ value: port, kind: 'name', detail: portText(node, asked) }];
}

/** A container to share the name space of: other nodes of the lab, and the nodes of kind clusters. */
function networkModes(site: Site, asked: Asked): readonly NetworkValue[] {
  const nodes = nodeNames(site, asked).map(({ value, detail }) => ({ value: `container:${value}`, detail }));
  const machines = [...site.derive(NODE_LABELS).keys()].map((name) => ({
    value: `container:${name}`,
    detail: undefined,
  }));
  return [...nodes, ...machines].map(({ value, detail }) => ({ value, kind: 'name', ...(detail && { detail }) }));
}

function groupNames(site: Site, asked: Asked): readonly NetworkValue[] {
  return [...(topologyOf(site, asked)?.groups.keys() ?? [])].map((value) => ({ value, kind: 'name' }));
}
