import type { Field } from '../../syntax/document.ts';
import type { KindKey, ResourceKinds } from '../kinds.ts';
import type { Resource } from '../resource.ts';
import type { CalicoPolicy } from './policy.ts';
import type { PolicyEntity } from './policy-rule.ts';

/**
 * What a selector is held against. `endpoints` are workload and host endpoints and network sets with the labels that they
 * inherit; `workloads` are workload endpoints of the node itself.
 */
export type SelectorTarget = 'nodes' | 'endpoints' | 'namespaces' | 'serviceaccounts' | 'workloads';

/** A field of a Calico resource whose value is a selector. */
export interface SelectorUse {
  readonly field: Field<string>;
  readonly selects: SelectorTarget;
  /** `alone`: `global()` may stand here, but with nothing else; `refused` by the CRD; `pointless`: taken, and always true. */
  readonly global: 'alone' | 'refused' | 'pointless';
  /** The namespace that the selected objects are limited to, where the field is limited to one. */
  readonly within?: Field<string>;
}

type Finder<K extends KindKey> = (resource: ResourceKinds[K]) => readonly (SelectorUse | undefined)[];

const FINDERS: { readonly [K in KindKey]?: Finder<K> } = {
  'calico/BGPPeer': (peer) => [
    use(peer.nodeSelector, 'nodes', 'pointless'),
    use(peer.peerSelector, 'nodes', 'pointless'),
    use(peer.localWorkloadSelector, 'workloads', 'pointless'),
  ],
  'calico/IPPool': (pool) => [
    use(pool.nodeSelector, 'nodes', 'refused'),
    use(pool.namespaceSelector, 'namespaces', 'refused'),
  ],
  'calico/FelixConfiguration': (felix) => [use(felix.nodeSelector, 'nodes', 'pointless')],
  'calico/KubeControllersConfiguration': (controllers) =>
    controllers.hostEndpointTemplates.map((template) => use(template.nodeSelector, 'nodes', 'pointless')),
  'tigera/Installation': (installation) =>
    installation.ipPools.map((pool) => use(pool.nodeSelector, 'nodes', 'refused')),
  'calico/NetworkPolicy': policySelectors,
  'calico/StagedNetworkPolicy': policySelectors,
  'calico/GlobalNetworkPolicy': policySelectors,
  'calico/StagedGlobalNetworkPolicy': policySelectors,
  'calico/Profile': (profile) =>
    [...(profile.ingress ?? []), ...(profile.egress ?? [])].flatMap(({ source, destination }) => [
      ...entitySelectors(source, undefined),
      ...entitySelectors(destination, undefined),
    ]),
};

/** Every selector of a resource, in the order of its fields; none for what has no selectors of Calico's language. */
export function selectorsOf(resource: Resource): readonly SelectorUse[] {
  const find = FINDERS[resource.kind as KindKey] as
    | ((resource: Resource) => readonly (SelectorUse | undefined)[])
    | undefined;
  return find === undefined ? [] : find(resource).filter((found) => found !== undefined);
}

function use(
  field: Field<string> | undefined,
  selects: SelectorTarget,
  global: SelectorUse['global'],
  within?: Field<string>,
): SelectorUse | undefined {
  return field && { field, selects, global, ...(within && { within }) };
}

function policySelectors(policy: CalicoPolicy): readonly (SelectorUse | undefined)[] {
  const isGlobal = policy.kind === 'calico/GlobalNetworkPolicy' || policy.kind === 'calico/StagedGlobalNetworkPolicy';
  const within = isGlobal ? undefined : policy.namespace;
  return [
    use(policy.selector, 'endpoints', 'refused', within),
    use(policy.namespaceSelector, 'namespaces', 'refused'),
    use(policy.serviceAccountSelector, 'serviceaccounts', 'refused', within),
    ...[...(policy.ingress ?? []), ...(policy.egress ?? [])].flatMap(({ source, destination }) => [
      ...entitySelectors(source, within),
      ...entitySelectors(destination, within),
    ]),
  ];
}

/** Without a namespaceSelector, a rule of a namespaced policy sees its own namespace only. */
function entitySelectors(
  entity: PolicyEntity,
  namespace: Field<string> | undefined,
): readonly (SelectorUse | undefined)[] {
  const within = entity.namespaceSelector === undefined ? namespace : undefined;
  return [
    use(entity.selector, 'endpoints', 'refused', within),
    use(entity.notSelector, 'endpoints', 'pointless', within),
    use(entity.namespaceSelector, 'namespaces', 'alone'),
    use(entity.serviceAccountSelector, 'serviceaccounts', 'pointless', within),
  ];
}
