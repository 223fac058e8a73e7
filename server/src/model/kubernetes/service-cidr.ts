import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** A range of Service addresses that the API server hands out. */
export interface ServiceCIDR extends KubernetesObject {
  readonly kind: 'kubernetes/ServiceCIDR';
  readonly cidrs: readonly Field<string>[];
}

export const serviceCIDR: KindReader<ServiceCIDR> = {
  kind: 'kubernetes/ServiceCIDR',
  read: (object, metadata) =>
    present<ServiceCIDR>({ ...metadata, kind: 'kubernetes/ServiceCIDR', cidrs: object.strings('spec', 'cidrs') }),
};
