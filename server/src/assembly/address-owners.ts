import { type Address, formatAddress } from '../network/address.ts';
import type { Prefix } from '../network/prefix.ts';
import { defineDerivation } from '../workspace/site.ts';
import { ADDRESS_CLAIMS } from './addresses.ts';
import { HOSTS, type Host } from './hosts.ts';
import { INTERFACES } from './interfaces.ts';

/** A machine that has an address, and the interface where a file says it. */
export interface AddressOwner {
  readonly host: Host;
  readonly interface?: string;
  /** With host bits; absent where no prefix length is written. */
  readonly prefix?: Prefix;
}

/** Who has each address, by its canonical text; a machine that several files give the address is told once. */
export const ADDRESS_OWNERS = defineDerivation(
  'address owners',
  (site): ReadonlyMap<string, readonly AddressOwner[]> => {
    const owners = new Map<string, AddressOwner[]>();
    const add = (address: Address, owner: AddressOwner): void => {
      const text = formatAddress(address);
      const list = owners.get(text);
      if (list === undefined) owners.set(text, [owner]);
      else if (!list.some(({ host }) => host === owner.host)) list.push(owner);
    };
    const interfaces = site.derive(INTERFACES);
    for (const host of site.derive(HOSTS).all)
      for (const port of interfaces.of(host))
        for (const { prefix } of port.addresses)
          add({ family: prefix.family, value: prefix.address }, { host, interface: port.name, prefix });
    for (const [host, claims] of site.derive(ADDRESS_CLAIMS))
      for (const { address, prefix } of claims) add(address, { host, ...(prefix && { prefix }) });
    return owners;
  },
);
