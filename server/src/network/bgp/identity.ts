import { compareAddresses, parseAddress } from '../address.ts';
import type { AddressFamily, Neighbour, Router } from './types.ts';

/** FRR and VyOS decide alike: VyOS writes FRR's configuration. */
export function isFrr(router: Router): boolean {
  return router.kind === 'frr' || router.kind === 'vyos';
}

/** Whether two routers can be in one network. */
export function mayMeet({ labs: some = [] }: Router, { labs: others = [] }: Router): boolean {
  return some.length === 0 || others.length === 0 || some.some((lab) => others.includes(lab));
}

export function speaksBgp(router: Router): boolean {
  return router.asn !== undefined;
}

/** The AS this router shows to the neighbour. */
export function localAsOf(router: Router, neighbour: Neighbour): number | 'unknown' | undefined {
  return neighbour.dualAs ? 'unknown' : (neighbour.localAs ?? router.asn);
}

/** Whether the router takes the neighbour for one of its own AS; undefined when that cannot be known. */
export function isInternal(router: Router, neighbour: Neighbour): boolean | undefined {
  const own = localAsOf(router, neighbour);
  const { remoteAs } = neighbour;
  if (remoteAs === 'internal') return true;
  if (remoteAs === 'external') return false;
  return typeof own === 'number' && typeof remoteAs === 'number' ? own === remoteAs : undefined;
}

/** Whether the AS the peer shows is one the statement takes; undefined when one of them is not known. */
export function takesAs(
  router: Router,
  neighbour: Neighbour,
  shown: number | 'unknown' | undefined,
): boolean | undefined {
  const { remoteAs } = neighbour;
  if (typeof shown !== 'number' || remoteAs === 'unknown') return undefined;
  if (remoteAs === 'auto') return true;
  const own = localAsOf(router, neighbour);
  if (remoteAs === 'internal' || remoteAs === 'external') {
    if (typeof own !== 'number') return undefined;
    return (own === shown) === (remoteAs === 'internal');
  }
  return remoteAs === shown;
}

/**
 * The router id: configured, else as the daemon chooses it. FRR takes the highest loopback address, else the highest
 * address of all; undefined when the addresses are not all known.
 */
export function routerIdOf(router: Router): string | undefined {
  if (router.routerId !== undefined) return router.routerId;
  if (router.nodeAddress !== undefined) return router.nodeAddress.ipv4;
  if (!router.interfacesComplete) return undefined;
  const addresses = (loopback: boolean) =>
    router.interfaces
      .filter((entry) => !entry.shutdown && /^(lo|dum)/.test(entry.name) === loopback)
      .flatMap((entry) => entry.addresses.map((text) => parseAddress(text.split('/')[0]!)))
      .filter((address) => address !== undefined && address.family === 4 && address.value >> 24n !== 127n)
      .sort((a, b) => compareAddresses(b!, a!));
  const chosen = addresses(true)[0] ?? addresses(false)[0];
  return chosen === undefined ? undefined : textOf(chosen.value);
}

function textOf(value: bigint): string {
  const n = Number(value);
  return [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.');
}

export function familyOf(text: string): AddressFamily {
  return text.includes(':') ? 'ipv6' : 'ipv4';
}

/** Whether FRR resolves next hops and multihop peers by the default route: off up to 9, on from 10 (lab B5f). */
export function resolvesByDefault(router: Router): boolean | undefined {
  if (!isFrr(router)) return true;
  if (router.resolveViaDefault !== undefined) return router.resolveViaDefault;
  return router.version === undefined ? undefined : router.version[0] >= 10;
}
