import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** A Secret: the names of its entries, and never a value. */
export interface Secret extends KubernetesObject {
  readonly kind: 'kubernetes/Secret';
  /** Keys of `data` and `stringData`, each at its key. */
  readonly keys: readonly Field<string>[];
}

export const secret: KindReader<Secret> = {
  kind: 'kubernetes/Secret',
  read: (object, metadata) =>
    present<Secret>({
      ...metadata,
      kind: 'kubernetes/Secret',
      // The last-applied annotation repeats the whole object, values and all.
      annotations: new Map([...metadata.annotations].filter(([key]) => !key.endsWith('/last-applied-configuration'))),
      keys: [...object.entries('data'), ...object.entries('stringData')].map(({ key }) => key),
    }),
};
