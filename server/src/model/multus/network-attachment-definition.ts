import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

export interface NetworkAttachmentDefinition extends KubernetesObject {
  readonly kind: 'multus/NetworkAttachmentDefinition';
  /** A CNI configuration as JSON. */
  readonly config?: Field<string>;
}

export const networkAttachmentDefinition: KindReader<NetworkAttachmentDefinition> = {
  kind: 'multus/NetworkAttachmentDefinition',
  read: (object, metadata) =>
    present<NetworkAttachmentDefinition>({
      ...metadata,
      kind: 'multus/NetworkAttachmentDefinition',
      config: object.string('spec', 'config'),
    }),
};
