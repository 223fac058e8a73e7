import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';
import { asNumber } from './bgp-peer.ts';

export interface CalicoNode extends KubernetesObject {
  readonly kind: 'calico/Node';
  readonly hasBgp: boolean;
  readonly asNumber?: Field<number>;
  /** CIDR or bare address; the host bits are the node's own address. */
  readonly ipv4Address?: Field<string>;
  readonly ipv6Address?: Field<string>;
  readonly routeReflectorClusterID?: Field<string>;
  readonly ipv4IPIPTunnelAddr?: Field<string>;
  readonly ipv4VXLANTunnelAddr?: Field<string>;
  /** Names that an orchestrator, mostly `k8s`, gives this node. */
  readonly orchestratorNames: readonly Field<string>[];
  readonly addresses: readonly Field<string>[];
}

export const calicoNode: KindReader<CalicoNode> = {
  kind: 'calico/Node',
  read: (object, metadata) => {
    const bgp = object.at('spec', 'bgp');
    return present<CalicoNode>({
      ...metadata,
      kind: 'calico/Node',
      hasBgp: bgp.exists,
      asNumber: asNumber(bgp.string('asNumber')),
      ipv4Address: bgp.string('ipv4Address'),
      ipv6Address: bgp.string('ipv6Address'),
      routeReflectorClusterID: bgp.string('routeReflectorClusterID'),
      ipv4IPIPTunnelAddr: bgp.string('ipv4IPIPTunnelAddr'),
      ipv4VXLANTunnelAddr: object.string('spec', 'ipv4VXLANTunnelAddr'),
      orchestratorNames: object.items('spec', 'orchRefs').flatMap((item) => item.string('nodeName') ?? []),
      addresses: object.items('spec', 'addresses').flatMap((item) => item.string('address') ?? []),
    });
  },
};
