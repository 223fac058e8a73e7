import { networkOf, type Prefix, parsePrefix } from '../network/prefix.ts';
import type { Doc, Field } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';

/** One pod range that a cluster was made with: `podSubnet` of kind or kubeadm. */
export interface PodSubnet {
  readonly network: Prefix;
  /** As written: one of the two of a dual-stack cluster. */
  readonly text: string;
  /** The whole field. */
  readonly field: Field<string>;
  readonly tool: 'kind' | 'kubeadm';
  readonly doc: Doc;
}

/** The pod ranges of a site's clusters; undefined when one is written that cannot be known. */
export const POD_SUBNETS = defineDerivation('pod subnets', (site): readonly PodSubnet[] | undefined => {
  const written = [
    ...site.all('kind/Cluster').map(({ podSubnet, doc }) => ({ field: podSubnet, doc, tool: 'kind' as const })),
    ...site
      .all('kubeadm/ClusterConfiguration')
      .map(({ podSubnet, doc }) => ({ field: podSubnet, doc, tool: 'kubeadm' as const })),
  ];
  const subnets: PodSubnet[] = [];
  for (const { field, doc, tool } of written) {
    if (field === undefined || field.value === '') continue;
    for (const part of (field.value ?? '').split(',')) {
      const text = part.trim();
      const prefix = parsePrefix(text);
      if (prefix === undefined) return undefined;
      subnets.push({ network: networkOf(prefix), text, field, doc, tool });
    }
  }
  return subnets;
});

/** A pool that calico-node makes when it starts and finds none: `CALICO_IPV4POOL_CIDR` and its IPv6 sister. */
export interface FirstPool {
  readonly network: Prefix;
  readonly cidr: Field<string>;
}

export const FIRST_POOLS = defineDerivation('first pools', (site): readonly FirstPool[] =>
  site.all('kubernetes/Workload').flatMap(({ pod }) =>
    pod.containers.flatMap(({ env }) =>
      env.flatMap(({ name, value }): readonly FirstPool[] => {
        if (!/^CALICO_IPV[46]POOL_CIDR$/.test(name.value ?? '')) return [];
        const prefix = value?.value === undefined ? undefined : parsePrefix(value.value);
        return value === undefined || prefix === undefined ? [] : [{ network: networkOf(prefix), cidr: value }];
      }),
    ),
  ),
);
