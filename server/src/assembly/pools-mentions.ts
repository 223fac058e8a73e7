import type { CalicoPolicy } from '../model/calico/policy.ts';
import type { NetworkPolicyRules } from '../model/kubernetes/network-policy.ts';
import type { Field } from '../syntax/document.ts';
import type { Site } from '../workspace/site.ts';

/** Every CIDR that is not given to anything where it stands, but names a network that must be somewhere. */
export function* mentionedNetworks(site: Site): Generator<Field<string>> {
  for (const kind of [
    'NetworkPolicy',
    'GlobalNetworkPolicy',
    'StagedNetworkPolicy',
    'StagedGlobalNetworkPolicy',
  ] as const)
    for (const policy of site.all(`calico/${kind}`)) yield* inCalicoPolicy(policy);
  for (const policy of site.all('kubernetes/NetworkPolicy')) yield* inNetworkPolicy(policy);
  for (const set of [...site.all('calico/NetworkSet'), ...site.all('calico/GlobalNetworkSet')]) yield* set.nets;
  for (const configuration of site.all('calico/BGPConfiguration')) {
    yield* configuration.serviceClusterIPs;
    yield* configuration.serviceExternalIPs;
    yield* configuration.serviceLoadBalancerIPs;
    yield* configuration.prefixAdvertisements;
  }
  for (const { importV4, exportV4 } of site.all('calico/BGPFilter'))
    for (const { cidr } of [...importV4, ...exportV4]) if (cidr !== undefined) yield cidr;
  for (const { routes, iptables } of site.all('shell/Script')) {
    for (const { destination } of routes) yield destination;
    for (const { source, destination } of iptables) {
      if (source !== undefined) yield source;
      if (destination !== undefined) yield destination;
    }
  }
}

function* inCalicoPolicy({ ingress = [], egress = [] }: CalicoPolicy): Generator<Field<string>> {
  for (const { source, destination } of [...ingress, ...egress])
    for (const { nets, notNets } of [source, destination]) {
      yield* nets;
      yield* notNets;
    }
}

function* inNetworkPolicy({ ingress = [], egress = [] }: NetworkPolicyRules): Generator<Field<string>> {
  for (const { peers } of [...ingress, ...egress])
    for (const { cidr, except } of peers) {
      if (cidr !== undefined) yield cidr;
      yield* except;
    }
}
