import type { Family } from '../keys.ts';
import { bgpConstraints } from './bgp.ts';
import type { Constraint } from './constraint.ts';
import { felixConstraints } from './felix.ts';
import { filterConstraints } from './filter.ts';
import { metadataConstraints } from './metadata.ts';
import { nodeConstraints } from './node.ts';
import { policyConstraints } from './policy.ts';
import { poolConstraints } from './pool.ts';
import { ruleConstraints } from './rule.ts';
import { sundryConstraints } from './sundry.ts';
import { tierConstraints } from './tier.ts';
import { topologyConstraints } from './topology.ts';

/** Every constraint of a family. */
export const allConstraints: Readonly<Partial<Record<Family, readonly Constraint[]>>> = {
  calico: [
    ...metadataConstraints,
    ...bgpConstraints,
    ...filterConstraints,
    ...poolConstraints,
    ...policyConstraints,
    ...ruleConstraints,
    ...tierConstraints,
    ...felixConstraints,
    ...nodeConstraints,
    ...sundryConstraints,
  ],
  spiderpool: metadataConstraints.filter((constraint) => constraint.kinds === undefined),
  multus: metadataConstraints.filter((constraint) => constraint.kinds === undefined),
  containerlab: topologyConstraints,
};

export function constraintsOf(family: Family, kind: string): readonly Constraint[] {
  return (allConstraints[family] ?? []).filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
}

/**
 * CEL rules of upstream that rules of the catalogue answer instead, with better places or more knowledge:
 * the fingerprint of the CEL rule, and the rule's id.
 */
export const answeredByRules: Readonly<Record<string, string>> = {
  '4185d1c59d51': 'selector/scope',
  '31d2d302c7f2': 'selector/scope',
  c33a918427b7: 'selector/scope',
  b0ebcb3642ac: 'selector/scope',
  bba8d9f79d43: 'ipam/host-bits',
  b76661e0e721: 'ipam/block-size',
  '9fa5f190592f': 'ipam/block-size',
  f3bd3b4455bd: 'ipam/encapsulation',
  '1a14f0e32aca': 'ipam/encapsulation',
};
