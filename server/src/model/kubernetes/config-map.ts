import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

export interface ConfigMap extends KubernetesObject {
  readonly kind: 'kubernetes/ConfigMap';
  readonly data: ReadonlyMap<string, Field<string>>;
}

export const configMap: KindReader<ConfigMap> = {
  kind: 'kubernetes/ConfigMap',
  read: (object, metadata) =>
    present<ConfigMap>({ ...metadata, kind: 'kubernetes/ConfigMap', data: object.texts('data') }),
};
