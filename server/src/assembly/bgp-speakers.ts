import type { Prefix } from '../network/prefix.ts';
import { parsePrefixOrAddress } from '../network/prefix.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { HOSTS, type Host } from './hosts.ts';
import { INTERFACES } from './interfaces.ts';

/** A machine that speaks BGP, with the addresses by which others may know it. No session is predicted for it. */
export interface BgpSpeaker {
  readonly host: Host;
  readonly name: string;
  /** Undefined when it cannot be known. */
  readonly asn: number | undefined;
  /** Whether Calico speaks on it, and not FRR or VyOS. */
  readonly isNode: boolean;
  readonly addresses: readonly SpeakerAddress[];
}

export interface SpeakerAddress {
  /** With host bits; of full length where the file tells no subnet. */
  readonly prefix: Prefix;
  readonly interface?: string;
}

/** The AS number that Calico's nodes have where nothing says another (BGPConfiguration's default). */
const CALICO_AS = 64512;

/** Every router with a BGP configuration, and every node of a site whose Calico may speak BGP, in order of name. */
export const BGP_SPEAKERS = defineDerivation('bgp speakers', (site): readonly BgpSpeaker[] => {
  const interfaces = site.derive(INTERFACES);
  const usual = usualAs(site);
  const hasCalico = site.all('calico/Node').length + site.all('calico/BGPPeer').length > 0;
  return site.derive(HOSTS).all.flatMap((host): BgpSpeaker[] => {
    const instance = host.routerConfigs.flatMap(({ bgp }) => bgp).find(({ vrf }) => vrf === undefined);
    const isNode = hasCalico && host.calicoNodes.length + host.kubernetesNodes.length + host.kindNodes.length > 0;
    if (instance === undefined && !isNode) return [];
    const own = host.calicoNodes[0]?.asNumber;
    const asn = instance === undefined ? (own === undefined ? usual : own.value) : instance.asn?.value;
    const stated = host.calicoNodes.flatMap(({ ipv4Address, ipv6Address }) =>
      [ipv4Address, ipv6Address].flatMap((field): SpeakerAddress[] => {
        const prefix = field?.value === undefined ? undefined : parsePrefixOrAddress(field.value);
        return prefix === undefined ? [] : [{ prefix }];
      }),
    );
    const ports = interfaces
      .of(host)
      .filter(({ shutdown, enslaved }) => !shutdown && !enslaved)
      .flatMap(({ name, addresses }) => addresses.map(({ prefix }): SpeakerAddress => ({ prefix, interface: name })));
    const addresses = [...ports, ...stated.filter(({ prefix }) => !ports.some((port) => isSame(port.prefix, prefix)))];
    return [{ host, name: host.name, asn, isNode: instance === undefined, addresses }];
  });
});

function usualAs(site: Site): number | undefined {
  const general = site.all('calico/BGPConfiguration').find(({ name }) => name?.value === 'default');
  return general?.asNumber === undefined ? CALICO_AS : general.asNumber.value;
}

function isSame(one: Prefix, other: Prefix): boolean {
  return one.family === other.family && one.address === other.address;
}
