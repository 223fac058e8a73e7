import type { Field } from '../../syntax/document.ts';
import { type KindReader, type KubernetesObject, present } from '../resource.ts';

export interface BGPPeer extends KubernetesObject {
  readonly kind: 'calico/BGPPeer';
  readonly node?: Field<string>;
  readonly nodeSelector?: Field<string>;
  /** Address, or address with port. */
  readonly peerIP?: Field<string>;
  readonly peerSelector?: Field<string>;
  readonly localWorkloadSelector?: Field<string>;
  readonly asNumber?: Field<number>;
  readonly localASNumber?: Field<number>;
  readonly filters: readonly Field<string>[];
  readonly sourceAddress?: Field<string>;
  readonly nextHopMode?: Field<string>;
  readonly keepOriginalNextHop?: Field<boolean>;
  readonly reversePeering?: Field<string>;
  readonly numAllowedLocalASNumbers?: Field<number>;
  readonly ttlSecurity?: Field<number>;
  readonly reachableBy?: Field<string>;
  /** Name of the Secret that holds the session's password. */
  readonly passwordSecret?: Field<string>;
}

export const bgpPeer: KindReader<BGPPeer> = {
  kind: 'calico/BGPPeer',
  read: (object, metadata) => {
    const spec = object.at('spec');
    return present<BGPPeer>({
      ...metadata,
      kind: 'calico/BGPPeer',
      node: spec.string('node'),
      nodeSelector: spec.string('nodeSelector'),
      peerIP: spec.string('peerIP'),
      peerSelector: spec.string('peerSelector'),
      localWorkloadSelector: spec.string('localWorkloadSelector'),
      asNumber: asNumber(spec.string('asNumber')),
      localASNumber: asNumber(spec.string('localASNumber')),
      filters: spec.strings('filters'),
      sourceAddress: spec.string('sourceAddress'),
      nextHopMode: spec.string('nextHopMode'),
      keepOriginalNextHop: spec.boolean('keepOriginalNextHop'),
      reversePeering: spec.string('reversePeering'),
      numAllowedLocalASNumbers: spec.number('numAllowedLocalASNumbers'),
      ttlSecurity: spec.number('ttlSecurity'),
      reachableBy: spec.string('reachableBy'),
      passwordSecret: spec.string('password', 'secretKeyRef', 'name'),
    });
  },
};

/** An AS number as digits or in dotted `high.low` form (RFC 5396); unknown when it is neither. */
export function asNumber(text: Field<string> | undefined): Field<number> | undefined {
  if (text === undefined || text.value === undefined) return text as Field<number> | undefined;
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(text.value);
  const value = dotted ? Number(dotted[1]) * 65536 + Number(dotted[2]) : Number(text.value);
  return { value: /^\d+(\.\d+)?$/.test(text.value) ? value : undefined, place: text.place };
}
