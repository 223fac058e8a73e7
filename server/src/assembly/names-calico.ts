import type { BGPPeer } from '../model/calico/bgp-peer.ts';
import type { CalicoNode } from '../model/calico/node.ts';
import type { CalicoPolicy } from '../model/calico/policy.ts';
import type { PolicyRule } from '../model/calico/policy-rule.ts';
import { defined, type NameUse, partPlace, referred } from './names.ts';
import { askedAddress, ownedAddress } from './names-addresses.ts';
import { carriedLabels } from './names-labels.ts';

export function calicoNodeNames(node: CalicoNode): readonly NameUse[] {
  const { name, labels, ipv4Address, ipv6Address, orchestratorNames, addresses } = node;
  return [
    ...defined('node', name),
    ...orchestratorNames.flatMap((one) => referred('node', one)),
    ...carriedLabels('nodes', labels),
    ...[ipv4Address, ipv6Address, ...addresses].flatMap(ownedAddress),
  ];
}

export function bgpPeerNames({ node, peerIP, filters, passwordSecret }: BGPPeer): readonly NameUse[] {
  return [
    ...referred('node', node),
    ...askedAddress(peerIP),
    ...filters.flatMap((filter) => referred('filter', filter)),
    ...referred('secret', passwordSecret),
  ];
}

/** A policy's tier, which older releases want in front of the policy's name, too: `security.allow-dns`. */
export function policyNames({ name, tier, ingress, egress }: CalicoPolicy): readonly NameUse[] {
  const text = tier?.value;
  const leads = text !== undefined && text !== '' && name?.value?.startsWith(`${text}.`) === true;
  return [
    ...referred('tier', tier),
    ...(leads ? referred('tier', { value: text, place: partPlace(name!.place, 0, text!.length) }) : []),
    ...ruleNames(ingress),
    ...ruleNames(egress),
  ];
}

export function ruleNames(rules: readonly PolicyRule[] | undefined): readonly NameUse[] {
  return (rules ?? []).flatMap(({ source, destination }) =>
    [source, destination].flatMap(({ serviceNamespace }) => referred('namespace', serviceNamespace)),
  );
}
