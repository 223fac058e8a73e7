import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

/** Addresses that no pool hands out. One object has one family: that of its first range. */
export interface SpiderReservedIP extends KubernetesObject {
  readonly kind: 'spiderpool/SpiderReservedIP';
  readonly ipVersion?: Field<number>;
  readonly ips: readonly Field<string>[];
}

export const spiderReservedIP: KindReader<SpiderReservedIP> = {
  kind: 'spiderpool/SpiderReservedIP',
  read: (object, metadata) =>
    present<SpiderReservedIP>({
      ...metadata,
      kind: 'spiderpool/SpiderReservedIP',
      ipVersion: object.number('spec', 'ipVersion'),
      ips: object.strings('spec', 'ips'),
    }),
};
