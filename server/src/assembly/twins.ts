import { formatAddress } from '../network/address.ts';
import { defineDerivation } from '../workspace/site.ts';
import { HOSTS, type Host } from './hosts.ts';
import { INTERFACES, type Interfaces } from './interfaces.ts';

/** Descriptions of one machine that lie side by side: versions of a file, or a file and the commands it was made from. */
export interface Twins {
  readonly areOne: (one: Host, other: Host) => boolean;
  /** Whether there is another description of the machine, so that nobody knows which of them is in force. */
  readonly has: (host: Host) => boolean;
}

/**
 * Two router configurations of one name, or with the same addresses throughout. Two nodes of labs are two machines,
 * whatever their files say: what looks like a copy there is one.
 */
export const TWINS = defineDerivation('descriptions of one machine', (site): Twins => {
  const interfaces = site.derive(INTERFACES);
  const groups = new Map<Host, Set<Host>>();
  const join = (one: Host, other: Host): void => {
    if (one === other || (isMachine(one) && isMachine(other))) return;
    for (const [host, twin] of [
      [one, other],
      [other, one],
    ] as const)
      groups.set(host, (groups.get(host) ?? new Set()).add(twin));
  };
  const byName = new Map<string, Host[]>();
  const byAddress = new Map<string, Host[]>();
  const addresses = new Map<Host, ReadonlySet<string>>();
  for (const host of site.derive(HOSTS).all) {
    if (host.routerConfigs.length === 0 && host.labNodes.length === 0) continue;
    const own = addressesOf(interfaces, host);
    addresses.set(host, own);
    for (const other of byName.get(host.name) ?? []) join(host, other);
    for (const other of new Set([...own].flatMap((address) => byAddress.get(address) ?? [])))
      if (coincide(own, addresses.get(other)!)) join(host, other);
    push(byName, host.name, host);
    for (const address of own) push(byAddress, address, host);
  }
  return {
    areOne: (one, other) => groups.get(one)?.has(other) === true,
    has: (host) => groups.has(host),
  };
});

function isMachine(host: Host): boolean {
  return host.labNodes.length > 0 || host.kindNodes.length > 0 || host.calicoNodes.length > 0;
}

function addressesOf(interfaces: Interfaces, host: Host): ReadonlySet<string> {
  const found = interfaces
    .of(host)
    .filter(({ name }) => name !== 'lo')
    .flatMap((port) => port.addresses)
    .map(({ prefix }) => formatAddress({ family: prefix.family, value: prefix.address }));
  return new Set(found);
}

/** One shared address is a mistake that somebody wants to hear of; all of several are the same machine. */
function coincide(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((address) => other.has(address)).length;
  return shared >= 2 && shared === Math.min(one.size, other.size);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
