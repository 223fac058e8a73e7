import type { ExportPool } from '../network/bgp/types.ts';
import { formatPrefix, networkOf, parsePrefix } from '../network/prefix.ts';
import { defineDerivation, type Site } from '../workspace/site.ts';
import { POOLS } from './pools.ts';

/** A pool that no IPPool of the site describes, and that the cluster will have all the same. */
export interface AssumedPool extends ExportPool {
  readonly nodeSelector?: string | undefined;
}

/** kind's own, when its configuration names none. */
const KIND_POD_SUBNET = '10.244.0.0/16';

/**
 * The pools of the operator's Installation; and, in a site that shows a whole cluster without any pool, the one that Calico
 * makes of the cluster's Pod range at its first start. None where Spiderpool gives Pods their addresses.
 */
export const ASSUMED_POOLS = defineDerivation('assumed pools', (site): readonly AssumedPool[] => {
  if (site.all('calico/IPPool').length > 0) return [];
  const installations = site.all('tigera/Installation');
  if (installations.length > 0)
    return site.derive(POOLS).enabled.map(({ network, exported, nodeSelector, cidr }) => ({
      cidr: formatPrefix(network),
      disableBGPExport: exported === false,
      nodeSelector: nodeSelector?.value,
      origin: cidr,
    }));
  if (site.all('spiderpool/SpiderIPPool').length + site.all('spiderpool/SpiderSubnet').length > 0) return [];
  return podRanges(site).flatMap(({ text, origin }) => {
    const prefix = parsePrefix(text.trim());
    return prefix === undefined ? [] : [{ cidr: formatPrefix(networkOf(prefix)), disableBGPExport: false, origin }];
  });
});

function podRanges(site: Site): readonly { readonly text: string; readonly origin: unknown }[] {
  const [kubeadm] = site.all('kubeadm/ClusterConfiguration');
  const [kind] = site.all('kind/Cluster');
  const written = kubeadm?.podSubnet ?? kind?.podSubnet;
  if (written !== undefined) return (written.value ?? '').split(',').map((text) => ({ text, origin: written }));
  const isIPv4 = kind !== undefined && (kind.ipFamily === undefined || kind.ipFamily.value !== 'ipv6');
  return isIPv4 ? [{ text: KIND_POD_SUBNET, origin: kind }] : [];
}
