import type { RouterConfig } from '../model/router/config.ts';
import type { Interface, StaticRoute } from '../network/bgp/types.ts';
import { formatPrefix, parsePrefixOrAddress } from '../network/prefix.ts';
import { defineDerivation } from '../workspace/site.ts';
import type { Host } from './hosts.ts';
import { INTERFACES, type Interfaces, ipCommandsOf } from './interfaces.ts';
import { SEGMENTS, type Segments } from './links.ts';

/** A host as BGP sees it: its interfaces with their links, and its static routes. */
export interface Machine {
  readonly interfaces: readonly Interface[];
  /** Whether these are all the addresses that matter. */
  readonly complete: boolean;
  readonly routes: readonly StaticRoute[];
}

/** The link that the management interfaces of a lab share. */
export const MANAGEMENT = 'management';

/** A machine is the same object as long as its host is and, where it has interfaces, the segments are. */
export const MACHINES = defineDerivation('machines', (site, before: Machines | undefined): Machines => {
  const interfaces = site.derive(INTERFACES);
  const segments = site.derive(SEGMENTS);
  const known = before?.segments === segments ? before.known : new WeakMap<Host, Machine>();
  return {
    segments,
    known,
    of: (host) => {
      const kept = interfaces.of(host).length === 0 ? unplugged : known;
      let machine = kept.get(host);
      if (machine === undefined) {
        machine = machineOf(host, interfaces, segments);
        kept.set(host, machine);
      }
      return machine;
    },
  };
});

/** Machines without interfaces: links are nothing to them. */
const unplugged = new WeakMap<Host, Machine>();

interface Machines {
  readonly of: (host: Host) => Machine;
  readonly segments: Segments;
  readonly known: WeakMap<Host, Machine>;
}

function machineOf(host: Host, interfaces: Interfaces, segments: Segments): Machine {
  const ports = interfaces.of(host).filter((port) => !port.enslaved && port.vrf === undefined);
  const list = ports.map(({ name, addresses, mtu, shutdown }): Interface => {
    const segment = segments.of(host, name);
    const id = segment === undefined ? (isManagement(host, name) ? MANAGEMENT : undefined) : (segment?.id ?? null);
    return {
      name,
      addresses: addresses.map(({ prefix }) => formatPrefix(prefix)),
      ...(id === undefined ? {} : { segment: id }),
      ...(mtu === undefined ? {} : { mtu: mtu.value }),
      shutdown,
    };
  });
  const complete =
    list.some((port) => port.addresses.length > 0 && !LOOPBACK.test(port.name)) &&
    ports.every((port) => port.addressesKnown) &&
    host.routerConfigs.every((config) => !config.partial) &&
    host.labNodes.every((node) => node.lab.topology.nodesComplete);
  return { interfaces: list, complete, routes: [...configured(host.routerConfigs), ...typed(host)] };
}

/** A router of which only loopbacks are known gets its links from elsewhere. */
const LOOPBACK = /^(lo|dum)/;

function isManagement(host: Host, name: string): boolean {
  return host.labNodes.length > 0 && name === 'eth0';
}

function configured(configs: readonly RouterConfig[]): StaticRoute[] {
  return configs.flatMap((config) =>
    config.staticRoutes.flatMap((route): StaticRoute[] => {
      const prefix = route.prefix.value;
      if (prefix === undefined || route.vrf !== undefined) return [];
      const unknown = [route.nextHop, route.interface].some(
        (field) => field !== undefined && field.value === undefined,
      );
      if (unknown) return [];
      return [
        {
          prefix,
          ...(route.blackhole?.value || route.nextHop?.value === undefined ? {} : { via: route.nextHop.value }),
          ...(route.blackhole?.value || route.interface?.value === undefined ? {} : { device: route.interface.value }),
          origin: route,
        },
      ];
    }),
  );
}

/** The routes that `ip route` leaves in the main table; of several next hops the first. */
function typed(host: Host): StaticRoute[] {
  const routes = new Map<string, StaticRoute>();
  for (const command of host.labNodes.flatMap(ipCommandsOf)) {
    if (command.object !== 'route' || command.table !== undefined) continue;
    const via = command.via[0]?.value;
    const text = command.destination.value;
    if (text === undefined || (command.via.length > 0 && via === undefined)) continue;
    const isV6 = via?.includes(':') ?? false;
    const parsed = parsePrefixOrAddress(text === 'default' ? (isV6 ? '::/0' : '0.0.0.0/0') : text);
    if (parsed === undefined) continue;
    const prefix = formatPrefix(parsed);
    routes.delete(prefix);
    if (command.action === 'delete') continue;
    const device = command.device?.value;
    routes.set(prefix, {
      prefix,
      ...(via === undefined ? {} : { via }),
      ...(device === undefined ? {} : { device }),
      kernel: true,
      origin: command.destination,
    });
  }
  return [...routes.values()];
}
