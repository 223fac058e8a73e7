import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** A Kubernetes Node, mostly from an inventory. */
export interface KubernetesNode extends KubernetesObject {
  readonly kind: 'kubernetes/Node';
  /** Pod range that the controller manager gave the node. Calico's own IPAM does not use it. */
  readonly podCIDRs: readonly Field<string>[];
  readonly addresses: readonly NodeAddress[];
  readonly taints: readonly Taint[];
}

export interface NodeAddress {
  /** `InternalIP`, `ExternalIP` or `Hostname`. */
  readonly type?: Field<string>;
  readonly address: Field<string>;
}

export interface Taint {
  readonly key?: Field<string>;
  readonly value?: Field<string>;
  readonly effect?: Field<string>;
}

export const kubernetesNode: KindReader<KubernetesNode> = {
  kind: 'kubernetes/Node',
  read: (object, metadata) => {
    const podCIDR = object.string('spec', 'podCIDR');
    const podCIDRs = object.strings('spec', 'podCIDRs');
    return present<KubernetesNode>({
      ...metadata,
      kind: 'kubernetes/Node',
      podCIDRs: podCIDRs.length === 0 && podCIDR !== undefined ? [podCIDR] : podCIDRs,
      addresses: object.items('status', 'addresses').flatMap((item) => {
        const address = item.string('address');
        return address === undefined ? [] : [present<NodeAddress>({ type: item.string('type'), address })];
      }),
      taints: object
        .items('spec', 'taints')
        .map((item) =>
          present<Taint>({ key: item.string('key'), value: item.string('value'), effect: item.string('effect') }),
        ),
    });
  },
};
