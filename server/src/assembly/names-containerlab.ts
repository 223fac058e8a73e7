import type { LinkEndpoint } from '../model/containerlab/link.ts';
import { networkModeOf } from '../model/containerlab/network-mode.ts';
import type { NodeSettings, TopologyNode } from '../model/containerlab/node-settings.ts';
import type { Topology } from '../model/containerlab/topology.ts';
import type { Field } from '../syntax/document.ts';
import { defined, type NameUse, referred } from './names.ts';
import { askedAddress, ownedAddress } from './names-addresses.ts';

/**
 * A topology's nodes with everything in it that means one of them: ends of links, `wait-for`, a shared network name space.
 * What is called like no node of the topology is the name of a container outside.
 */
export function topologyNames(topology: Topology): readonly NameUse[] {
  const { nodes, links, defaults, kinds, groups } = topology;
  const levels: readonly NodeSettings[] = [
    ...(defaults ? [defaults] : []),
    ...kinds.values(),
    ...groups.values(),
    ...nodes.values(),
  ];
  const uses = [
    ...[...nodes.values()].flatMap(nodeNames),
    ...levels.flatMap(settingsNames),
    ...links.flatMap(({ endpoints }) => endpoints.flatMap(endpointNames)),
  ];
  const scope = labScope(topology);
  return uses.map((use) => (use.kind === 'node' ? { ...use, scope } : use));
}

/** Nodes are a lab's own: variants of a lab lie side by side. */
export function labScope({ doc, path }: Topology): string {
  return `lab ${doc.file} ${doc.hostPath?.join() ?? ''} ${path.join()}`;
}

function nodeNames({ name, mgmtIpv4, mgmtIpv6 }: TopologyNode): readonly NameUse[] {
  return [...defined('node', name), ...ownedAddress(mgmtIpv4), ...ownedAddress(mgmtIpv6)];
}

function settingsNames({ networkMode, stages, exec }: NodeSettings): readonly NameUse[] {
  const network = networkModeOf(networkMode);
  const lines = [...exec, ...stages.flatMap((stage) => stage.exec.map(({ command }) => command))];
  return [
    ...referred('node', network?.target),
    ...stages.flatMap(({ waitFor }) => waitFor.flatMap(({ node }) => referred('node', node))),
    ...lines.flatMap(({ ipCommands }) =>
      ipCommands.flatMap((command): readonly NameUse[] => {
        if (command.object === 'address')
          return command.action === 'add' ? ownedAddress(command.address) : askedAddress(command.address);
        return command.object === 'route' ? [...command.via, ...fieldsOf(command.source)].flatMap(askedAddress) : [];
      }),
    ),
  ];
}

function endpointNames({ kind, node, ipv4, ipv6 }: LinkEndpoint): readonly NameUse[] {
  return [...(kind === 'node' ? referred('node', node) : []), ...ownedAddress(ipv4), ...ownedAddress(ipv6)];
}

function fieldsOf(field: Field<string> | undefined): readonly Field<string>[] {
  return field === undefined ? [] : [field];
}
