import type { Field, Place } from '../../syntax/document.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { type LabelSelector, readLabelSelector } from './label-selector.ts';

/** What networking.k8s.io's NetworkPolicy says; Calico's staged form has the same spec. */
export interface NetworkPolicyRules {
  /** Absent only in a broken object; `{}` selects every Pod of the namespace. */
  readonly podSelector?: LabelSelector;
  /** `Ingress`, `Egress`. */
  readonly policyTypes: readonly Field<string>[];
  /** Undefined when the list is absent; an empty list allows nothing. */
  readonly ingress?: readonly NetworkPolicyRule[];
  readonly egress?: readonly NetworkPolicyRule[];
}

export interface KubernetesNetworkPolicy extends KubernetesObject, NetworkPolicyRules {
  readonly kind: 'kubernetes/NetworkPolicy';
}

export interface NetworkPolicyRule {
  readonly place: Place;
  /** `from` or `to`; no entry means everybody. */
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

export interface NetworkPolicyPeer {
  readonly place: Place;
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly cidr?: Field<string>;
  readonly except: readonly Field<string>[];
}

export interface NetworkPolicyPort {
  readonly place: Place;
  readonly protocol?: Field<string>;
  /** A number or a port's name. */
  readonly port?: Field<string>;
  readonly endPort?: Field<number>;
}

export const kubernetesNetworkPolicy: KindReader<KubernetesNetworkPolicy> = {
  kind: 'kubernetes/NetworkPolicy',
  read: (object, metadata) => ({
    ...metadata,
    kind: 'kubernetes/NetworkPolicy',
    ...readNetworkPolicyRules(object.at('spec')),
  }),
};

export function readNetworkPolicyRules(spec: Reader): NetworkPolicyRules {
  return present<NetworkPolicyRules>({
    podSelector: readLabelSelector(spec.at('podSelector')),
    policyTypes: spec.strings('policyTypes'),
    ingress: readRules(spec.at('ingress'), 'from'),
    egress: readRules(spec.at('egress'), 'to'),
  });
}

function readRules(rules: Reader, peers: 'from' | 'to'): readonly NetworkPolicyRule[] | undefined {
  if (rules.node?.kind !== 'sequence') return undefined;
  return rules.items().map((rule) => ({
    place: rule.place,
    peers: rule.items(peers).map(readPeer),
    ports: rule.items('ports').map((item) =>
      present<NetworkPolicyPort>({
        place: item.place,
        protocol: item.string('protocol'),
        port: item.string('port'),
        endPort: item.number('endPort'),
      }),
    ),
  }));
}

function readPeer(peer: Reader): NetworkPolicyPeer {
  return present<NetworkPolicyPeer>({
    place: peer.place,
    podSelector: readLabelSelector(peer.at('podSelector')),
    namespaceSelector: readLabelSelector(peer.at('namespaceSelector')),
    cidr: peer.string('ipBlock', 'cidr'),
    except: peer.strings('ipBlock', 'except'),
  });
}
