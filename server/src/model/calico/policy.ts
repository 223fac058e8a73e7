import type { Field } from '../../syntax/document.ts';
import { type NetworkPolicyRules, readNetworkPolicyRules } from '../kubernetes/network-policy.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { type PolicyRule, readPolicyRules } from './policy-rule.ts';

export const POLICY_KINDS = [
  'calico/NetworkPolicy',
  'calico/GlobalNetworkPolicy',
  'calico/StagedNetworkPolicy',
  'calico/StagedGlobalNetworkPolicy',
] as const;

export type PolicyKind = (typeof POLICY_KINDS)[number];

/** Calico's own policies: namespaced or global, in force or staged. */
export interface CalicoPolicy<K extends PolicyKind = PolicyKind> extends KubernetesObject {
  readonly kind: K;
  /** `default` when it is absent. */
  readonly tier?: Field<string>;
  /** Policies without an order come last in their tier. */
  readonly order?: Field<number>;
  readonly selector?: Field<string>;
  readonly serviceAccountSelector?: Field<string>;
  /** Only of global policies. */
  readonly namespaceSelector?: Field<string>;
  /** `Ingress`, `Egress`; Calico derives them from the rules when they are absent. */
  readonly types: readonly Field<string>[];
  /** Undefined when the list is absent. */
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
  readonly doNotTrack?: Field<boolean>;
  readonly preDNAT?: Field<boolean>;
  readonly applyOnForward?: Field<boolean>;
  /** Only of staged policies: `Set` (default), `Delete`, `Learn` or `Ignore`. */
  readonly stagedAction?: Field<string>;
}

function policyReader<K extends PolicyKind>(kind: K): KindReader<CalicoPolicy<K>> {
  return {
    kind,
    read: (object, metadata) => {
      const spec = object.at('spec');
      return present<CalicoPolicy<K>>({
        ...metadata,
        kind,
        tier: spec.string('tier'),
        order: spec.number('order'),
        selector: spec.string('selector'),
        serviceAccountSelector: spec.string('serviceAccountSelector'),
        namespaceSelector: spec.string('namespaceSelector'),
        types: spec.strings('types'),
        ingress: readPolicyRules(spec.at('ingress')),
        egress: readPolicyRules(spec.at('egress')),
        doNotTrack: spec.boolean('doNotTrack'),
        preDNAT: spec.boolean('preDNAT'),
        applyOnForward: spec.boolean('applyOnForward'),
        stagedAction: spec.string('stagedAction'),
      });
    },
  };
}

export const networkPolicy = policyReader('calico/NetworkPolicy');
export const globalNetworkPolicy = policyReader('calico/GlobalNetworkPolicy');
export const stagedNetworkPolicy = policyReader('calico/StagedNetworkPolicy');
export const stagedGlobalNetworkPolicy = policyReader('calico/StagedGlobalNetworkPolicy');

/** The directions that a policy decides, as Calico derives them when `types` is absent; undefined when `types` is unknown. */
export function policyTypes(policy: CalicoPolicy): readonly ('Ingress' | 'Egress')[] | undefined {
  if (policy.types.some(({ value }) => value === undefined)) return undefined;
  if (policy.types.length > 0)
    return (['Ingress', 'Egress'] as const).filter((type) => policy.types.some(({ value }) => value === type));
  const hasEgress = (policy.egress?.length ?? 0) > 0;
  const hasIngress = (policy.ingress?.length ?? 0) > 0;
  if (hasEgress) return hasIngress ? ['Ingress', 'Egress'] : ['Egress'];
  return ['Ingress'];
}

/** A staged policy in Kubernetes' own grammar. */
export interface StagedKubernetesNetworkPolicy extends KubernetesObject, NetworkPolicyRules {
  readonly kind: 'calico/StagedKubernetesNetworkPolicy';
  readonly stagedAction?: Field<string>;
}

export const stagedKubernetesNetworkPolicy: KindReader<StagedKubernetesNetworkPolicy> = {
  kind: 'calico/StagedKubernetesNetworkPolicy',
  read: (object, metadata) =>
    present<StagedKubernetesNetworkPolicy>({
      ...metadata,
      kind: 'calico/StagedKubernetesNetworkPolicy',
      ...readNetworkPolicyRules(object.at('spec')),
      stagedAction: object.string('spec', 'stagedAction'),
    }),
};

/** Where policies stand in line. */
export interface Tier extends KubernetesObject {
  readonly kind: 'calico/Tier';
  readonly order?: Field<number>;
  /** `Deny` (default) or `Pass`. */
  readonly defaultAction?: Field<string>;
}

export const tier: KindReader<Tier> = {
  kind: 'calico/Tier',
  read: (object, metadata) =>
    present<Tier>({
      ...metadata,
      kind: 'calico/Tier',
      order: object.number('spec', 'order'),
      defaultAction: object.string('spec', 'defaultAction'),
    }),
};
