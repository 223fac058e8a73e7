import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

export interface IPPool extends KubernetesObject {
  readonly kind: 'calico/IPPool';
  /** CIDR of either family. */
  readonly cidr?: Field<string>;
  readonly blockSize?: Field<number>;
  readonly ipipMode?: Field<string>;
  readonly vxlanMode?: Field<string>;
  readonly natOutgoing?: Field<boolean>;
  readonly disabled?: Field<boolean>;
  readonly disableBGPExport?: Field<boolean>;
  readonly nodeSelector?: Field<string>;
  readonly namespaceSelector?: Field<string>;
  /** `Automatic` (default) or `Manual`. */
  readonly assignmentMode?: Field<string>;
  readonly allowedUses: readonly Field<string>[];
  /** Only an object that a cluster holds has one. */
  readonly uid?: Field<string>;
}

export const ipPool: KindReader<IPPool> = {
  kind: 'calico/IPPool',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<IPPool>({
      ...metadata,
      kind: 'calico/IPPool',
      cidr: spec.string('cidr'),
      blockSize: spec.number('blockSize'),
      ipipMode: spec.string('ipipMode'),
      vxlanMode: spec.string('vxlanMode'),
      natOutgoing: spec.boolean('natOutgoing'),
      disabled: spec.boolean('disabled'),
      disableBGPExport: spec.boolean('disableBGPExport'),
      nodeSelector: spec.string('nodeSelector'),
      namespaceSelector: spec.string('namespaceSelector'),
      assignmentMode: spec.string('assignmentMode'),
      allowedUses: spec.strings('allowedUses'),
      uid: object.string('metadata', 'uid'),
    });
  },
};
