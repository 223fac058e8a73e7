import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { asNumber } from './bgp-peer.ts';

export interface BGPConfiguration extends KubernetesObject {
  readonly kind: 'calico/BGPConfiguration';
  readonly nodeToNodeMeshEnabled?: Field<boolean>;
  readonly asNumber?: Field<number>;
  readonly listenPort?: Field<number>;
  /** Name of the Secret with the password of all mesh sessions. */
  readonly nodeMeshPasswordSecret?: Field<string>;
  readonly nodeMeshMaxRestartTime?: Field<string>;
  /** `None` or `NodeIP`. */
  readonly bindMode?: Field<string>;
  readonly programClusterRoutes?: Field<string>;
  readonly serviceLoadBalancerAggregation?: Field<string>;
  readonly localWorkloadPeeringIPV4?: Field<string>;
  readonly localWorkloadPeeringIPV6?: Field<string>;
  readonly serviceClusterIPs: readonly Field<string>[];
  readonly serviceExternalIPs: readonly Field<string>[];
  readonly serviceLoadBalancerIPs: readonly Field<string>[];
  readonly prefixAdvertisements: readonly Field<string>[];
  readonly ignoredInterfaces: readonly Field<string>[];
}

export const bgpConfiguration: KindReader<BGPConfiguration> = {
  kind: 'calico/BGPConfiguration',
  read: (object, metadata) => {
    const spec = object.at('spec');
    const cidrs = (list: string): readonly Field<string>[] =>
      spec.items(list).flatMap((item) => item.string('cidr') ?? []);
    return present<BGPConfiguration>({
      ...metadata,
      kind: 'calico/BGPConfiguration',
      nodeToNodeMeshEnabled: spec.boolean('nodeToNodeMeshEnabled'),
      asNumber: asNumber(spec.string('asNumber')),
      listenPort: spec.number('listenPort'),
      nodeMeshPasswordSecret: spec.string('nodeMeshPassword', 'secretKeyRef', 'name'),
      nodeMeshMaxRestartTime: spec.string('nodeMeshMaxRestartTime'),
      bindMode: spec.string('bindMode'),
      programClusterRoutes: spec.string('programClusterRoutes'),
      serviceLoadBalancerAggregation: spec.string('serviceLoadBalancerAggregation'),
      localWorkloadPeeringIPV4: spec.string('localWorkloadPeeringIPV4'),
      localWorkloadPeeringIPV6: spec.string('localWorkloadPeeringIPV6'),
      serviceClusterIPs: cidrs('serviceClusterIPs'),
      serviceExternalIPs: cidrs('serviceExternalIPs'),
      serviceLoadBalancerIPs: cidrs('serviceLoadBalancerIPs'),
      prefixAdvertisements: cidrs('prefixAdvertisements'),
      ignoredInterfaces: spec.strings('ignoredInterfaces'),
    });
  },
};
