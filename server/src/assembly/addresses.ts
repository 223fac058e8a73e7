import type { Address } from '../network/address.ts';
import { type Prefix, parsePrefixOrAddress } from '../network/prefix.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';
import { HOSTS, type Host } from './hosts.ts';
import { INTERFACES, type Interfaces } from './interfaces.ts';

/** Who says that a Kubernetes node has an address. */
export type ClaimSource = 'kind' | 'exec' | 'router' | 'calico' | 'kubernetes';

/** One file's word on an address of a node. */
export interface AddressClaim {
  readonly host: Host;
  readonly source: ClaimSource;
  /** As written, known. */
  readonly text: Field<string>;
  readonly address: Address;
  /** Only where a prefix length is written with it. */
  readonly prefix?: Prefix;
}

/**
 * What each file says of the addresses of the Kubernetes nodes of a site: kind's `node-ip`, the interfaces of the lab node in
 * the same name space, Calico's Node and Kubernetes' own. Hosts that are no nodes are left out.
 */
export const ADDRESS_CLAIMS = defineDerivation('address claims', (site): ReadonlyMap<Host, readonly AddressClaim[]> => {
  const interfaces = site.derive(INTERFACES);
  const claims = new Map<Host, readonly AddressClaim[]>();
  for (const host of site.derive(HOSTS).all) {
    if (host.kindNodes.length + host.calicoNodes.length + host.kubernetesNodes.length === 0) continue;
    let known = knownClaims.get(host);
    if (known === undefined) {
      known = claimsOn(host, interfaces);
      knownClaims.set(host, known);
    }
    claims.set(host, known);
  }
  return claims;
});

/** Interfaces are told by their host alone, so claims are, too. */
const knownClaims = new WeakMap<Host, readonly AddressClaim[]>();

function claimsOn(host: Host, interfaces: Interfaces): readonly AddressClaim[] {
  const { kindNodes, calicoNodes, kubernetesNodes } = host;
  const nodeIPs = kindNodes.flatMap((node) => node.registrations.flatMap(({ kubelet }) => kubelet.nodeIPs));
  const calico = calicoNodes.flatMap(({ ipv4Address, ipv6Address, addresses }) => {
    const bgp = [ipv4Address, ipv6Address].filter((field) => field !== undefined);
    // `spec.addresses` also holds addresses of other cards: only a copy of the BGP address is a claim.
    return [...bgp, ...addresses.filter(({ value }) => bgp.some((field) => field.value?.split('/')[0] === value))];
  });
  const kubernetes = kubernetesNodes.flatMap(({ addresses }) =>
    addresses.filter(({ type }) => type?.value === 'InternalIP').map(({ address }) => address),
  );
  const ports = interfaces.of(host).flatMap(({ addresses }) => addresses);
  return [
    ...nodeIPs.flatMap((text) => claim(host, 'kind', text)),
    ...ports.flatMap(({ source, text }) => claim(host, source === 'exec' ? 'exec' : 'router', text)),
    ...calico.flatMap((text) => claim(host, 'calico', text)),
    ...kubernetes.flatMap((text) => claim(host, 'kubernetes', text)),
  ];
}

function claim(host: Host, source: ClaimSource, text: Field<string>): readonly AddressClaim[] {
  const prefix = text.value === undefined ? undefined : parsePrefixOrAddress(text.value);
  if (prefix === undefined) return [];
  const address = { family: prefix.family, value: prefix.address };
  return [{ host, source, text, address, ...(text.value?.includes('/') && { prefix }) }];
}

/** The same text with another address, its prefix length kept: `10.0.0.1/24` with `10.0.0.2` is `10.0.0.2/24`. */
export function withAddress(text: string, address: string): string {
  const slash = text.indexOf('/');
  return slash === -1 ? address : address + text.slice(slash);
}
