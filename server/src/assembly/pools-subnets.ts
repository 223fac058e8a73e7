import { networkOf, type Prefix, sameNetwork } from '../network/prefix.ts';
import { defineDerivation } from '../workspace/site.ts';
import { ADDRESS_CLAIMS } from './addresses.ts';
import { HOSTS } from './hosts.ts';

/**
 * The one IPv4 subnet that every known node's address is in; undefined for fewer than two nodes, for several subnets, and
 * when the prefix length of some node's address is not known.
 */
export const NODE_SUBNET = defineDerivation('subnet of all nodes', (site): Prefix | undefined => {
  const claims = site.derive(ADDRESS_CLAIMS);
  let subnet: Prefix | undefined;
  let nodes = 0;
  for (const host of site.derive(HOSTS).all) {
    const { kindNodes, calicoNodes, kubernetesNodes } = host;
    if (kindNodes.length + calicoNodes.length + kubernetesNodes.length === 0) continue;
    const own = (claims.get(host) ?? []).filter(({ source, prefix }) => source === 'calico' && prefix?.family === 4);
    if (own.length === 0) return undefined;
    nodes += 1;
    for (const { prefix } of own) {
      // A /32 says nothing of the network that it is in.
      if (prefix === undefined || prefix.length > 30) return undefined;
      if (subnet !== undefined && !sameNetwork(subnet, prefix)) return undefined;
      subnet = networkOf(prefix);
    }
  }
  return nodes < 2 ? undefined : subnet;
});
