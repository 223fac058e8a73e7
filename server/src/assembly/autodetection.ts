import { formatPrefix, networkOf, type Prefix } from '../network/prefix.ts';
import { defineDerivation } from '../workspace/site.ts';
import type { Host } from './hosts.ts';
import { HOSTS } from './hosts.ts';
import { INTERFACES } from './interfaces.ts';

/** A node of the cluster whose cards a lab shows. */
export interface NodeCards {
  readonly host: Host;
  /** Names of the interfaces in its name space, those that every container has included. */
  readonly interfaces: readonly string[];
  readonly subnets: readonly Prefix[];
}

/** The nodes of a cluster in a lab: each has the container network's card besides those that the lab gives it. */
export const NODE_CARDS = defineDerivation('cards of nodes', (site): readonly NodeCards[] => {
  const interfaces = site.derive(INTERFACES);
  return site.derive(HOSTS).all.flatMap((host): NodeCards[] => {
    const isNode = host.kindNodes.length + host.calicoNodes.length + host.kubernetesNodes.length > 0;
    const inLab = host.labNodes.length > 0 && host.labNodes.every(({ lab }) => lab.topology.nodesComplete);
    if (!isNode || !inLab) return [];
    const ports = interfaces.of(host);
    const data = ports.filter(({ name, addresses }) => name !== 'eth0' && name !== 'lo' && addresses.length > 0);
    if (data.length === 0) return [];
    const subnets = data.flatMap(({ addresses }) => addresses.map(({ prefix }) => networkOf(prefix)));
    return [{ host, interfaces: ['lo', 'eth0', ...ports.map(({ name }) => name)], subnets }];
  });
});

/** The subnets of the nodes' own cards, for `cidr=`. */
export function fabricSubnets(cards: readonly NodeCards[]): readonly string[] {
  const texts = cards.flatMap(({ subnets }) => subnets.filter(({ family }) => family === 4).map(formatPrefix));
  return [...new Set(texts)].sort();
}

export type Method =
  | { readonly kind: 'first-found' | 'kubernetes-internal-ip' }
  | { readonly kind: 'can-reach' | 'interface' | 'skip-interface' | 'cidr'; readonly value: string };

/** What calico-node makes of IP_AUTODETECTION_METHOD; undefined where it gives up with a fatal error. */
export function parseMethod(text: string): Method | undefined {
  if (text === '' || text === 'first-found') return { kind: 'first-found' };
  if (text === 'kubernetes-internal-ip') return { kind: 'kubernetes-internal-ip' };
  const [, kind, value] = /^(can-reach|interface|skip-interface|cidr)=(.*)$/s.exec(text) ?? [];
  return kind === undefined || value === undefined ? undefined : { kind: kind as 'cidr', value };
}
