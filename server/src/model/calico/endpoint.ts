import type { Field, Place } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { type PolicyRule, readPolicyRules } from './policy-rule.ts';

/** What policies select by the labels of the object itself: hosts, workloads and named networks. */
export interface HostEndpoint extends KubernetesObject {
  readonly kind: 'calico/HostEndpoint';
  readonly node?: Field<string>;
  /** `*` for every interface of the host. */
  readonly interfaceName?: Field<string>;
  readonly expectedIPs: readonly Field<string>[];
  readonly profiles: readonly Field<string>[];
  readonly ports: readonly EndpointPort[];
}

export interface EndpointPort {
  readonly place: Place;
  readonly name?: Field<string>;
  readonly port?: Field<number>;
  readonly protocol?: Field<string>;
}

export const hostEndpoint: KindReader<HostEndpoint> = {
  kind: 'calico/HostEndpoint',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<HostEndpoint>({
      ...metadata,
      kind: 'calico/HostEndpoint',
      node: spec.string('node'),
      interfaceName: spec.string('interfaceName'),
      expectedIPs: spec.strings('expectedIPs'),
      profiles: spec.strings('profiles'),
      ports: spec.items('ports').map((item) =>
        present<EndpointPort>({
          place: item.place,
          name: item.string('name'),
          port: item.number('port'),
          protocol: item.string('protocol'),
        }),
      ),
    });
  },
};

/** A workload's interface, from an inventory. */
export interface WorkloadEndpoint extends KubernetesObject {
  readonly kind: 'calico/WorkloadEndpoint';
  readonly node?: Field<string>;
  readonly pod?: Field<string>;
  readonly interfaceName?: Field<string>;
  /** /32 and /128 prefixes. */
  readonly ipNetworks: readonly Field<string>[];
  readonly profiles: readonly Field<string>[];
}

export const workloadEndpoint: KindReader<WorkloadEndpoint> = {
  kind: 'calico/WorkloadEndpoint',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<WorkloadEndpoint>({
      ...metadata,
      kind: 'calico/WorkloadEndpoint',
      node: spec.string('node'),
      pod: spec.string('pod'),
      interfaceName: spec.string('interfaceName'),
      ipNetworks: spec.strings('ipNetworks'),
      profiles: spec.strings('profiles'),
    });
  },
};

/** A named set of networks; host bits are allowed in it. */
export interface NetworkSet extends KubernetesObject {
  readonly kind: 'calico/NetworkSet';
  readonly nets: readonly Field<string>[];
}

export interface GlobalNetworkSet extends KubernetesObject {
  readonly kind: 'calico/GlobalNetworkSet';
  readonly nets: readonly Field<string>[];
}

export const networkSet: KindReader<NetworkSet> = {
  kind: 'calico/NetworkSet',
  read: (object, metadata) => ({ ...metadata, kind: 'calico/NetworkSet', nets: object.strings('spec', 'nets') }),
};

export const globalNetworkSet: KindReader<GlobalNetworkSet> = {
  kind: 'calico/GlobalNetworkSet',
  read: (object, metadata) => ({ ...metadata, kind: 'calico/GlobalNetworkSet', nets: object.strings('spec', 'nets') }),
};

/** Labels and rules that endpoints inherit. */
export interface Profile extends KubernetesObject {
  readonly kind: 'calico/Profile';
  readonly labelsToApply: ReadonlyMap<string, Field<string>>;
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}

export const profile: KindReader<Profile> = {
  kind: 'calico/Profile',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<Profile>({
      ...metadata,
      kind: 'calico/Profile',
      labelsToApply: spec.texts('labelsToApply'),
      ingress: readPolicyRules(spec.at('ingress')),
      egress: readPolicyRules(spec.at('egress')),
    });
  },
};
