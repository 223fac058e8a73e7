import type { Field } from '../../syntax/document.ts';
import { type LabelSelector, readLabelSelector } from '../kubernetes/label-selector.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** A router that MetalLB's speakers peer with. */
export interface MetallbPeer extends KubernetesObject {
  readonly kind: 'metallb/BGPPeer';
  readonly peerAddress?: Field<string>;
  readonly peerPort?: Field<number>;
  readonly peerASN?: Field<number>;
  readonly myASN?: Field<number>;
  /** One of them must match; none: every node. */
  readonly nodeSelectors: readonly LabelSelector[];
}

export const metallbPeer: KindReader<MetallbPeer> = {
  kind: 'metallb/BGPPeer',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<MetallbPeer>({
      ...metadata,
      kind: 'metallb/BGPPeer',
      peerAddress: spec.string('peerAddress'),
      peerPort: spec.number('peerPort'),
      peerASN: spec.number('peerASN'),
      myASN: spec.number('myASN'),
      nodeSelectors: spec.items('nodeSelectors').flatMap((item) => readLabelSelector(item) ?? []),
    });
  },
};
