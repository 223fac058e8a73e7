import { containsAddress } from '../network/prefix.ts';
import type { Place } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { ADDRESS_CLAIMS } from './addresses.ts';
import { HOSTS } from './hosts.ts';
import { INTERFACES, type InterfaceMtu } from './interfaces.ts';
import { SEGMENTS } from './links.ts';

/** The smallest MTU that a link of the nodes is known to have. */
export interface Underlay {
  readonly mtu: number;
  readonly place: Place;
  /** The node on that link. */
  readonly node: string;
}

/**
 * The smallest MTU on the links that carry the nodes' addresses, taken from the nodes' own interfaces and from whatever
 * else is on the same link; undefined when none is written anywhere.
 */
export const UNDERLAY = defineDerivation('underlay', (site): Underlay | undefined => {
  const claims = site.derive(ADDRESS_CLAIMS);
  const interfaces = site.derive(INTERFACES);
  const segments = site.derive(SEGMENTS);
  let least: Underlay | undefined;
  for (const host of site.derive(HOSTS).all) {
    const addresses = (claims.get(host) ?? []).map(({ address }) => address);
    if (addresses.length === 0) continue;
    const consider = (mtu: InterfaceMtu | undefined): void => {
      if (mtu !== undefined && (least === undefined || mtu.value < least.mtu))
        least = { mtu: mtu.value, place: mtu.place, node: host.name };
    };
    for (const port of interfaces.of(host)) {
      if (!port.addresses.some(({ prefix }) => addresses.some((address) => containsAddress(prefix, address)))) continue;
      consider(port.mtu);
      const segment = segments.of(host, port.name);
      for (const end of segment?.ends ?? []) consider(end.interface.mtu);
    }
  }
  return least;
});
