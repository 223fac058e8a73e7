import type { BGPConfiguration } from '../model/calico/bgp-configuration.ts';
import type { BGPFilter } from '../model/calico/bgp-filter.ts';
import type { CalicoPolicy } from '../model/calico/policy.ts';
import type { NetworkPolicyRules } from '../model/kubernetes/network-policy.ts';
import type { ShellScript } from '../model/shell/script.ts';
import { hasHostBits, type Prefix, parsePrefix } from '../network/prefix.ts';
import type { Field } from '../syntax/document.ts';
import { defineDerivation } from '../workspace/site.ts';

/** An IPv4 network that is named somewhere, and every place that names it. */
export interface Mention {
  readonly text: string;
  readonly prefix: Prefix;
  readonly fields: readonly Field<string>[];
}

/**
 * IPv4 networks that are not given to anything where they stand, but must be somewhere: in policies, network sets, BGP
 * settings and commands. Those with host bits are left out.
 */
export const MENTIONED_NETWORKS = defineDerivation('mentioned networks', (site): readonly Mention[] => {
  const byText = new Map<string, { text: string; prefix: Prefix; fields: Field<string>[] }>();
  const add = <R extends object>(
    resources: readonly R[],
    read: (resource: R) => Iterable<Field<string> | undefined>,
  ) => {
    for (const resource of resources)
      for (const { text, prefix, field } of networksIn(resource, read)) {
        const mention = byText.get(text);
        if (mention === undefined) byText.set(text, { text, prefix, fields: [field] });
        else mention.fields.push(field);
      }
  };
  add(site.all('calico/NetworkPolicy'), inCalicoPolicy);
  add(site.all('calico/GlobalNetworkPolicy'), inCalicoPolicy);
  add(site.all('calico/StagedNetworkPolicy'), inCalicoPolicy);
  add(site.all('calico/StagedGlobalNetworkPolicy'), inCalicoPolicy);
  add(site.all('kubernetes/NetworkPolicy'), inNetworkPolicy);
  add(site.all('calico/NetworkSet'), ({ nets }) => nets);
  add(site.all('calico/GlobalNetworkSet'), ({ nets }) => nets);
  add(site.all('calico/BGPConfiguration'), inBgpConfiguration);
  add(site.all('calico/BGPFilter'), inFilter);
  add(site.all('shell/Script'), inScript);
  return [...byText.values()];
});

interface ReadNetwork {
  readonly text: string;
  readonly prefix: Prefix;
  readonly field: Field<string>;
}

/** What each resource names, read once: thousands of policies stand beside the one that is edited. */
const known = new WeakMap<object, readonly ReadNetwork[]>();

function networksIn<R extends object>(
  resource: R,
  read: (resource: R) => Iterable<Field<string> | undefined>,
): readonly ReadNetwork[] {
  let networks = known.get(resource);
  if (networks === undefined) {
    networks = [...read(resource)].flatMap((field) => {
      const text = field?.value;
      const prefix = text === undefined ? undefined : parsePrefix(text);
      if (field === undefined || text === undefined || prefix?.family !== 4) return [];
      return prefix.length === 0 || hasHostBits(prefix) ? [] : [{ text, prefix, field }];
    });
    known.set(resource, networks);
  }
  return networks;
}

function* inCalicoPolicy({ ingress = [], egress = [] }: CalicoPolicy): Generator<Field<string>> {
  for (const { source, destination } of [...ingress, ...egress])
    for (const { nets, notNets } of [source, destination]) {
      yield* nets;
      yield* notNets;
    }
}

function* inNetworkPolicy({ ingress = [], egress = [] }: NetworkPolicyRules): Generator<Field<string> | undefined> {
  for (const { peers } of [...ingress, ...egress])
    for (const { cidr, except } of peers) {
      yield cidr;
      yield* except;
    }
}

function inBgpConfiguration(configuration: BGPConfiguration): readonly Field<string>[] {
  const { serviceClusterIPs, serviceExternalIPs, serviceLoadBalancerIPs, prefixAdvertisements } = configuration;
  return [...serviceClusterIPs, ...serviceExternalIPs, ...serviceLoadBalancerIPs, ...prefixAdvertisements];
}

function inFilter({ importV4, exportV4 }: BGPFilter): readonly (Field<string> | undefined)[] {
  return [...importV4, ...exportV4].map(({ cidr }) => cidr);
}

function inScript({ routes, iptables }: ShellScript): readonly (Field<string> | undefined)[] {
  return [
    ...routes.map(({ destination }) => destination),
    ...iptables.flatMap(({ source, destination }) => [source, destination]),
  ];
}
