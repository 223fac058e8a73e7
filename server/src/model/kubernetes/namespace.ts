import type { KindReader, KubernetesObject } from '../resource.ts';

/** A Namespace: only its labels and annotations matter to the network. */
export interface Namespace extends KubernetesObject {
  readonly kind: 'kubernetes/Namespace';
}

/** A ServiceAccount: policies select it by its labels. */
export interface ServiceAccount extends KubernetesObject {
  readonly kind: 'kubernetes/ServiceAccount';
}

export const namespace: KindReader<Namespace> = {
  kind: 'kubernetes/Namespace',
  read: (_object, metadata) => ({ ...metadata, kind: 'kubernetes/Namespace' }),
};

export const serviceAccount: KindReader<ServiceAccount> = {
  kind: 'kubernetes/ServiceAccount',
  read: (_object, metadata) => ({ ...metadata, kind: 'kubernetes/ServiceAccount' }),
};
