import { linuxInterface } from '../model/containerlab/interface-names.ts';
import type { IpCommand } from '../model/containerlab/ip-command.ts';
import type { LinkEndpoint, TopologyLink } from '../model/containerlab/link.ts';
import type { Topology } from '../model/containerlab/topology.ts';
import type { RouterConfig, RouterInterface } from '../model/router/config.ts';
import { once } from '../network/once.ts';
import { type Prefix, parsePrefixOrAddress } from '../network/prefix.ts';
import type { Field, Place } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { HOSTS, type Host } from './hosts.ts';
import type { LabNode } from './labs.ts';
import { isReadable } from './readable.ts';

/** Which file gives an interface an address: a router configuration, `ip address add` in `exec:`, or the link itself. */
export type AddressSource = 'router' | 'exec' | 'link';

export interface InterfaceAddress {
  readonly source: AddressSource;
  /** As written; its value is always known. */
  readonly text: Field<string>;
  /** With host bits. A bare address, which the kernel takes as a host route, has the family's full length. */
  readonly prefix: Prefix;
}

export interface InterfaceMtu {
  readonly value: number;
  /** The number itself, or what stands for it where a default is in effect. */
  readonly place: Place;
  readonly source: 'router' | 'vyos default' | 'exec' | 'link';
}

export interface HostInterface {
  readonly host: Host;
  /** As the kernel names it: `eth1`, `eth1.100` for a VLAN. */
  readonly name: string;
  readonly addresses: readonly InterfaceAddress[];
  /** False when text that cannot be read may add or remove addresses. */
  readonly addressesKnown: boolean;
  /** Absent when no file says it. */
  readonly mtu?: InterfaceMtu;
  readonly shutdown: boolean;
  readonly vrf?: string;
  /** Put into a bridge or bond by `ip link set … master`: its addresses mean nothing. */
  readonly enslaved: boolean;
  readonly config?: RouterInterface;
}

export interface Interfaces {
  /** In order of first mention. Interfaces without any setting are listed where a link of a lab makes them. */
  readonly of: (host: Host) => readonly HostInterface[];
  readonly at: (host: Host, name: string) => HostInterface | undefined;
}

/** Every interface of every host, put together from router configurations, `exec:` lines and links. */
export const INTERFACES = defineDerivation('interfaces', (site): Interfaces => {
  site.derive(HOSTS);
  return { of: (host) => listOf(host), at: (host, name) => interfacesOf(host).get(name) };
});

const listOf = once((host: Host): readonly HostInterface[] => [...interfacesOf(host).values()]);

interface Draft {
  addresses: InterfaceAddress[];
  addressesKnown: boolean;
  mtu: InterfaceMtu | undefined;
  shutdown: boolean;
  vrf: string | undefined;
  enslaved: boolean;
  config: RouterInterface | undefined;
}

const interfacesOf = once((host: Host): ReadonlyMap<string, HostInterface> => {
  const drafts = new Map<string, Draft>();
  const draft = (name: string): Draft => {
    const known = drafts.get(name);
    if (known !== undefined) return known;
    const fresh: Draft = {
      addresses: [],
      addressesKnown: true,
      mtu: undefined,
      shutdown: false,
      vrf: undefined,
      enslaved: false,
      config: undefined,
    };
    drafts.set(name, fresh);
    return fresh;
  };
  for (const node of host.labNodes) for (const end of linkEndsOf(node)) readEnd(end, draft(end.name));
  for (const config of host.routerConfigs)
    for (const entry of config.interfaces)
      if (entry.name.value !== undefined) readConfig(config, entry, draft(entry.name.value));
  const commands = host.labNodes.flatMap(ipCommandsOf);
  for (const command of commands) readCommand(command, draft);
  const unreadable =
    !isReadable(host) ||
    host.routerConfigs.some((config) => config.partial) ||
    commands.some((command) => command.object === 'address' && command.device?.value === undefined);
  return new Map(
    [...drafts].map(([name, { mtu, vrf, config, ...rest }]) => [
      name,
      {
        host,
        name,
        ...rest,
        addressesKnown: rest.addressesKnown && !unreadable,
        ...(mtu && { mtu }),
        ...(vrf !== undefined && { vrf }),
        ...(config && { config }),
      },
    ]),
  );
});

export interface NodeLinkEnd {
  readonly node: LabNode;
  /** The interface's name in the node's name space, aliases mapped. */
  readonly name: string;
  readonly endpoint: LinkEndpoint;
  readonly link: TopologyLink;
}

/** The ends of a topology's links at one node whose interface is known. */
export function linkEndsOf(node: LabNode): readonly NodeLinkEnd[] {
  return (plugsOf(node.lab.topology).get(node.name) ?? []).flatMap(({ endpoint, link }) => {
    const name = interfaceName(node, endpoint.interface?.value);
    return name === undefined ? [] : [{ node, name, endpoint, link }];
  });
}

type Plug = Pick<NodeLinkEnd, 'endpoint' | 'link'>;

/** The ends of links by the node that they name. */
const plugsOf = once((topology: Topology): ReadonlyMap<string, readonly Plug[]> => {
  const byNode = new Map<string, Plug[]>();
  for (const link of topology.links)
    for (const endpoint of link.endpoints) {
      const name = endpoint.kind === 'node' ? endpoint.node?.value : undefined;
      if (name === undefined) continue;
      const plugs = byNode.get(name);
      if (plugs === undefined) byNode.set(name, [{ endpoint, link }]);
      else plugs.push({ endpoint, link });
    }
  return byNode;
});

/** The name in the container; ports of a chassis with cards keep the name they are given. */
export function interfaceName(node: LabNode, written: string | undefined): string | undefined {
  if (written === undefined || node.kind === undefined || node.settings.hasComponents) return written;
  return linuxInterface(node.kind, written) ?? written;
}

/** Kinds on which containerlab configures the addresses that a link gives. */
const TAKES_LINK_ADDRESSES = /^(nokia_srlinux|arista_ceos|vyosnetworks_vyos|cisco_iol)$/;
/** Kinds whose interface is the veth itself, with the MTU that the link sets. */
const PLAIN_CONTAINERS = /^(linux|ext-container)$/;

function readEnd({ node, endpoint, link }: NodeLinkEnd, into: Draft): void {
  if (TAKES_LINK_ADDRESSES.test(node.kind?.name ?? ''))
    for (const text of [endpoint.ipv4, endpoint.ipv6]) if (text?.value !== '') addAddress('link', text, into);
  if (link.mtu?.value !== undefined && PLAIN_CONTAINERS.test(node.kind?.name ?? ''))
    into.mtu = { value: link.mtu.value, place: link.mtu.place, source: 'link' };
}

/** What VyOS gives an Ethernet interface that has no `mtu` line. */
const VYOS_MTU = 1500;

function readConfig(config: RouterConfig, entry: RouterInterface, into: Draft): void {
  into.config = entry;
  for (const text of entry.addresses) addAddress('router', text, into);
  if (entry.dhcp !== undefined) into.addressesKnown = false;
  if (entry.shutdown?.value === true) into.shutdown = true;
  if (entry.vrf !== undefined) into.vrf = entry.vrf.value ?? '';
  if (entry.mtu !== undefined)
    into.mtu =
      entry.mtu.value === undefined ? undefined : { value: entry.mtu.value, place: entry.mtu.place, source: 'router' };
  else if (config.software === 'vyos' && !config.partial && /^eth\d+$/.test(entry.name.value ?? ''))
    into.mtu = { value: VYOS_MTU, place: entry.name.place, source: 'vyos default' };
}

function addAddress(source: AddressSource, text: Field<string> | undefined, into: Draft): void {
  if (text === undefined) return;
  const prefix = text.value === undefined ? undefined : parsePrefixOrAddress(text.value);
  if (prefix === undefined) into.addressesKnown = false;
  else into.addresses.push({ source, text, prefix });
}

/** The `ip` commands that a node runs in its own name space, from `exec:` and from its stages. */
export function ipCommandsOf(node: LabNode): readonly IpCommand[] {
  const staged = node.settings.stages.flatMap((stage) =>
    stage.exec
      .filter(({ target }) => target === undefined || target.value === 'container')
      .map(({ command }) => command),
  );
  return [...node.settings.exec, ...staged].flatMap((line) => line.ipCommands);
}

function readCommand(command: IpCommand, draft: (name: string) => Draft): void {
  if (command.object === 'route') return;
  const device = command.device?.value;
  if (device === undefined) return;
  const into = draft(device);
  if (command.object === 'link') {
    if (command.master !== undefined) into.enslaved = true;
    if (command.mtu?.value !== undefined)
      into.mtu = { value: command.mtu.value, place: command.mtu.place, source: 'exec' };
    else if (command.mtu !== undefined) into.mtu = undefined;
  } else if (command.action === 'add') addAddress('exec', command.address, into);
  else {
    into.addressesKnown = false;
    into.addresses = into.addresses.filter(({ text }) => text.value !== command.address.value);
  }
}
