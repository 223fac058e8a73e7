import type { Field } from '../../syntax/document.ts';
import { partOf, rawText } from '../part.ts';
import type { Reader } from '../reader.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** Addresses that Calico never hands out. */
export interface IPReservation extends KubernetesObject {
  readonly kind: 'calico/IPReservation';
  readonly reservedCIDRs: readonly Field<string>[];
}

export const ipReservation: KindReader<IPReservation> = {
  kind: 'calico/IPReservation',
  read: (object, metadata) => ({
    ...metadata,
    kind: 'calico/IPReservation',
    reservedCIDRs: object.strings('spec', 'reservedCIDRs'),
  }),
};

export interface IPAMConfiguration extends KubernetesObject {
  readonly kind: 'calico/IPAMConfiguration';
  /** A node may only use addresses of its own blocks. */
  readonly strictAffinity?: Field<boolean>;
  readonly maxBlocksPerHost?: Field<number>;
  readonly autoAllocateBlocks?: Field<boolean>;
}

export const ipamConfiguration: KindReader<IPAMConfiguration> = {
  kind: 'calico/IPAMConfiguration',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<IPAMConfiguration>({
      ...metadata,
      kind: 'calico/IPAMConfiguration',
      strictAffinity: spec.boolean('strictAffinity'),
      maxBlocksPerHost: spec.number('maxBlocksPerHost'),
      autoAllocateBlocks: spec.boolean('autoAllocateBlocks'),
    });
  },
};

/** A block of addresses, from an inventory. */
export interface IPAMBlock extends KubernetesObject {
  readonly kind: 'calico/IPAMBlock';
  readonly cidr?: Field<string>;
  /** The node that owns the block; absent when it is nobody's, or a virtual owner's. */
  readonly node?: Field<string>;
  readonly deleted?: Field<boolean>;
}

export const ipamBlock: KindReader<IPAMBlock> = {
  kind: 'calico/IPAMBlock',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<IPAMBlock>({
      ...metadata,
      kind: 'calico/IPAMBlock',
      cidr: spec.string('cidr'),
      node: hostOf(spec.at('affinity')),
      deleted: spec.boolean('deleted'),
    });
  },
};

/** `host:node1` names a node, `virtual:load-balancer` does not. */
function hostOf(affinity: Reader): Field<string> | undefined {
  const text = rawText(affinity);
  return text?.startsWith('host:') ? partOf(affinity, ['host:'.length, text.length]) : undefined;
}

/** Which node a block belongs to, from an inventory. */
export interface BlockAffinity extends KubernetesObject {
  readonly kind: 'calico/BlockAffinity';
  readonly cidr?: Field<string>;
  readonly node?: Field<string>;
  /** `confirmed`, `pending` or `pendingDeletion`. */
  readonly state?: Field<string>;
  /** A boolean, which the stored form writes as a text. */
  readonly deleted?: Field<string>;
}

export const blockAffinity: KindReader<BlockAffinity> = {
  kind: 'calico/BlockAffinity',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<BlockAffinity>({
      ...metadata,
      kind: 'calico/BlockAffinity',
      cidr: spec.string('cidr'),
      node: spec.string('node'),
      state: spec.string('state'),
      deleted: spec.string('deleted'),
    });
  },
};
